import { copyFile, readdir, readFile, readlink, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BackupError } from '../../server/storage/backup-error.ts';
import { MigrationError, migrationsOf } from '../../server/storage/migrate.ts';
import { backUpSqlite } from '../../server/storage/sqlite/backup.ts';
import { migrateSqlite } from '../../server/storage/sqlite/migrate.ts';
import { restoreSqlite } from '../../server/storage/sqlite/restore.ts';
import { temporaryFolder } from '../support/program.ts';
import { openFile } from '../support/sqlite.ts';

/** Does something to a database behind the program's back. */
function edit(file: string, sql: string): void {
  const database = openFile(file);
  database.exec(sql);
  database.close();
}

function values(file: string): unknown[] {
  const database = openFile(file);
  const found = database.prepare('SELECT value FROM oxi_dimension_values ORDER BY id').raw().all().flat();
  database.close();
  return found;
}

const INSERT = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
  INSERT INTO oxi_dimension_values SELECT 3, i, 'news-' || i || '.example' FROM n`;

/** A database, a back-up of it, and what was counted since. */
async function world() {
  const folder = await temporaryFolder();
  const file = join(folder, 'oxicount.db');
  const backup = join(folder, 'saved.db');
  await migrateSqlite(file);
  edit(file, INSERT);
  await backUpSqlite(file, backup, { overwrite: false });
  edit(file, "INSERT INTO oxi_dimension_values VALUES (3, 3001, 'later.example')");
  return {
    file,
    backup,
    folder,
    restore: (from = backup) => restoreSqlite(from, file, { keepAs: `${file}.replaced`, unasked: false }),
    /** Nothing was replaced, and nothing is left of what was tried. */
    async expectUntouched() {
      expect(values(file)).toHaveLength(3_001);
      expect(
        (await readdir(folder)).filter((name) => /partial|replaced|-wal|-shm|-journal/.test(name)),
      ).toEqual([]);
    },
  };
}

test('a back-up is of one moment, while others write', async () => {
  const { file, folder } = await world();
  const writer = openFile(file);
  writer.exec('PRAGMA journal_mode = WAL');
  // Of one transaction each: as many of the one as of the other.
  const write = () =>
    writer.exec(`BEGIN; INSERT INTO oxi_salts (day, value) VALUES ((SELECT count(*) FROM oxi_salts), 'x');
      INSERT INTO oxi_jobs (name, leased_until) VALUES ((SELECT count(*) FROM oxi_jobs), 0); COMMIT`);
  for (let i = 0; i < 50; i += 1) write();
  let during = 0;
  const saved = join(folder, 'busy.db');
  await backUpSqlite(file, saved, {
    overwrite: false,
    copied() {
      during += 1;
      write();
      writer.exec('PRAGMA wal_checkpoint');
    },
  });
  writer.close();
  expect(during).toBeGreaterThan(0);
  const copy = openFile(saved);
  const of = (table: string) => copy.prepare(`SELECT count(*) FROM ${table}`).raw().all().flat();
  expect([of('oxi_salts'), of('oxi_jobs')]).toEqual([[50], [50]]);
  copy.close();
});

test('what was restored is what was backed up, and a service can open it', async () => {
  const { file, restore, folder } = await world();
  expect(await restore()).toMatchObject({ visits: 0, sites: 0, missing: [], kept: `${file}.replaced` });
  expect(values(file)).toHaveLength(3_000);
  expect(values(`${file}.replaced`)).toHaveLength(3_001);
  expect(await migrateSqlite(file)).toEqual([]);
  expect((await readdir(folder)).sort()).toEqual(['oxicount.db', 'oxicount.db.replaced', 'saved.db']);
});

test('a database that is gone is restored with its folder', async () => {
  const { backup, folder } = await world();
  const file = join(folder, 'new/deeper/oxicount.db');
  expect(await restoreSqlite(backup, file, { keepAs: `${file}.replaced`, unasked: false })).toMatchObject({
    kept: null,
  });
  expect(values(file)).toHaveLength(3_000);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a link to a database stays one', async () => {
  const { backup, file, folder } = await world();
  const link = join(folder, 'link.db');
  await symlink(file, link);
  await restoreSqlite(backup, link, { keepAs: null, unasked: false });
  expect(await readlink(link)).toBe(file);
  expect(values(file)).toHaveLength(3_000);
});

test.each([
  ['another program', (file: string) => writeFile(file, 'These are my notes. '.repeat(500))],
  ['another program with a database', async (file: string) => edit(file, 'CREATE TABLE theirs (x)')],
  ['nobody, as it is empty', (file: string) => writeFile(file, '')],
])('a file of %s is not restored', async (_, make) => {
  const { folder, restore, expectUntouched } = await world();
  const other = join(folder, 'other');
  await make(other);
  const before = await readFile(other);
  await expect(restore(other)).rejects.toThrow(BackupError);
  await expect(restore(other)).rejects.toThrow(/is not a database of oxicount/);
  await expectUntouched();
  expect((await readFile(other)).equals(before)).toBe(true);
});

test.each([0.99, 0.5, 0.1, 0.01])('a back-up of which only %d is left is not restored', async (part) => {
  const { backup, restore, expectUntouched } = await world();
  await truncate(backup, Math.floor((await stat(backup)).size * part));
  await expect(restore()).rejects.toThrow(BackupError);
  await expect(restore()).rejects.toThrow(/saved\.db is damaged/);
  await expectUntouched();
});

test('a back-up in which bytes have changed is not restored', async () => {
  const { backup, restore, expectUntouched } = await world();
  const bytes = await readFile(backup);
  bytes.fill(0xa5, bytes.length / 2, bytes.length / 2 + 8_192);
  await writeFile(backup, bytes);
  await expect(restore()).rejects.toThrow(/saved\.db is damaged/);
  await expectUntouched();
});

test('a damaged database is not backed up, so that no damage takes the place of a good back-up', async () => {
  const { file, backup } = await world();
  const bytes = await readFile(file);
  bytes.fill(0xa5, bytes.length / 2, bytes.length / 2 + 8_192);
  await writeFile(file, bytes);
  await expect(backUpSqlite(file, backup, { overwrite: true })).rejects.toThrow(/oxicount\.db is damaged/);
  expect(values(backup)).toHaveLength(3_000);
});

test('a back-up of a newer version is refused', async () => {
  const { backup, restore, expectUntouched } = await world();
  edit(
    backup,
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
     VALUES ('x', 'x', '99991231000000_future', 1)`,
  );
  await expect(restore()).rejects.toThrow(MigrationError);
  await expect(restore()).rejects.toThrow(/saved\.db cannot be used.*99991231000000_future.*newer oxicount/);
  await expectUntouched();
});

test('a back-up of an earlier version is restored, and migrates at the next start', async () => {
  const { file, folder, restore } = await world();
  const known = migrationsOf('sqlite');
  const earlier = join(folder, 'earlier.db');
  await migrateSqlite(earlier, known.slice(0, 1));
  const missing = known.slice(1).map(({ name }) => name);
  expect((await restore(earlier)).missing).toEqual(missing);
  expect(await migrateSqlite(file)).toEqual(missing);
});

test('a copy of a database with its journal beside it is restored with what the journal holds', async () => {
  const { file, folder, restore } = await world();
  const writer = openFile(file);
  writer.exec('PRAGMA journal_mode = WAL');
  writer.exec("INSERT INTO oxi_dimension_values VALUES (3, 3002, 'last.example')");
  const copy = join(folder, 'by-hand.db');
  await copyFile(file, copy);
  await copyFile(`${file}-wal`, `${copy}-wal`);
  writer.close();
  await restore(copy);
  expect(values(file)).toHaveLength(3_002);
});
