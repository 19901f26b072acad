// What spreadsheets take for a formula. Campaigns are what readers say.
const FORMULA = /^[=+\-@\t\r]/;

/**
 * A line of CSV as RFC 4180 has it. Null is empty. A text that a spreadsheet would take for a formula gets an
 * apostrophe, which spreadsheets take for the sign of a text.
 */
export function csvLine(values: readonly (string | number | null)[]): string {
  return `${values.map(cellOf).join(',')}\r\n`;
}

function cellOf(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
