import {
  type AppliedMigration,
  type Migration,
  MigrationError,
  missingMigrations,
} from '../storage/migrate.ts';
import { broken, type Check, type Finding, fine, unknown, warning } from './finding.ts';
import { isWithoutTable, type Reading } from './sql.ts';

const APPLIED = 'SELECT migration_name, checksum, finished_at, rolled_back_at FROM _prisma_migrations';

/** Whether the tables are those of this program; nothing is migrated. */
export function migrationsCheck(database: Reading, known: readonly Migration[]): Check {
  return {
    group: 'Database',
    name: 'tables',
    limitMs: 8_000,
    async look() {
      const rows = await database.ask(APPLIED).catch((error) => {
        if (isWithoutTable(error)) return [];
        throw error;
      });
      return judgeMigrations(rows as unknown as readonly AppliedMigration[], known);
    },
  };
}

export function judgeMigrations(applied: readonly AppliedMigration[], known: readonly Migration[]): Finding {
  if (applied.length === 0) {
    return unknown('none yet', 'The first start of the service makes them.');
  }
  try {
    const missing = missingMigrations(applied, known);
    if (missing.length === 0) return fine(`up to date, ${known.length} migrations`);
    return warning(
      `of an earlier version: ${missing.map(({ name }) => name).join(', ')} will be applied`,
      'The next start of this program migrates them. Make a back-up before: an earlier program does not start with them afterwards.',
    );
  } catch (error) {
    if (error instanceof MigrationError) return broken('not those of this program', error.message);
    throw error;
  }
}
