/** A table of the page, each row by the names of its columns. Code is taken for what stands in it. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** The text of a cell by its column. @throws Error where the table has no such column */
export type Row = (column: string) => string;

/** What stands under a heading, up to the next one of any depth. */
export interface Section {
  readonly title: string;
  readonly depth: number;
  readonly tables: readonly Table[];
}

const HEADING = /^(#+) (.+)$/;
const RULE = /^\|(?:-+\|)+$/;

/** @throws Error where a row has other columns than its table */
export function readSections(markdown: string): Section[] {
  const sections: { title: string; depth: number; tables: Table[] }[] = [];
  const lines = markdown.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const [, marks, title] = HEADING.exec(line) ?? [];
    if (marks !== undefined && title !== undefined) sections.push({ title, depth: marks.length, tables: [] });
    if (!line.startsWith('|')) continue;
    const end = lines.findIndex((other, index) => index > at && !other.startsWith('|'));
    const table = lines.slice(at, end);
    at = end;
    if (!RULE.test(table[1] ?? '')) throw new Error(`No table begins with ${line}`);
    const columns = cellsOf(line);
    sections.at(-1)?.tables.push({ columns, rows: table.slice(2).map((row) => rowOf(columns, row)) });
  }
  return sections;
}

/** @throws Error where a column is not one of these, or where one that has to be there is not */
export function checkColumns({ columns }: Table, needed: readonly string[], others: readonly string[] = []) {
  const strange = columns.filter((column) => !needed.includes(column) && !others.includes(column));
  const missing = needed.filter((column) => !columns.includes(column));
  if (strange.length > 0) throw new Error(`Nobody knows the column ${strange.join(', ')}.`);
  if (missing.length > 0) throw new Error(`The column ${missing.join(', ')} is missing.`);
}

function rowOf(columns: readonly string[], line: string): Row {
  const cells = cellsOf(line);
  if (cells.length !== columns.length) throw new Error(`There are not ${columns.length} cells in ${line}`);
  return (column) => {
    const cell = cells[columns.indexOf(column)];
    if (cell === undefined) throw new Error(`There is no column ${column}.`);
    return cell;
  };
}

function cellsOf(line: string): string[] {
  if (!line.endsWith('|')) throw new Error(`A row has no end: ${line}`);
  const cells = line.slice(1, -1).split('|');
  return cells.map((cell) => cell.trim().replaceAll('`', ''));
}
