/** A value of the schema as attributes write it, in capitals: `previous-period` is `PREVIOUS_PERIOD`. */
export function enumName(text: string): string {
  return text.toUpperCase().replaceAll('-', '_');
}
