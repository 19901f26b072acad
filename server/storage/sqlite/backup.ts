import { randomBytes } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { BackupError } from '../backup-error.ts';
import { type Contents, type CopyWatch, copyDatabase, nameSynced } from './copy.ts';

export interface BackupOptions extends CopyWatch {
  /** Replaces a file that has the name already. */
  readonly overwrite: boolean;
}

/**
 * Backs up a database, also while a service runs on it. The file has its name once it is complete and checked, and not
 * before: until then it is named so with `.partial` at the end.
 *
 * @param file of the database
 * @param backup where to, in a folder that is there
 * @throws BackupError or MigrationError; then nothing was replaced
 */
export async function backUpSqlite(file: string, backup: string, options: BackupOptions): Promise<Contents> {
  await refuseTaken(file, backup, options);
  const partial = partialOf(backup);
  const contents = await copyDatabase(file, partial, options);
  try {
    // It took a while, in which somebody may have taken the name.
    await refuseTaken(file, backup, options);
    await rename(partial, backup);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  await nameSynced(backup);
  return contents;
}

/** What a file is called until it is complete. */
export function partialOf(file: string): string {
  return `${file}.${randomBytes(4).toString('hex')}.partial`;
}

/** Whether two names lead to one file. */
export async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((file) => stat(file).catch(() => null)));
  return !!a && !!b && a.dev === b.dev && a.ino === b.ino;
}

async function refuseTaken(file: string, backup: string, { overwrite }: BackupOptions): Promise<void> {
  const found = await stat(backup).catch(() => null);
  if (!found) return;
  if (await isSameFile(file, backup))
    throw new BackupError(`${backup} is the database itself. Name another file.`);
  if (!found.isFile()) throw new BackupError(`${backup} is there already, and not a file. Name another one.`);
  if (!overwrite)
    throw new BackupError(`${backup} is there already. Name another file, or replace it with --force.`);
  // A back-up has none; whatever program uses this one would go on with the wrong half of two databases.
  if (await stat(`${backup}-wal`).catch(() => null)) {
    throw new BackupError(
      `${backup} is a database in use, as ${backup}-wal beside it says. Name another file.`,
    );
  }
}
