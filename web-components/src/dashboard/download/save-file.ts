const TYPES = { csv: 'text/csv;charset=utf-8', json: 'application/json' } as const;

/** Has the browser save a text as a file. */
export function saveFile(name: string, text: string, format: keyof typeof TYPES): void {
  // Spreadsheets take CSV for an old encoding where it does not begin so.
  const content = format === 'csv' ? `\uFEFF${text}` : text;
  const url = URL.createObjectURL(new Blob([content], { type: TYPES[format] }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: some browsers read it only after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
