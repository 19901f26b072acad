/** A cell: text, a number, or nothing. */
export type Cell = string | number | null;

/** Rows of cells, of which the first are headings. */
export type Table = readonly (readonly Cell[])[];

/**
 * A table as RFC 4180 has it, so that every spreadsheet reads it.
 *
 * Values come from the addresses and headers of anybody who visits a site. Spreadsheets take text that begins with one
 * of some characters for a formula and run it: an apostrophe before it makes it text. Numbers are left as they are.
 */
export function csvOf(table: Table): string {
  return table.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

const FORMULA = /^[\s\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
