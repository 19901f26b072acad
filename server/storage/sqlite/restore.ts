import { constants } from 'node:fs';
import { chmod, chown, copyFile, link, mkdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BackupError } from '../backup-error.ts';
import { takeAlone } from './alone.ts';
import { isSameFile, partialOf } from './backup.ts';
import { type Contents, type CopyWatch, copyDatabase, nameSynced, synced } from './copy.ts';

const JOURNALS = ['-wal', '-shm', '-journal'];

export interface RestoreOptions extends CopyWatch {
  /** What the replaced database is called from then on; null to discard it. */
  readonly keepAs: string | null;
  /** Replaces a database that cannot be asked whether a program uses it. */
  readonly unasked: boolean;
}

export interface Restored extends Contents {
  /** Where the replaced database is; null where there was none, or it was discarded. */
  readonly kept: string | null;
}

/**
 * Puts a back-up in the place of a database that nobody uses. It stays as it is itself. At every moment there is the one
 * or the other under the name of the database, whole.
 *
 * @param backup a file that {@link backUpSqlite} made, or any other whole database of this program
 * @param given the file of the database; its folder is made where it is missing
 * @throws BackupError or MigrationError; then nothing was replaced
 */
export async function restoreSqlite(
  backup: string,
  given: string,
  options: RestoreOptions,
): Promise<Restored> {
  // A link to it stays one, and its journals are beside what it leads to.
  const file = await realpath(given).catch(() => given);
  if (await isSameFile(backup, file))
    throw new BackupError(`${backup} is the database itself. Name a back-up.`);
  // Told before the back-up is copied, which may take a while, and held to after it.
  (await claim(file, options)).letGo();
  await mkdir(dirname(file), { recursive: true });
  const partial = partialOf(file);
  const contents = await copyDatabase(backup, partial, options);
  try {
    await likeReplaced(file, partial);
    const { letGo, journals } = await claim(file, options);
    try {
      const kept = (await stat(file).catch(() => null)) ? options.keepAs : null;
      if (kept !== null) await keep(file, kept);
      for (const name of journals) {
        if (options.keepAs === null) await rm(file + name);
        else await rename(file + name, options.keepAs + name);
      }
      await rename(partial, file);
      await nameSynced(file);
      return { ...contents, kept };
    } finally {
      letGo();
    }
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** Makes sure that no program uses a database, as far as can be told. */
async function claim(
  file: string,
  { unasked }: RestoreOptions,
): Promise<{ letGo(): void; journals: readonly string[] }> {
  const found = await stat(file).catch(() => null);
  const taken = found ? takeAlone(file) : 'missing';
  if (typeof taken === 'object') return { letGo: taken.letGo, journals: [] };
  const journals: string[] = [];
  for (const name of JOURNALS) if (await stat(file + name).catch(() => null)) journals.push(name);
  if (journals.length > 0 && !unasked) {
    throw new BackupError(
      `The database ${file} is ${taken}, so it cannot be asked whether a service uses it, and one that was not stopped ` +
        `has left ${journals.map((name) => file + name).join(' and ')}. Make sure that none runs, and give --force. ` +
        'Nothing was replaced.',
    );
  }
  return { letGo() {}, journals };
}

/** Gives the replaced file a second name, so that the first is never without a file. */
async function keep(file: string, kept: string): Promise<void> {
  try {
    await link(file, kept);
  } catch {
    // Not every file system has links.
    await copyFile(file, kept, constants.COPYFILE_EXCL);
    await synced(kept);
  }
}

/** A service that runs as another user than this command is still to be able to open its database. */
async function likeReplaced(file: string, partial: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (!found) return;
  await chmod(partial, found.mode & 0o777);
  // Only the administrator of the machine can give files away.
  await chown(partial, found.uid, found.gid).catch(() => {});
}
