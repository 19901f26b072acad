import Sqlite from 'better-sqlite3';
import { keepStatements } from '../../server/storage/sqlite/statements.ts';

/** Opens an SQLite file beside the program. Statements are kept as the program keeps its own, for the same reason. */
export function openFile(file: string, options: Sqlite.Options = {}): Sqlite.Database {
  const database = new Sqlite(file, options);
  keepStatements(database);
  return database;
}
