import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PAGE = fileURLToPath(new URL('../../../server/docs/benchmarks.md', import.meta.url));

/** Puts each table between the marks of its name. */
export function writeTables(tables) {
  let page = readFileSync(PAGE, 'utf8');
  for (const [name, text] of Object.entries(tables)) {
    const marks = new RegExp(`(<!-- ${name} -->\n)[^]*?(\n<!-- end of ${name} -->)`);
    if (!marks.test(page)) throw new Error(`${PAGE} has no marks for ${name}.`);
    page = page.replace(marks, (_all, begin, end) => `${begin}\n${text}\n${end}`);
  }
  writeFileSync(PAGE, page);
}
