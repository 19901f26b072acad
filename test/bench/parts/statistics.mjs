/** What values are spread over. Of an even number the upper one in the middle. */
export function spread(values) {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  return sorted.length === 0
    ? null
    : { median: sorted[Math.floor(sorted.length / 2)], min: sorted[0], max: sorted.at(-1) };
}

/** As a table shows it. */
export function shown(figure, digits = 0) {
  if (figure === null) return '–';
  const text = (value) => value.toFixed(digits);
  return typeof figure === 'number'
    ? text(figure)
    : `${text(figure.median)} (${text(figure.min)} to ${text(figure.max)})`;
}

/** A table in Markdown. */
export function table(columns, rows) {
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
