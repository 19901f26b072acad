import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { MigrationError, migrationsOf } from '../../server/storage/migrate.ts';
import type { DatabaseLocation } from '../../server/storage/open.ts';
import { openDatabase } from '../../server/storage/open.ts';
import { migratePostgresql } from '../../server/storage/postgresql/migrate.ts';
import { createDatabase, postgresqlAbsence } from '../support/postgresql.ts';
import { openFile } from '../support/sqlite.ts';

const PROCESSES = 10;
const built = new URL('../../server/dist/storage/open.js', import.meta.url).href;

/** Opens the database in as many processes at once, and gives the migrations that each applied. */
async function openInProcesses(location: DatabaseLocation): Promise<string[][]> {
  const script = `
    import { openDatabase } from ${JSON.stringify(built)};
    const { database, migrated } = await openDatabase(${JSON.stringify(location)});
    await database.close();
    process.stdout.write(JSON.stringify(migrated));`;
  const run = promisify(execFile);
  return Promise.all(
    Array.from({ length: PROCESSES }, async () => {
      const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], {
        timeout: 50_000,
      });
      return JSON.parse(stdout) as string[];
    }),
  );
}

test('of ten processes that start at once on no SQLite file, one migrates and all work', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'oxicount-processes-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'data', 'oxicount.db');
  const applied = await openInProcesses({ provider: 'sqlite', file });
  expect(applied).toHaveLength(PROCESSES);
  expect(applied.flat()).toEqual(migrationsOf('sqlite').map(({ name }) => name));
  const database = openFile(file, { readonly: true });
  onTestFinished(() => void database.close());
  expect(database.prepare('SELECT count(*) FROM _prisma_migrations').raw().all().flat()[0]).toBe(
    migrationsOf('sqlite').length,
  );
}, 60_000);

const absence = await postgresqlAbsence();
const names = migrationsOf('postgresql').map(({ name }) => name);

describe('a PostgreSQL database', () => {
  if (absence) {
    test.skip(`skipped: ${absence}`, () => {});
    return;
  }

  /** A database that lasts as long as the test, and a connection of the test's own. */
  async function emptyDatabase() {
    const { url, drop } = await createDatabase();
    const client = new Client({ connectionString: url });
    await client.connect();
    // It may be cut off by the drop.
    client.on('error', () => {});
    onTestFinished(async () => {
      await client.end();
      await drop();
    });
    return { url, client };
  }

  async function tablesOf(client: Client): Promise<string[]> {
    const { rows } = await client.query(
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1",
    );
    return rows.map(({ table_name }) => table_name);
  }

  test('is migrated once', async () => {
    const { url, client } = await emptyDatabase();
    expect(await migratePostgresql(url)).toEqual(names);
    expect(await migratePostgresql(url)).toEqual([]);
    expect(await tablesOf(client)).toEqual(
      expect.arrayContaining(['_prisma_migrations', 'oxi_pages', 'oxi_sites', 'oxi_visits']),
    );
  });

  test('records its migrations as the official command line does', async () => {
    const { url, client } = await emptyDatabase();
    await migratePostgresql(url);
    const { rows } = await client.query('SELECT * FROM _prisma_migrations');
    expect(rows).toEqual(
      migrationsOf('postgresql').map(({ name, checksum }) => ({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        migration_name: name,
        checksum,
        started_at: expect.any(Date),
        finished_at: expect.any(Date),
        rolled_back_at: null,
        logs: null,
        applied_steps_count: 1,
      })),
    );
  });

  test('is migrated by one of ten processes that start at once, and all work', async () => {
    const { url, client } = await emptyDatabase();
    const applied = await openInProcesses({ provider: 'postgresql', url });
    expect(applied).toHaveLength(PROCESSES);
    expect(applied.flat()).toEqual(names);
    const { rows } = await client.query('SELECT migration_name FROM _prisma_migrations');
    expect(rows).toHaveLength(names.length);
  }, 60_000);

  test('can be that of OxiTraffic, whose own tables stay as they are', async () => {
    const { url, client } = await emptyDatabase();
    await client.query(`
      CREATE TABLE paths (id SERIAL PRIMARY KEY, path VARCHAR(255) NOT NULL UNIQUE);
      CREATE TABLE referrers (id SERIAL PRIMARY KEY, referrer VARCHAR(255) NOT NULL UNIQUE);
      CREATE TABLE visits (id SERIAL PRIMARY KEY, path_id INT NOT NULL REFERENCES paths, registered_at TIMESTAMP NOT NULL);
      INSERT INTO paths (path) VALUES ('/hello');
      INSERT INTO visits (path_id, registered_at) VALUES (1, now());`);
    expect(await migratePostgresql(url)).toEqual(names);
    expect(await tablesOf(client)).toEqual(
      expect.arrayContaining(['oxi_visits', 'paths', 'referrers', 'visits']),
    );
    const { rows } = await client.query('SELECT path FROM visits JOIN paths ON paths.id = path_id');
    expect(rows).toEqual([{ path: '/hello' }]);
  });

  describe('is refused, and nothing is changed', () => {
    test.each([
      [
        'where a newer program has used it',
        "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '99991231000000_future', now())",
        /99991231000000_future.*newer oxicount/,
      ],
      [
        'where a migration was edited',
        "UPDATE _prisma_migrations SET checksum = 'edited'",
        /was edited after it was applied: the database has checksum edited/,
      ],
      [
        'where a migration was not finished',
        'UPDATE _prisma_migrations SET finished_at = NULL',
        /was begun and not finished/,
      ],
    ])('%s', async (_, sql, message) => {
      const { url, client } = await emptyDatabase();
      await migratePostgresql(url);
      await client.query(sql);
      const state = async () => [
        await tablesOf(client),
        (await client.query('SELECT * FROM _prisma_migrations ORDER BY id')).rows,
      ];
      const before = await state();
      const refusal = openDatabase({ provider: 'postgresql', url });
      await expect(refusal).rejects.toThrow(MigrationError);
      await expect(refusal).rejects.toThrow(message);
      expect(await state()).toEqual(before);
    });

    test('where a migration fails half way, and it can be tried again', async () => {
      const { url, client } = await emptyDatabase();
      await client.query('CREATE TABLE oxi_visits (something_else TEXT)');
      await expect(migratePostgresql(url)).rejects.toThrow(/oxi_visits/);
      expect(await tablesOf(client)).toEqual(['oxi_visits']);
      await client.query('DROP TABLE oxi_visits');
      expect(await migratePostgresql(url)).toEqual(names);
    });
  });

  test('that goes away in the middle of it makes the start fail, not the process', async () => {
    const { url, client } = await emptyDatabase();
    // Held by the session: within a transaction the list of sessions would not change.
    await client.query('SELECT pg_advisory_lock(72707369)');
    const migration = migratePostgresql(url).then(
      () => 'migrated',
      (error) => error,
    );
    let cut = 0;
    while (cut === 0) {
      const { rowCount } = await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      cut = rowCount ?? 0;
    }
    expect(await migration).toBeInstanceOf(Error);
    await client.query('SELECT pg_advisory_unlock(72707369)');
    expect(await migratePostgresql(url)).toEqual(names);
  });
});
