import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { ImportRecord, ImportSource } from '../domain/import/record.ts';
import { zipOf } from './zip.testing.ts';

const EXAMPLES = fileURLToPath(new URL('../../test/support/imports/', import.meta.url));

/** Where an example of a file of another program lies. */
export const example = (name: string) => join(EXAMPLES, name);

/** Writes a file that is gone after the test. */
export function fileWith(content: string | Buffer, name = 'file'): string {
  const folder = mkdtempSync(join(tmpdir(), 'oxicount-import-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** The example of Plausible's tables. */
export function plausibleTables(): Record<string, string> {
  const names = readdirSync(example('plausible'));
  return Object.fromEntries(names.map((name) => [name, readFileSync(example(`plausible/${name}`), 'utf8')]));
}

/** The example of a zip archive as Plausible makes it. */
export const plausibleZip = () => zipOf(plausibleTables(), { stored: true });

export async function recordsOf(source: ImportSource): Promise<ImportRecord[]> {
  const records: ImportRecord[] = [];
  for await (const record of source.records()) records.push(record);
  return records;
}

export const visitsOf = (records: readonly ImportRecord[]) => records.filter((one) => one.type === 'visit');
export const figuresOf = (records: readonly ImportRecord[]) =>
  records.filter((one) => one.type === 'figures');

/** `line 10: the date is none`, of what was left out. */
export function leftOutOf(records: readonly ImportRecord[]): string[] {
  return records.flatMap((one) => (one.type === 'left out' ? `${one.where}: ${one.why}` : []));
}
