import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { DomainError } from '../domain/errors.ts';
import { readExport } from '../import/oxicount.ts';
import { openOxitraffic } from '../import/oxitraffic.ts';
import { addFileImports } from './import-files.ts';
import { type Opened, onDatabase } from './on-database.ts';
import { type ImportFlags, importCommand, runImport } from './run-import.ts';

/** `oxicount import`: what another program counted. */
export function addImport(program: Command): void {
  const command = program
    .command('import')
    .description(
      'Take in what another program counted, while the service runs. A second run changes nothing.',
    );
  importCommand(command, 'oxitraffic', 'Import the visits in the database of an OxiTraffic.')
    .option(
      '--from <url>',
      'such as postgresql://user@host/database (default: the database of the configuration)',
    )
    .action((flags: ImportFlags & { readonly from?: string }) =>
      onDatabase((opened) => importOxitraffic(opened, flags)),
    );
  importCommand(command, 'oxicount', 'Import what oxicount export has written.')
    .argument('<file>', 'an export in the format ndjson, or - for standard input')
    .action((file: string, flags: ImportFlags) => onDatabase((opened) => importExport(opened, file, flags)));
  addFileImports(command);
}

async function importOxitraffic(
  opened: Opened,
  flags: ImportFlags & { readonly from?: string },
): Promise<void> {
  const { database } = opened.config;
  const from = flags.from ?? (database.provider === 'postgresql' ? database.url : undefined);
  if (from === undefined) {
    throw new DomainError(
      'INVALID_ARGUMENT',
      '--from must say where the database of OxiTraffic is, such as postgresql://user@host/database.',
    );
  }
  const source = await openOxitraffic(from);
  try {
    await runImport(opened, 'oxitraffic', source, flags);
  } finally {
    await source.close();
  }
}

async function importExport(opened: Opened, file: string, flags: ImportFlags): Promise<void> {
  if (file === '-') {
    const source = readExport(process.stdin, { name: 'standard input', size: null });
    return runImport(opened, 'oxicount', source, flags);
  }
  const size = await sizeOf(file);
  const stream = createReadStream(file);
  try {
    await runImport(opened, 'oxicount', readExport(stream, { name: `file ${file}`, size }), flags);
  } finally {
    stream.destroy();
  }
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => null);
  if (found?.isFile()) return found.size;
  throw new DomainError('INVALID_ARGUMENT', `There is no file ${file}.`);
}
