import { InvalidArgumentError } from 'commander';
import type { Rule } from '../domain/site-rules.ts';
import { format } from './progress.ts';

/** Reads what is given on the command line. @throws InvalidArgumentError, whose message says what would be right */
type Reading<T> = (given: string) => T;

/** A value of a site or of a token. */
export function ruled<T>({ read, right }: Rule<T>): Reading<T> {
  return (given) => {
    const value = read(given);
    if (value === undefined) throw new InvalidArgumentError(`It should be ${right}.`);
    return value;
  };
}

/** A whole number, both ends included. */
export function whole(least: number, most: number): Reading<number> {
  return (given) => {
    const number = /^\d{1,10}$/.test(given) ? Number(given) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Give a whole number from ${format(least)} to ${format(most)}.`);
  };
}

/** One of some words, in the spelling of {@link wordOf}. */
export function oneOf<T extends string>(values: readonly T[]): Reading<T> {
  return (given) => {
    const value = values.find((candidate) => wordOf(candidate) === wordOf(given));
    if (value !== undefined) return value;
    throw new InvalidArgumentError(`It should be one of ${values.map(wordOf).join(', ')}.`);
  };
}

/** An option that can be given more than once. */
export function listOf<T>(read: Reading<T>, most: number): (given: string, before: unknown) => T[] {
  return (given, before) => {
    const values = Array.isArray(before) ? [...before, read(given)] : [read(given)];
    if (values.length > most) throw new InvalidArgumentError(`${most} are the most.`);
    return values;
  };
}

/** A name of the code as it is typed: `ADMINISTER_SITE` is `administer-site`, and `entryPage` is `entry-page`. */
export function wordOf(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll('_', '-');
}
