// npm run check: everything that can be said of the code without running it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const CHECKS = {
  types: ['npx', 'tsc', '--build'],
  'lint and format': ['npx', 'biome', 'check', '--error-on-warnings', '.'],
  'unused code': ['npx', 'knip'],
  'layers, schema and documents': ['npx', 'vitest', 'run', '--project', 'house'],
  sizes: [process.execPath, 'server/scripts/sizes.mjs'],
};

const failed = Object.entries(CHECKS).filter(([name, [command, ...args]]) => {
  process.stdout.write(`\n${name}\n`);
  return spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status !== 0;
});
for (const [name] of failed) process.stdout.write(`\nfailed: ${name}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
