import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import type { Report } from './config-error.ts';
import { definitions, isKey, type Key } from './definitions.ts';
import type { AllGiven, Given, GivenSite, Source } from './given.ts';
import { printKey, printValue } from './print.ts';
import { suggestKey } from './suggest.ts';

type Table = Readonly<Record<string, unknown>>;

const SITES = 'sites';
const GROUPS = new Set(
  Object.keys(definitions).flatMap((key) => {
    const [group = '', inner] = key.split('.');
    return inner === undefined || group === SITES ? [] : group;
  }),
);

/** What the file holds; undefined where it cannot be read or is not TOML, which is reported. */
export function readConfigFile(path: string, variable: string, report: Report): AllGiven | undefined {
  const file = resolve(path);
  let table: Table;
  try {
    // Some editors begin a file with a byte order mark, which TOML does not know.
    table = parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    report(whyUnreadable(error, file, variable));
    return undefined;
  }
  return readRoot(table, { rank: 0, label: `in ${file}` }, report);
}

function whyUnreadable(error: unknown, file: string, variable: string): string {
  if (error instanceof TomlError) {
    // The rest of the message quotes the file, and with it perhaps a password.
    const [reason = ''] = error.message.replace('Invalid TOML document: ', '').split('\n');
    return `${file}, line ${error.line}, column ${error.column}: ${reason}`;
  }
  const reason = error instanceof Error ? error.message : String(error);
  return `${variable} names ${file}, which cannot be read: ${reason}`;
}

function readRoot(table: Table, source: Source, report: Report): AllGiven {
  const values = new Map<Key, Given>();
  const sites: GivenSite[] = [];
  for (const [key, value] of Object.entries(table)) {
    if (key === SITES) sites.push(...readSites(value, source, report));
    else if (GROUPS.has(key)) readGroup(key, value, source, values, report);
    else take(printKey(key), printKey(key), value, source, values, report);
  }
  return { values, sites };
}

function readGroup(group: string, given: unknown, source: Source, values: Map<Key, Given>, report: Report) {
  if (!isTable(given)) {
    // Not shown: somebody may have written the whole database URL here.
    report(`${group} ${source.label} is not a table: it should be written as [${group}], its keys below it`);
    return;
  }
  for (const [key, value] of Object.entries(given)) {
    const name = `${group}.${printKey(key)}`;
    take(name, name, value, source, values, report);
  }
}

function readSites(given: unknown, source: Source, report: Report): GivenSite[] {
  const tables = Array.isArray(given) ? given : [given];
  if (!Array.isArray(given) || !tables.every(isTable)) {
    report(
      `sites ${source.label} is ${printValue(given)}: it should be tables, each headed [[sites]] in double brackets`,
    );
    return [];
  }
  return tables.map((table, index) => {
    const name = `sites[${index}]`;
    const values = new Map<Key, Given>();
    for (const [key, value] of Object.entries(table)) {
      take(`sites.${printKey(key)}`, `${name}.${printKey(key)}`, value, source, values, report);
    }
    return { name, source, values };
  });
}

function take(
  key: string,
  name: string,
  value: unknown,
  source: Source,
  values: Map<Key, Given>,
  report: Report,
): void {
  if (isKey(key)) values.set(key, { name, value, source });
  // The value is not shown: the key may be a mistyped secret.
  else report(`${name} ${source.label} is not a setting: ${suggestKey(key)}`);
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
