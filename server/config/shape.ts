import { z } from 'zod';
import type { Rule } from '../domain/site-rules.ts';

/** What a setting's value must look like, and how it is written in an environment variable. */
export interface Shape<T> {
  /**
   * `integer`, `boolean` and `list` (comma separated) say how the text of a variable is read; `text` is taken as it is.
   */
  readonly kind: 'text' | 'integer' | 'boolean' | 'list';
  /** Completes the sentence "it should be ...". */
  readonly right: string;
  readonly schema: z.ZodType<T>;
}

/** A text that `read` makes a value of; undefined refuses it. */
export function text<T>(right: string, read: (given: string) => T | undefined): Shape<T> {
  const schema = z.string(right).transform((given, context) => {
    const value = read(given);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: right });
    return z.NEVER;
  });
  return { kind: 'text', right, schema };
}

/** What the domain takes for a value of a site. */
export function ruled<T>({ right, read }: Rule<T>): Shape<T> {
  return text(right, read);
}

/** A whole number, both bounds included. */
export function integer(least: number, most: number): Shape<number> {
  const right = `a whole number from ${least} to ${most}`;
  return { kind: 'integer', right, schema: z.int(right).min(least, right).max(most, right) };
}

/** Yes or no. */
export function boolean(): Shape<boolean> {
  const right = 'true or false';
  return { kind: 'boolean', right, schema: z.boolean(right) };
}

/** One of a few words. */
export function word<T extends string>(words: readonly [T, ...T[]]): Shape<T> {
  const right = `one of ${words.join(', ')}`;
  return { kind: 'text', right, schema: z.enum(words, right) };
}

/** Several of something; a single one may stand without the brackets. */
export function list<T>(item: Shape<T>, least: 0 | 1 = 1): Shape<T[]> {
  const right = `${item.right}; or an array of ${least === 0 ? 'them' : 'at least one of them'}`;
  return { kind: 'list', right, schema: z.array(item.schema, right).min(least, right) };
}
