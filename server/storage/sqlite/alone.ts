import Sqlite from 'better-sqlite3';
import { BackupError } from '../backup-error.ts';
import { keepStatements } from './statements.ts';

// A command such as a rebuild may be about to end; a service is not.
const PATIENCE_MS = 500;

/**
 * Takes a database so that no other program has it open, or opens it before it is let go; what its journals hold goes
 * into the file, and they are gone. Who has a database in WAL mode open holds a lock on it even while at rest, and only
 * who is alone with it can switch it to another journal: that is what tells.
 *
 * @returns lets it go; or `unreadable` where SQLite cannot make sense of the file, and so cannot tell
 * @throws BackupError where another program has it open
 */
export function takeAlone(file: string): { letGo(): void } | 'unreadable' {
  let database: Sqlite.Database | undefined;
  try {
    database = new Sqlite(file, { fileMustExist: true, timeout: PATIENCE_MS });
    keepStatements(database);
    database.prepare('PRAGMA journal_mode = DELETE').all();
    database.exec('BEGIN EXCLUSIVE');
    // Somebody who came in between has switched it back.
    const [mode] = database.prepare('PRAGMA journal_mode').all() as [{ journal_mode: string }];
    if (mode.journal_mode !== 'delete')
      throw new Sqlite.SqliteError('it was opened meanwhile', 'SQLITE_BUSY');
    return { letGo: () => void database?.close() };
  } catch (error) {
    database?.close();
    const { code, message } = error as { code?: string; message?: string };
    if (code?.startsWith('SQLITE_BUSY')) {
      throw new BackupError(
        `The database ${file} is in use: another program has it open, the service most likely. Stop it, and try again. ` +
          'Nothing was replaced.',
        { cause: error },
      );
    }
    if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') return 'unreadable';
    throw new BackupError(
      `The database ${file} cannot be opened: ${message}. May this user write there, and is there room? Nothing was replaced.`,
      { cause: error },
    );
  }
}
