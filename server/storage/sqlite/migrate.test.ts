import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openFile } from '../../../test/support/sqlite.ts';
import { MigrationError, migrationsOf } from '../migrate.ts';
import { OpenError, openDatabase } from '../open.ts';
import { migrateSqlite } from './migrate.ts';

const names = migrationsOf('sqlite').map(({ name }) => name);

/** Where a database could be, in a folder that lasts as long as the test. */
function place(...below: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'oxicount-migrate-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, ...below, 'oxicount.db');
}

/** Does something to a database behind the program's back. */
function edit<T>(file: string, work: (database: Sqlite.Database) => T): T {
  const database = openFile(file);
  try {
    return work(database);
  } finally {
    database.close();
  }
}

const tables = (file: string) =>
  edit(file, (database) =>
    database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").raw().all().flat(),
  );

describe('an SQLite database', () => {
  test('is made with its folders, and migrated once', async () => {
    const file = place('data', 'deeper');
    expect(await migrateSqlite(file)).toEqual(names);
    expect(await migrateSqlite(file)).toEqual([]);
    expect(tables(file)).toEqual(
      expect.arrayContaining(['_prisma_migrations', 'oxi_pages', 'oxi_sites', 'oxi_visits']),
    );
  });

  test('keeps what is in it when the program starts again', async () => {
    const file = place();
    await migrateSqlite(file);
    edit(file, (database) => database.exec("INSERT INTO oxi_dimension_values VALUES (3, 1, 'news.example')"));
    await migrateSqlite(file);
    expect(
      edit(file, (database) => database.prepare('SELECT value FROM oxi_dimension_values').raw().all().flat()),
    ).toEqual(['news.example']);
  });

  test('is in WAL mode, so that readers and the writer do not wait for each other', async () => {
    const file = place();
    await migrateSqlite(file);
    expect(edit(file, (database) => database.prepare('PRAGMA journal_mode').raw().all().flat())).toEqual([
      'wal',
    ]);
  });

  test('records its migrations as the official command line does', async () => {
    const file = place();
    await migrateSqlite(file);
    const rows = edit(file, (database) => database.prepare('SELECT * FROM _prisma_migrations').all());
    expect(rows).toEqual(
      migrationsOf('sqlite').map(({ name, checksum }) => ({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        migration_name: name,
        checksum,
        started_at: expect.any(Number),
        finished_at: expect.any(Number),
        rolled_back_at: null,
        logs: null,
        applied_steps_count: 1,
      })),
    );
  });
});

describe('an SQLite database is refused, and nothing is changed', () => {
  test.each([
    [
      'where a newer program has used it',
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '99991231000000_future', 1)",
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
    const file = place();
    await migrateSqlite(file);
    edit(file, (database) => database.exec(sql));
    const before = edit(file, (database) => database.serialize());
    const refusal = openDatabase({ provider: 'sqlite', file });
    await expect(refusal).rejects.toThrow(MigrationError);
    await expect(refusal).rejects.toThrow(message);
    expect(edit(file, (database) => database.serialize()).equals(before)).toBe(true);
  });

  test('where a migration fails half way, and it can be tried again', async () => {
    const file = place();
    mkdirSync(dirname(file), { recursive: true });
    edit(file, (database) => database.exec('CREATE TABLE oxi_visits (something_else TEXT)'));
    await expect(migrateSqlite(file)).rejects.toThrow(/oxi_visits/);
    expect(tables(file)).toEqual(['oxi_visits']);
    edit(file, (database) => database.exec('DROP TABLE oxi_visits'));
    expect(await migrateSqlite(file)).toEqual(names);
  });
});

test('a folder that is made for the database is for its user only', async () => {
  const file = join(dirname(place()), 'made', 'oxicount.db');
  await migrateSqlite(file);
  expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
});

describe('a file that cannot be a database is named in the message', () => {
  test('a folder', async () => {
    const file = place();
    mkdirSync(file);
    const opening = openDatabase({ provider: 'sqlite', file });
    await expect(opening).rejects.toThrow(OpenError);
    await expect(opening).rejects.toThrow(`SQLite file ${file} cannot be opened`);
    await expect(opening).rejects.toThrow('May this user read and write the folder and the file?');
  });

  test('something else, which stays as it was', async () => {
    const file = place();
    const text = 'These are my notes. '.repeat(500);
    writeFileSync(file, text);
    const opening = openDatabase({ provider: 'sqlite', file });
    await expect(opening).rejects.toThrow(OpenError);
    await expect(opening).rejects.toThrow('The file is something else; name another one.');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('one in a folder that is a file', async () => {
    const folder = place();
    writeFileSync(folder, 'not a folder');
    const file = join(folder, 'oxicount.db');
    const opening = openDatabase({ provider: 'sqlite', file });
    await expect(opening).rejects.toThrow(OpenError);
    await expect(opening).rejects.toThrow(file);
  });
});
