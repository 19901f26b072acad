import { Client } from 'pg';
import {
  type AppliedMigration,
  type Migration,
  type MigrationSession,
  migrate,
  migrationsOf,
} from '../migrate.ts';
import { BATCH_FUNCTION, CREATE_BATCH_FUNCTION } from './batch-function.ts';

// The lock that the official command line takes too, so that the two never migrate at once.
const PRISMA_MIGRATE_LOCK = 72_707_369;
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Brings the database up to date, in one transaction. It waits for other processes that do the same.
 * @param known where it is brought to; all there is, but for tests
 * @throws MigrationError
 */
export async function migratePostgresql(
  url: string,
  known: readonly Migration[] = migrationsOf('postgresql'),
): Promise<readonly string[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [PRISMA_MIGRATE_LOCK]);
    const names = await migrate(session(client), known);
    await ensureBatchFunction(client);
    await client.query('COMMIT');
    return names;
  } finally {
    // Ends the transaction where it was not committed.
    await client.end();
  }
}

/** The program brings its function along: it has no state that would have to be migrated. */
async function ensureBatchFunction(client: Client): Promise<void> {
  const { rows } = await client.query('SELECT to_regproc($1) AS present', [BATCH_FUNCTION]);
  if (!rows[0]?.present) await client.query(CREATE_BATCH_FUNCTION);
}

function session(client: Client): MigrationSession {
  return {
    async ensureTable() {
      // Not CREATE IF NOT EXISTS alone, which tells of every start in the server's log.
      const { rows } = await client.query("SELECT to_regclass('_prisma_migrations') AS present");
      if (rows[0]?.present) return;
      await client.query(`CREATE TABLE _prisma_migrations (
        id VARCHAR(36) PRIMARY KEY NOT NULL,
        checksum VARCHAR(64) NOT NULL,
        finished_at TIMESTAMPTZ,
        migration_name VARCHAR(255) NOT NULL,
        logs TEXT,
        rolled_back_at TIMESTAMPTZ,
        started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
        applied_steps_count INTEGER NOT NULL DEFAULT 0
      )`);
    },
    async applied() {
      const { rows } = await client.query<AppliedMigration>(
        'SELECT migration_name, checksum, finished_at, rolled_back_at FROM _prisma_migrations',
      );
      return rows;
    },
    async run(sql) {
      await client.query(sql);
    },
    async record(id, { name, checksum }) {
      await client.query(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
         VALUES ($1, $2, $3, now(), 1)`,
        [id, checksum, name],
      );
    },
  };
}
