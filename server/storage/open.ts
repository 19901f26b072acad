import type { Database } from './database.ts';
import { MigrationError } from './migrate.ts';
import { openPostgresql, type PostgresqlLocation } from './postgresql/database.ts';
import type { ReplicaListener } from './postgresql/figures.ts';
import { migratePostgresql } from './postgresql/migrate.ts';
import { openSqlite } from './sqlite/database.ts';
import { migrateSqlite } from './sqlite/migrate.ts';

/** Which database to open. */
export type DatabaseLocation =
  | { readonly provider: 'sqlite'; readonly file: string }
  | ({ readonly provider: 'postgresql' } & PostgresqlLocation);

/** A database that cannot be opened; the message says which, why and what to do. */
export class OpenError extends Error {
  override readonly name = 'OpenError';
}

/**
 * Brings the database up to date and opens it.
 * @param replica told when a replica for reading goes and comes back; it need not be there
 * @throws OpenError where it is away, or MigrationError where its schema is not one of this program's
 */
export async function openDatabase(
  location: DatabaseLocation,
  replica?: ReplicaListener,
): Promise<{ database: Database; migrated: readonly string[] }> {
  return location.provider === 'sqlite'
    ? {
        migrated: await explained(`SQLite file ${location.file}`, () => migrateSqlite(location.file)),
        database: await openSqlite(location.file),
      }
    : {
        migrated: await explained(`PostgreSQL at ${withoutPassword(location.url)}`, () =>
          migratePostgresql(location.url),
        ),
        database: openPostgresql(location, replica),
      };
}

async function explained<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MigrationError || error instanceof TypeError) throw error;
    const { code, message } = error as { code?: unknown; message?: string };
    throw new OpenError(`The ${what} cannot be opened: ${message || code}. ${advice(code)}`, {
      cause: error,
    });
  }
}

function advice(code: unknown): string {
  return ADVICE[String(code)] ?? 'Check OXICOUNT_DATABASE_URL.';
}

const ADVICE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Is the server running, and is this its address?',
  ENOTFOUND: 'Is this the name of the server?',
  '3D000': 'Create the database first, with createdb for example.',
  '28P01': 'Check the user name and the password.',
  '28000': 'Check the user name and the password.',
  SQLITE_CANTOPEN: 'May this user read and write the folder and the file?',
  SQLITE_NOTADB: 'The file is something else; name another one.',
  SQLITE_READONLY: 'May this user write the folder and the file?',
  SQLITE_BUSY: 'Another program keeps it to itself; end that one, or wait until it is done.',
  SQLITE_FULL: 'Make room on the disk.',
  SQLITE_CORRUPT: 'The file is damaged; `oxicount restore` puts a back-up in its place.',
  EACCES: 'May this user read and write the folder and the file?',
};

function withoutPassword(url: string): string {
  const shown = new URL(url);
  if (shown.password !== '') shown.password = '***';
  if (shown.searchParams.has('password')) shown.searchParams.set('password', '***');
  return shown.href;
}
