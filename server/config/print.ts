const MOST_CHARACTERS = 80;

/** A key as TOML writes it: in quotes where it needs them. */
export function printKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : JSON.stringify(key);
}

/** A value for a message: short, without control characters, without a login such as URLs hold. */
export function printValue(value: unknown): string {
  if (typeof value === 'string') {
    const anonymous = value.replace(/^([a-z][a-z+.-]*:\/\/)?.*@/is, '$1(hidden)@');
    const shown =
      anonymous.length > MOST_CHARACTERS ? `${anonymous.slice(0, MOST_CHARACTERS)}...` : anonymous;
    return JSON.stringify(shown);
  }
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (value instanceof Date) return 'a date or time';
  return typeof value === 'object' ? 'a table' : String(value);
}
