/** What an attribute calls `last-30-days`, as the schema calls it: `LAST_30_DAYS`. */
export function enumName(text: string): string {
  return text.toUpperCase().replaceAll('-', '_');
}
