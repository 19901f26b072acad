import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { type Day, parseDay } from '../domain/day.ts';
import { DomainError } from '../domain/errors.ts';
import { EXPORT_FORMATS, type ExportFormat, exportSite } from '../domain/export/export.ts';
import { createExportStorage } from '../storage/exports.ts';
import { oneOf } from './argument.ts';
import { givenSite } from './given-site.ts';
import { type Opened, onDatabase } from './on-database.ts';
import { interruptible } from './stopping.ts';

interface ExportFlags {
  readonly site?: string;
  readonly format: ExportFormat;
  readonly from?: Day;
  readonly to?: Day;
  readonly force?: boolean;
}

/** `oxicount export`: everything of a site, to keep or to take along. */
export function addExport(program: Command): void {
  program
    .command('export')
    .description('Write what a site has into a file, while the service runs. oxicount import reads it back.')
    .argument('[file]', 'where to; default: standard output')
    .option('--site <slug>', 'which site; may be left out where there is one')
    .option(
      '--format <format>',
      'ndjson: everything; csv: visits; rollups: figures of days, as CSV',
      oneOf(EXPORT_FORMATS),
      'ndjson',
    )
    .option('--from <date>', 'the first day, such as 2024-01-01', day)
    .option('--to <date>', 'the last day, such as 2024-12-31', day)
    .option('--force', 'replace a file that is there')
    .action((file: string | undefined, flags: ExportFlags) =>
      onDatabase((opened) => write(opened, file, flags)),
    );
}

async function write(opened: Opened, given: string | undefined, flags: ExportFlags): Promise<void> {
  const { format, from = null, to = null, force = false } = flags;
  if (from !== null && to !== null && from > to) {
    throw new DomainError('INVALID_ARGUMENT', '--from is after --to, so there is no day to export.');
  }
  const site = await givenSite(opened, flags.site);
  const storage = createExportStorage(opened.database);
  const text = exportSite({ storage, site, format, days: { from, to }, clock: Date.now });
  const done = await interruptible(async (signal) => {
    if (given !== undefined) return writeFile(text, resolve(given), { force, signal });
    await pipeline(Readable.from(text), process.stdout, { signal, end: false });
    return true;
  });
  if (done === null) process.stderr.write('Nothing was exported.\n');
  else if (given !== undefined) process.stderr.write(`Exported the site ${site.slug} to ${given}.\n`);
}

/** The file has its name once all of it is on the disk. */
async function writeFile(
  text: AsyncIterable<string>,
  file: string,
  { force, signal }: { readonly force: boolean; readonly signal: AbortSignal },
): Promise<true> {
  if (!force && (await stat(file).catch(() => null)) !== null) throw taken(file);
  const partial = `${file}.partial-${randomBytes(4).toString('hex')}`;
  try {
    const target = createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(Readable.from(text), target, { signal });
    if (force) await rename(partial, file);
    else await link(partial, file);
  } catch (error) {
    // A pipeline says that it was aborted with an error of its own.
    signal.throwIfAborted();
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw taken(file);
    if (code === undefined || error instanceof DomainError) throw error;
    throw new DomainError('INVALID_ARGUMENT', `${file} cannot be written: ${message}.`, { cause: error });
  } finally {
    await rm(partial, { force: true });
  }
  const folder = await open(dirname(file));
  await folder.sync().finally(() => folder.close());
  return true;
}

function taken(file: string): DomainError {
  return new DomainError('INVALID_ARGUMENT', `${file} is there already; --force replaces it.`);
}

function day(given: string): Day {
  const found = parseDay(given);
  if (found === null) throw new InvalidArgumentError('Give a day such as 2024-12-31.');
  return found;
}
