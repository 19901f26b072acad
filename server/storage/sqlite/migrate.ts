import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import {
  type AppliedMigration,
  type Migration,
  type MigrationSession,
  migrate,
  migrationsOf,
} from '../migrate.ts';
import { createPlaceCheck } from './place.ts';
import { keepStatements } from './statements.ts';

// Other processes that start at the same time are done within moments; this one has nothing else to do.
const LOCK_TIMEOUT_MS = 30_000;
const ATTEMPT_MS = 100;

/**
 * Creates the file and its folder unless they are there, and brings it up to date. It waits for other processes that
 * do the same.
 * @param known where it is brought to; all there is, but for tests
 * @throws MigrationError
 */
export async function migrateSqlite(
  file: string,
  known: readonly Migration[] = migrationsOf('sqlite'),
): Promise<readonly string[]> {
  // The database holds the secrets of the instance, and what SQLite puts beside it does.
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new Sqlite(file, { timeout: ATTEMPT_MS });
  keepStatements(database);
  const checkPlace = createPlaceCheck(file);
  try {
    checkPlace();
    // Not every lock waits for the time-out: the one that switches to WAL answers at once.
    await retried(() => database.exec('PRAGMA journal_mode = WAL'));
    database.exec('PRAGMA synchronous = FULL');
    // Prisma rebuilds tables to alter them, and this cannot be switched off within the transaction.
    database.exec('PRAGMA foreign_keys = OFF');
    await retried(() => database.exec('BEGIN EXCLUSIVE'));
    try {
      // It may have waited for a back-up that took the place of what it opened.
      checkPlace();
      const names = await migrate(session(database), known);
      database.exec('COMMIT');
      return names;
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  } finally {
    database.close();
  }
}

function session(database: Sqlite.Database): MigrationSession {
  return {
    async ensureTable() {
      database.exec(`CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
        "id" TEXT PRIMARY KEY NOT NULL,
        "checksum" TEXT NOT NULL,
        "finished_at" DATETIME,
        "migration_name" TEXT NOT NULL,
        "logs" TEXT,
        "rolled_back_at" DATETIME,
        "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
        "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0
      )`);
    },
    async applied() {
      return database
        .prepare<[], AppliedMigration>(
          'SELECT migration_name, checksum, finished_at, rolled_back_at FROM _prisma_migrations',
        )
        .all();
    },
    async run(sql) {
      database.exec(sql);
    },
    async record(id, { name, checksum }) {
      database
        .prepare(
          `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
           VALUES (?, ?, ?, ?, ?, 1)`,
        )
        .run(id, checksum, name, Date.now(), Date.now());
    },
  };
}

async function retried(work: () => unknown): Promise<void> {
  const deadline = Date.now() + LOCK_TIMEOUT_MS;
  while (true) {
    try {
      work();
      return;
    } catch (error) {
      const busy = error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
      if (!busy || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, ATTEMPT_MS));
    }
  }
}
