import { resolve } from 'node:path';
import type { Command } from 'commander';
import { loadConfig } from '../config/config.ts';
import { restoreCommand } from '../storage/postgresql/dump.ts';
import { restoreSqlite } from '../storage/sqlite/restore.ts';
import { counted, describeContents } from './contents.ts';
import { watchCopy } from './copy-progress.ts';
import { exitWith } from './exit.ts';
import { interruptible } from './stopping.ts';
import { timeInName } from './time-in-name.ts';

interface RestoreFlags {
  readonly discard?: boolean;
  readonly force?: boolean;
}

/** `oxicount restore`: a back-up in the place of the database, while no service runs. */
export function addRestore(program: Command): void {
  program
    .command('restore')
    .description(
      'Put a back-up in the place of the SQLite database, while no service runs. For PostgreSQL, say what pg_restore has to be told.',
    )
    .argument('<file>', 'what oxicount backup has made')
    .option('--discard', 'do not keep the database that is replaced')
    .option(
      '--force',
      'replace a database that is broken or gone, and so cannot be asked whether a service uses it',
    )
    .action(async (file: string, flags: RestoreFlags) => {
      try {
        await restore(resolve(file), flags);
      } catch (error) {
        exitWith(error);
      }
    });
}

async function restore(file: string, { discard = false, force = false }: RestoreFlags): Promise<void> {
  const { database } = loadConfig();
  if (database.provider === 'postgresql') {
    process.stderr.write(
      'Nothing was restored: the database is PostgreSQL, whose own tool does that. It takes a dump into a database that ' +
        'has no tables of oxicount, such as a new one from createdb, while no service runs on it:\n\n',
    );
    process.stdout.write(`${restoreCommand(database.url, file)}\n`);
    process.exitCode = 1;
    return;
  }
  const keepAs = discard ? null : `${database.file}.replaced-${timeInName()}`;
  const done = await interruptible(async (signal) => {
    const watch = watchCopy(signal);
    try {
      return await restoreSqlite(file, database.file, { keepAs, unasked: force, ...watch });
    } finally {
      watch.end();
    }
  });
  if (done === null) {
    process.stderr.write('Nothing was restored.\n');
    return;
  }
  const lines = [
    `Restored ${describeContents(done)}, to ${database.file}.`,
    ...(done.kept === null ? [] : [`What was there is ${done.kept} now.`]),
    ...(done.missing.length === 0
      ? []
      : [
          `It is of an earlier version: the next start applies ${counted(done.missing.length, 'migration')}.`,
        ]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
