import { readFileSync } from 'node:fs';
import type { Report } from './config-error.ts';
import { definitionOf, isKey, type Key } from './definitions.ts';
import type { Environment, Given, GivenValues, Source } from './given.ts';
import { settings } from './settings.ts';
import type { Shape } from './shape.ts';
import { suggestVariable } from './suggest.ts';

const PREFIX = 'OXICOUNT_';
const OLD_PREFIX = 'OXITRAFFIC_';
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** The variable that names the configuration file, and its value; undefined where there is none. */
export function configFileVariable(
  env: Environment,
): { readonly variable: string; readonly path: string } | undefined {
  for (const variable of [`${PREFIX}CONFIG_FILE`, `${OLD_PREFIX}CONFIG_FILE`]) {
    const path = env[variable];
    if (path) return { variable, path };
  }
  return undefined;
}

/**
 * What the environment holds, and the files that it names for secrets. An `OXITRAFFIC_` variable is read where its
 * `OXICOUNT_` one is absent; an empty variable counts as absent, since that is how container files write "not set".
 * Where a variable of others stands in for one of ours, it is read last.
 */
export function readVariables(env: Environment, report: Report): GivenValues {
  const values = new Map<Key, Given>();
  for (const { key, variable, fileVariable } of settings) {
    if (variable === null || !isKey(key)) continue;
    const old = variable.replace(PREFIX, OLD_PREFIX);
    const { standIn } = definitionOf(key);
    const value =
      take(env, variable, 2) ??
      (fileVariable === null ? undefined : takeFile(env, fileVariable, report)) ??
      take(env, old, 1) ??
      (standIn === undefined ? undefined : take(env, standIn, 0));
    if (fileVariable !== null && env[variable] && env[fileVariable])
      report(`${variable} and ${fileVariable} say the same thing: it should be one of them`);
    if (value)
      values.set(key, { name: key, ...value, value: interpret(value.value, definitionOf(key).shape) });
  }
  reportUnknown(env, report);
  return values;
}

function take(
  env: Environment,
  variable: string,
  rank: number,
): { value: string; source: Source } | undefined {
  const value = env[variable];
  return value ? { value, source: { rank, label: `from ${variable}` } } : undefined;
}

/** What a file holds, without the end of its last line, which editors and `echo` put there. */
function takeFile(
  env: Environment,
  variable: string,
  report: Report,
): { value: string; source: Source } | undefined {
  const path = env[variable];
  if (!path) return undefined;
  try {
    const value = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    if (value !== '') return { value, source: { rank: 2, label: `from ${variable}` } };
    report(`${variable} names ${path}, which is empty: it should hold the value`);
  } catch (error) {
    report(
      `${variable} names ${path}, which cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
  return undefined;
}

/** What the text means to the shape; text that means nothing stays as it is and is refused by the check. */
export function interpret(written: string, shape: Shape<unknown>): unknown {
  if (shape.kind === 'integer') return /^[+-]?\d+$/.test(written.trim()) ? Number(written) : written;
  if (shape.kind === 'boolean') return BOOLEANS.get(written.trim()) ?? written;
  if (shape.kind === 'list') return written.split(',').map((part) => part.trim());
  return written;
}

// A variable of OxiTraffic's prefix may be meant for OxiTraffic itself, so only our own must be known.
function reportUnknown(env: Environment, report: Report): void {
  const known = new Set([
    `${PREFIX}CONFIG_FILE`,
    ...settings.flatMap(({ variable, fileVariable }) => [variable, fileVariable]),
  ]);
  for (const variable of Object.keys(env)) {
    if (variable.startsWith(PREFIX) && !known.has(variable)) {
      report(`${variable} is not a setting: ${suggestVariable(variable)}`);
    }
  }
}
