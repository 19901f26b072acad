import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { loadConfig } from '../config/config.ts';
import { dumpCommand } from '../storage/postgresql/dump.ts';
import { backUpSqlite } from '../storage/sqlite/backup.ts';
import { describeContents } from './contents.ts';
import { watchCopy } from './copy-progress.ts';
import { exitWith } from './exit.ts';
import { interruptible } from './stopping.ts';
import { timeInName } from './time-in-name.ts';

/** `oxicount backup`: the database in a file, while the service runs. */
export function addBackup(program: Command): void {
  program
    .command('backup')
    .description(
      'Back up an SQLite database, also while the service runs. For PostgreSQL, say what pg_dump has to be told.',
    )
    .argument(
      '[file]',
      'where to, or the folder for one with date and time in its name (default: this folder)',
    )
    .option('--force', 'replace a file that is there already')
    .action(async (file: string | undefined, { force = false }: { force?: boolean }) => {
      try {
        await backUp(file, force);
      } catch (error) {
        exitWith(error);
      }
    });
}

async function backUp(given: string | undefined, overwrite: boolean): Promise<void> {
  const { database } = loadConfig();
  if (database.provider === 'postgresql') {
    const file = await nameFor(given, 'dump');
    process.stderr.write(
      'Nothing was backed up: the database is PostgreSQL, whose own tool does that while the service runs. It asks for ' +
        'the password where it needs one, or takes it from PGPASSWORD or ~/.pgpass:\n\n',
    );
    process.stdout.write(`${dumpCommand(database.url, file)}\n`);
    process.exitCode = 1;
    return;
  }
  const file = await nameFor(given, 'db');
  const done = await interruptible(async (signal) => {
    const watch = watchCopy(signal);
    try {
      return await backUpSqlite(database.file, file, { overwrite, ...watch });
    } finally {
      watch.end();
    }
  });
  if (done === null) {
    process.stderr.write('Nothing was backed up.\n');
    return;
  }
  process.stdout.write(
    `Backed up ${describeContents(done)}, to ${file}. It holds the secrets of the instance: keep it as safe as the database.\n`,
  );
}

async function nameFor(given: string | undefined, ending: string): Promise<string> {
  const path = resolve(given ?? '.');
  const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false;
  return isFolder ? join(path, `oxicount-${timeInName()}.${ending}`) : path;
}
