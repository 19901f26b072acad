/** A phrase with values in the place of their names in braces: `{peak} in one`. What has no value stays. */
export function fill(phrase: string, values: Readonly<Record<string, string>>): string {
  return phrase.replace(/\{(\w+)\}/g, (hole, name) => values[name] ?? hole);
}
