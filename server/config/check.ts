import type { Report } from './config-error.ts';
import { definitionOf, definitions, type Key, type Value } from './definitions.ts';
import type { Given, GivenValues } from './given.ts';
import { printValue } from './print.ts';
import { interpret } from './variables.ts';

/** The values that passed their check; a key that was absent or wrong has none. */
export interface Values {
  get<K extends Key>(key: K): Value<K> | undefined;
}

/** Checks each value against its shape and reports every one that does not fit. */
export function check(given: GivenValues, report: Report): Values {
  const values = new Map<Key, unknown>();
  for (const [key, found] of given) {
    const value = checked(key, found, report);
    if (value !== undefined) values.set(key, value);
  }
  // The schema of a key made the value, so it has that key's type.
  return { get: <K extends Key>(key: K) => values.get(key) as Value<K> | undefined };
}

function checked(key: Key, { name, value, source }: Given, report: Report): unknown {
  const { shape, hidden } = definitionOf(key);
  const lone = shape.kind === 'list' && !Array.isArray(value);
  const result = shape.schema.safeParse(lone ? [value] : value);
  if (result.success) return result.data;
  const seen = new Set<string>();
  for (const { path, message } of result.error.issues) {
    const index = lone ? undefined : path[0];
    const part = Array.isArray(value) && typeof index === 'number' ? value[index] : value;
    const where = index === undefined ? name : `${name}[${String(index)}]`;
    seen.add(
      `${where} ${source.label} is ${hidden ? '(hidden)' : printValue(part)}: it should be ${message}`,
    );
  }
  for (const mistake of seen) report(mistake);
  return undefined;
}

type KeyWithDefault = {
  [K in Key]: (typeof definitions)[K] extends { readonly default: string } ? K : never;
}[Key];

/** The default of a key, read from its documented text so that the two cannot differ. */
export function defaultOf<K extends KeyWithDefault>(key: K): Value<K> {
  const { shape, default: written } = definitions[key];
  return shape.schema.parse(interpret(written, shape)) as Value<K>;
}
