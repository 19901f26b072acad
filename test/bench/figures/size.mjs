import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { table } from '../parts/statistics.mjs';

/** What browsers load, against the budgets that `npm run check` holds. */
export async function measure() {
  const script = fileURLToPath(new URL('../../../server/scripts/sizes.mjs', import.meta.url));
  const { stdout } = spawnSync(process.execPath, [script, '--json'], { encoding: 'utf8' });
  return JSON.parse(stdout);
}

export function mistakes(results) {
  return results
    .filter(({ gzip, budget }) => gzip > budget)
    .map(({ name, gzip, budget }) => `${name} has ${gzip} bytes of ${budget}`);
}

export function print(results) {
  return table(
    ['bundle', 'gzip', 'brotli', 'budget (gzip)'],
    results.map(({ name, gzip, brotli, budget }) => [
      name,
      ...[gzip, brotli, budget].map((bytes) => bytes.toLocaleString('en')),
    ]),
  );
}
