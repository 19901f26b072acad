import { invalidArgument } from '../errors.ts';

/** The names that badges and shields.io have for colours. */
export const COLOR_NAMES = [
  'brightgreen',
  'green',
  'yellowgreen',
  'yellow',
  'orange',
  'red',
  'blue',
  'grey',
  'lightgrey',
  'gray',
  'lightgray',
  'success',
  'important',
  'critical',
  'informational',
  'inactive',
];

/**
 * A colour by its name, or as 3 or 6 hexadecimal digits, which get their number sign.
 * @param argument what it is called in the refusal
 * @throws DomainError `INVALID_ARGUMENT`
 */
export function readColor(argument: string, given: string): string {
  const lower = given.toLowerCase();
  if (COLOR_NAMES.includes(lower)) return lower;
  const [, digits] = /^#?([\da-f]{3}|[\da-f]{6})$/.exec(lower) ?? [];
  if (digits !== undefined) return `#${digits}`;
  throw invalidArgument(
    `${argument} is ${JSON.stringify(given.slice(0, 100))}; it must be 3 or 6 hexadecimal digits such as 0a7, or one of ` +
      `${COLOR_NAMES.join(', ')}.`,
  );
}
