import { open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { BackupError } from '../backup-error.ts';
import { type AppliedMigration, MigrationError, migrationsOf, missingMigrations } from '../migrate.ts';
import { keepBackups, keepStatements } from './statements.ts';

// Who writes to the source is done within moments.
const LOCK_TIMEOUT_MS = 5_000;
// Pages at once: few enough for the progress to move, and for a signal to be heard.
const PAGES = 2_000;
const TABLES = ['_prisma_migrations', 'oxi_sites', 'oxi_pages'];

/** What a copy holds. */
export interface Contents {
  readonly bytes: number;
  readonly sites: number;
  /** All that were counted, those that are no longer kept one by one included. */
  readonly visits: number;
  /** Names of migrations that the next start applies. */
  readonly missing: readonly string[];
}

/** Who watches a copy, and may end it. */
export interface CopyWatch {
  /** Told how many bytes of how many are copied. */
  readonly copied?: (bytes: number, of: number) => void;
  /** Told when all is copied, and before it is checked; that takes a while and tells nothing. */
  readonly checking?: () => void;
  /** Ends the copying; then nothing is left of it. */
  readonly signal?: AbortSignal;
}

/**
 * Copies a database as it is at one moment, while others write to it, into a new file that its owner alone may read.
 * The copy is one file, is checked, and is on disk when this resolves; where it fails, there is none.
 *
 * @throws BackupError where the source is no whole database of this program, or there is no room for the copy;
 * MigrationError where it is of a newer one
 */
export async function copyDatabase(source: string, copy: string, watch: CopyWatch = {}): Promise<Contents> {
  await refuseUnlessFile(source);
  try {
    await (await open(copy, 'wx', 0o600)).close();
  } catch (error) {
    throw explained(error, source, copy);
  }
  try {
    await transfer(source, copy, watch);
    watch.checking?.();
    // Lets what was told be shown, and a signal be heard.
    await new Promise(setImmediate);
    watch.signal?.throwIfAborted();
    const contents = inspect(copy, source);
    watch.signal?.throwIfAborted();
    await synced(copy);
    return { ...contents, bytes: (await stat(copy)).size };
  } catch (error) {
    for (const suffix of ['', '-journal', '-wal', '-shm']) await rm(copy + suffix, { force: true });
    throw explained(error, source, copy);
  }
}

/** Waits until a file, or what a folder says of its files, is on disk. */
export async function synced(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Waits until the name of a file is on disk. */
export async function nameSynced(file: string): Promise<void> {
  // Windows opens no folders, and needs none of this.
  if (process.platform !== 'win32') await synced(dirname(file));
}

async function refuseUnlessFile(source: string): Promise<void> {
  const found = await stat(source).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw explained(error, source, source);
  });
  if (!found) throw new BackupError(`There is no file ${source}.`);
  if (!found.isFile()) throw new BackupError(`${source} is not a file; name one that is a database.`);
}

async function transfer(source: string, copy: string, { copied, signal }: CopyWatch): Promise<void> {
  const database = new Sqlite(source, { fileMustExist: true, timeout: LOCK_TIMEOUT_MS });
  keepStatements(database);
  keepBackups(database);
  try {
    database.exec('PRAGMA query_only = ON');
    // One moment of the source is read from here on. Without it, every write of another process would make the copying
    // begin anew, and it would never end beside a busy service.
    database.exec('BEGIN');
    const [page] = database.prepare('PRAGMA page_size').raw().all() as [[number]];
    database.prepare('SELECT count(*) FROM sqlite_master').all();
    await database.backup(copy, {
      progress({ totalPages, remainingPages }) {
        signal?.throwIfAborted();
        copied?.((totalPages - remainingPages) * page[0], totalPages * page[0]);
        return PAGES;
      },
    });
  } finally {
    database.close();
  }
}

function inspect(copy: string, source: string): Omit<Contents, 'bytes'> {
  const database = new Sqlite(copy, { fileMustExist: true });
  keepStatements(database);
  const column = (sql: string) => database.prepare(sql).raw().all().flat();
  try {
    // WAL, which the copy has from its source, would need a second file beside it.
    column('PRAGMA journal_mode = DELETE');
    const problems = column('PRAGMA integrity_check(3)').filter((line) => line !== 'ok');
    if (problems.length > 0) throw new BackupError(`${source} is damaged: ${problems.join('; ')}.`);
    const tables = new Set(column("SELECT name FROM sqlite_master WHERE type = 'table'"));
    if (!TABLES.every((name) => tables.has(name))) {
      throw new BackupError(`${source} is not a database of oxicount.`);
    }
    const applied = database.prepare<[], AppliedMigration>('SELECT * FROM _prisma_migrations').all();
    return {
      missing: missingMigrations(applied, migrationsOf('sqlite')).map(({ name }) => name),
      sites: Number(column('SELECT count(*) FROM oxi_sites')[0]),
      visits: Number(column('SELECT coalesce(sum(visits), 0) FROM oxi_pages')[0]),
    };
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    throw new MigrationError(`${source} cannot be used. ${error.message}`, { cause: error });
  } finally {
    database.close();
  }
}

function explained(error: unknown, source: string, copy: string): unknown {
  const { code, message } = error as { code?: unknown; message?: string };
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') {
    return new BackupError(`${source} is damaged, or is not a database of oxicount: ${message}.`, {
      cause: error,
    });
  }
  const advice = ADVICE[/^SQLITE_IOERR/.test(String(code)) ? 'SQLITE_IOERR' : String(code)];
  if (advice === undefined) return error;
  return new BackupError(`${source} cannot be copied to ${copy}: ${message}. ${advice}`, { cause: error });
}

const FULL = 'Is there enough room, and may files be that large?';
const ALLOWED = 'May this user read the one, and write into the folder of the other?';
const MISSING = 'Is there such a folder?';

const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EFBIG: FULL,
  SQLITE_FULL: FULL,
  SQLITE_IOERR: FULL,
  EACCES: ALLOWED,
  EPERM: ALLOWED,
  EROFS: ALLOWED,
  SQLITE_CANTOPEN: ALLOWED,
  SQLITE_READONLY: ALLOWED,
  ENOENT: MISSING,
  ENOTDIR: MISSING,
  SQLITE_BUSY: 'Another program keeps the database to itself. Try again when it is done.',
};
