import { randomUUID } from 'node:crypto';
import { migrations } from './generated/migrations.ts';

/** A row of Prisma's own table, which the official command line reads and writes too. */
export interface AppliedMigration {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: unknown;
  readonly rolled_back_at: unknown;
}

/** A migration as it is embedded in the program. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, in hexadecimal, as Prisma keeps it. */
  readonly checksum: string;
}

/** One transaction, in which nobody else migrates. */
export interface MigrationSession {
  /** Makes Prisma's table unless it is there. */
  ensureTable(): Promise<void>;
  applied(): Promise<AppliedMigration[]>;
  run(sql: string): Promise<void>;
  record(id: string, migration: Migration): Promise<void>;
}

/** The database cannot be brought to what this program needs; the message says what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** The migrations of a database, oldest first. */
export function migrationsOf(provider: 'sqlite' | 'postgresql'): readonly Migration[] {
  return migrations[provider];
}

/**
 * Applies what is missing.
 * @returns the names of the migrations that were applied
 * @throws MigrationError where the database is newer than the program, or was migrated with something else
 */
export async function migrate(
  session: MigrationSession,
  known: readonly Migration[],
): Promise<readonly string[]> {
  await session.ensureTable();
  const missing = missingMigrations(await session.applied(), known);
  for (const migration of missing) {
    await session.run(migration.sql);
    await session.record(randomUUID(), migration);
  }
  return missing.map(({ name }) => name);
}

/**
 * What a database still needs, oldest first.
 * @throws MigrationError where it is newer than the program, or was migrated with something else
 */
export function missingMigrations(
  rows: readonly AppliedMigration[],
  known: readonly Migration[],
): readonly Migration[] {
  const applied = rows.filter(({ rolled_back_at }) => rolled_back_at === null);
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  for (const row of applied) refuseUnlessKnown(row, byName.get(row.migration_name));
  const done = new Set(applied.map(({ migration_name }) => migration_name));
  return known.filter(({ name }) => !done.has(name));
}

function refuseUnlessKnown(row: AppliedMigration, known: Migration | undefined): void {
  const name = row.migration_name;
  if (!known) {
    throw new MigrationError(
      `The database has the migration ${name}, which this program does not know: a newer oxicount has used it. ` +
        'Start that version, or restore a back-up from before.',
    );
  }
  if (row.finished_at === null) {
    throw new MigrationError(
      `The migration ${name} was begun and not finished by another program. Restore a back-up, or mend the ` +
        'database and mark it with `prisma migrate resolve`.',
    );
  }
  if (row.checksum !== known.checksum) {
    throw new MigrationError(
      `The migration ${name} was edited after it was applied: the database has checksum ${row.checksum}, ` +
        `this program ${known.checksum}. Start the version that applied it.`,
    );
  }
}
