// Prints what the bundles weigh on the wire, and fails when one is heavier than it may be.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** Bytes, gzip -9. */
const BUDGETS = { 'count.js': 900 };

for (const [name, budget] of Object.entries(BUDGETS)) {
  const bundle = readFileSync(new URL(`../dist/public/${name}`, import.meta.url));
  const size = gzipSync(bundle, { level: 9 }).length;
  process.stdout.write(`${name} ${size} of ${budget} bytes\n`);
  if (size > budget) process.exitCode = 1;
}
