// Writes the reference of the elements into the README, or says with --check whether it is up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { readManifest } from './manifest.mjs';
import { referenceOf } from './reference.mjs';

const README = new URL('../README.md', import.meta.url);
const PLACE = /(<!-- reference -->\n)[\s\S]*(\n<!-- end of reference -->)/;

const before = readFileSync(README, 'utf8');
const after = before.replace(PLACE, (_all, start, end) => `${start}\n${referenceOf(readManifest())}\n${end}`);
if (!process.argv.includes('--check')) writeFileSync(README, after);
else if (after !== before) {
  process.stderr.write(
    'The reference in web-components/README.md is not what the elements say: npm run generate\n',
  );
  process.exitCode = 1;
}
