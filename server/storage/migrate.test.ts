import { describe, expect, test } from 'vitest';
import { type AppliedMigration, type Migration, MigrationError, migrate, migrationsOf } from './migrate.ts';

const first: Migration = { name: '1_init', sql: 'CREATE a', checksum: 'aaa' };
const second: Migration = { name: '2_more', sql: 'CREATE b', checksum: 'bbb' };

const row = ({ name, checksum }: Migration, changes: Partial<AppliedMigration> = {}): AppliedMigration => ({
  migration_name: name,
  checksum,
  finished_at: 1,
  rolled_back_at: null,
  ...changes,
});

/** A database that was migrated as the rows say, and what is done to it. */
function databaseWith(...rows: AppliedMigration[]) {
  const done: string[] = [];
  return {
    done,
    session: {
      ensureTable: async () => {},
      applied: async () => rows,
      run: async (sql: string) => void done.push(`run ${sql}`),
      record: async (_: string, { name }: Migration) => void done.push(`record ${name}`),
    },
  };
}

test('what is missing is applied in order, and recorded as it is applied', async () => {
  const { session, done } = databaseWith();
  expect(await migrate(session, [first, second])).toEqual(['1_init', '2_more']);
  expect(done).toEqual(['run CREATE a', 'record 1_init', 'run CREATE b', 'record 2_more']);
});

test('what was applied is not applied again', async () => {
  const { session, done } = databaseWith(row(first));
  expect(await migrate(session, [first, second])).toEqual(['2_more']);
  expect(done).toEqual(['run CREATE b', 'record 2_more']);
});

test('a migration that an operator marked as rolled back is applied', async () => {
  const { session } = databaseWith(row(first, { finished_at: null, rolled_back_at: 1, checksum: 'older' }));
  expect(await migrate(session, [first])).toEqual(['1_init']);
});

describe('a database is refused, untouched, and the message says what to do', () => {
  test.each([
    [
      'that a newer program used',
      [row(first), row(second)],
      [first],
      /2_more.*newer oxicount.*Start that version/,
    ],
    [
      'whose migration was edited',
      [row(first, { checksum: 'zzz' })],
      [first, second],
      /1_init was edited.*zzz.*aaa/,
    ],
    [
      'whose migration was not finished',
      [row(first, { finished_at: null })],
      [first, second],
      /1_init was begun and not finished.*prisma migrate resolve/,
    ],
  ])('%s', async (_, rows, known, message) => {
    const { session, done } = databaseWith(...rows);
    const refusal = migrate(session, known);
    await expect(refusal).rejects.toThrow(MigrationError);
    await expect(refusal).rejects.toThrow(message);
    expect(done).toEqual([]);
  });
});

test('both databases go through migrations of the same names, oldest first', () => {
  const names = migrationsOf('sqlite').map(({ name }) => name);
  expect(migrationsOf('postgresql').map(({ name }) => name)).toEqual(names);
  expect([...names].sort()).toEqual(names);
});
