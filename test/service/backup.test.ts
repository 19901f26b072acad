import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrateSqlite } from '../../server/storage/sqlite/migrate.ts';
import { run, serve, temporaryFolder } from '../support/program.ts';
import { openFile } from '../support/sqlite.ts';

/** What no output may say. */
const PASSWORD = 'hunter2-and-more';

/** An instance in a folder of its own, with a site whose pages were visited 500 times. */
async function instance() {
  const cwd = await temporaryFolder();
  const file = join(cwd, 'data/oxicount.db');
  await migrateSqlite(file);
  edit(
    file,
    `INSERT INTO oxi_sites (id, slug, name, callback_origin, time_zone, min_delay_secs, declared, created_at)
       VALUES (1, 'blog', 'Blog', 'https://blog.example', 'UTC', 19, false, 0);
     INSERT INTO oxi_pages (id, site_id, path, visits, added_at) VALUES (1, 1, '/a', 300, 0), (2, 1, '/b', 200, 0)`,
  );
  const command = async (args: readonly string[], under?: readonly [string, ...string[]]) => {
    const program = run(args, { cwd, ...(under && { under }) });
    return { exit: await program.exit, output: program.output() };
  };
  return {
    cwd,
    file,
    path: (name: string) => join(cwd, name),
    command,
    files: async (folder = '.') => (await readdir(join(cwd, folder))).sort(),
  };
}

/** Does something to a database behind the program's back. */
function edit(file: string, sql: string): void {
  const database = openFile(file);
  database.exec(sql);
  database.close();
}

function visitsIn(file: string): number {
  const database = openFile(file);
  const [[visits]] = database.prepare('SELECT sum(visits) FROM oxi_pages').raw().all() as [[number]];
  database.close();
  return visits;
}

const FILLER = 'CREATE TABLE filler (bytes BLOB); INSERT INTO filler VALUES (zeroblob(100000000))';

test('a back-up has a name with date and time, is for its owner alone, and is one file', async () => {
  const { command, files, path } = await instance();
  const { exit, output } = await command(['backup']);
  expect(exit).toBe(0);
  expect(output).toMatch(/^Backed up 500 visits of 1 site, [\d.]+ kB, to .*\.db\. It holds the secrets/);
  const [, name = ''] = await files();
  expect(await files()).toEqual(['data', expect.stringMatching(/^oxicount-\d{4}-\d\d-\d\dT\d{6}Z\.db$/)]);
  expect((await stat(path(name))).mode & 0o777).toBe(0o600);
  expect(visitsIn(path(name))).toBe(500);
});

test('a back-up goes into the folder that is named, and beside no file of its name', async () => {
  const { command, files, path } = await instance();
  await mkdir(path('saved'));
  expect((await command(['backup', 'saved'])).exit).toBe(0);
  expect(await files('saved')).toEqual([expect.stringMatching(/^oxicount-.*\.db$/)]);

  await writeFile(path('notes.txt'), 'mine');
  const refused = await command(['backup', 'notes.txt']);
  expect(refused.exit).toBe(1);
  expect(refused.output).toMatch(
    /notes\.txt is there already\. Name another file, or replace it with --force/,
  );
  expect(await readFile(path('notes.txt'), 'utf8')).toBe('mine');
  expect((await command(['backup', 'notes.txt', '--force'])).exit).toBe(0);
  expect(visitsIn(path('notes.txt'))).toBe(500);
});

test('a back-up never takes the place of the database, nor of one in use', async () => {
  const { command, file, files, path } = await instance();
  const itself = await command(['backup', file, '--force']);
  expect(itself.output).toMatch(/is the database itself/);
  const other = openFile(path('other.db'));
  other.exec('PRAGMA journal_mode = WAL; CREATE TABLE theirs (x)');
  const used = await command(['backup', 'other.db', '--force']);
  expect(used.output).toMatch(/other\.db is a database in use/);
  other.close();
  expect([itself.exit, used.exit]).toEqual([1, 1]);
  expect(await files()).toEqual(['data', 'other.db']);
});

test('a database that is not there, and a folder that is not, are named', async () => {
  const cwd = await temporaryFolder();
  const missing = run(['backup'], { cwd });
  expect(await missing.exit).toBe(1);
  expect(missing.output()).toMatch(/There is no file .*data\/oxicount\.db/);
  expect(await readdir(cwd)).toEqual([]);
  const { command } = await instance();
  const { exit, output } = await command(['backup', 'nowhere/saved.db']);
  expect(exit).toBe(1);
  expect(output).toMatch(/cannot be copied to .*nowhere\/saved\.db.*Is there such a folder\?/);
});

test('a disk that fills up leaves no back-up, and nothing of it', async () => {
  const { command, file, files } = await instance();
  edit(file, 'CREATE TABLE filler (bytes BLOB); INSERT INTO filler VALUES (zeroblob(3000000))');
  const { exit, output } = await command(
    ['backup', 'saved.db'],
    ['sh', '-c', 'ulimit -f 2000; exec "$@"', 'sh'],
  );
  expect(exit).toBe(1);
  expect(output).toMatch(/cannot be copied to .*saved\.db.*Is there enough room/);
  expect(await files()).toEqual(['data']);
});

test('a restore for which there is no room leaves the database as it was', async () => {
  const { command, file, files } = await instance();
  edit(file, 'CREATE TABLE filler (bytes BLOB); INSERT INTO filler VALUES (zeroblob(3000000))');
  expect((await command(['backup', 'saved.db'])).exit).toBe(0);
  edit(file, 'UPDATE oxi_pages SET visits = visits + 100 WHERE id = 1');
  const { exit, output } = await command(
    ['restore', 'saved.db'],
    ['sh', '-c', 'ulimit -f 2000; exec "$@"', 'sh'],
  );
  expect(exit).toBe(1);
  expect(output).toMatch(/Is there enough room/);
  expect(await files('data')).toEqual(['oxicount.db']);
  expect(visitsIn(file)).toBe(600);
});

test.each(['SIGKILL', 'SIGINT'] as const)('a back-up that ends with %s has no file', async (signal) => {
  const { cwd, file, files } = await instance();
  edit(file, FILLER);
  const program = run(['backup', 'saved.db'], { cwd });
  const partial = /^saved\.db\.[0-9a-f]+\.partial/;
  await expect
    .poll(async () => (await files()).some((name) => partial.test(name)), { interval: 2, timeout: 20_000 })
    .toBe(true);
  program.kill(signal);
  expect(await program.exit).toBe(signal === 'SIGKILL' ? signal : 130);
  const left = (await files()).filter((name) => name !== 'data');
  expect(left).not.toContain('saved.db');
  // Nobody was there to take it away.
  expect(left.every((name) => signal === 'SIGKILL' && partial.test(name))).toBe(true);
});

test('a restore that is killed midway leaves the database as it was, and can be done again', async () => {
  const { command, cwd, file, files } = await instance();
  edit(file, FILLER);
  expect((await command(['backup', 'saved.db'])).exit).toBe(0);
  edit(file, 'UPDATE oxi_pages SET visits = visits + 100 WHERE id = 1');
  const program = run(['restore', 'saved.db'], { cwd });
  await expect
    .poll(async () => (await files('data')).some((name) => name.endsWith('.partial')), {
      interval: 2,
      timeout: 20_000,
    })
    .toBe(true);
  program.kill('SIGKILL');
  expect(await program.exit).toBe('SIGKILL');
  expect(visitsIn(file)).toBe(600);
  expect((await command(['restore', 'saved.db'])).exit).toBe(0);
  expect(visitsIn(file)).toBe(500);
});

test('a restored database takes the place of the other, which is kept beside it unless it is to be discarded', async () => {
  const { command, file, files, path } = await instance();
  expect((await command(['backup', 'saved.db'])).exit).toBe(0);
  edit(file, 'UPDATE oxi_pages SET visits = visits + 100 WHERE id = 1');
  await chmod(file, 0o640);
  const { exit, output } = await command(['restore', 'saved.db']);
  expect(exit).toBe(0);
  expect(output).toMatch(
    /Restored 500 visits of 1 site, .*\nWhat was there is .*oxicount\.db\.replaced-.* now/,
  );
  expect(visitsIn(file)).toBe(500);
  // Whoever could open the database still can.
  expect((await stat(file)).mode & 0o777).toBe(0o640);
  const [, kept = ''] = await files('data');
  expect(await files('data')).toEqual(['oxicount.db', kept]);
  expect(visitsIn(path(`data/${kept}`))).toBe(600);
  expect(visitsIn(path('saved.db'))).toBe(500);

  expect((await command(['restore', 'saved.db', '--discard'])).output).not.toMatch(/What was there/);
  expect(await files('data')).toEqual(['oxicount.db', kept]);
});

test('a database in use is not replaced, also while its service is at rest', async () => {
  const { command, cwd, file, files } = await instance();
  expect((await command(['backup', 'saved.db'])).exit).toBe(0);
  const { ino } = await stat(file);
  const program = serve({}, cwd);
  const url = await program.url;
  const { exit, output } = await command(['restore', 'saved.db']);
  expect(exit).toBe(1);
  expect(output).toMatch(/is in use: another program has it open, the service most likely\. Stop it/);
  expect((await stat(file)).ino).toBe(ino);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  program.kill('SIGTERM');
  expect(await program.exit).toBe(0);
  expect((await command(['restore', 'saved.db'])).exit).toBe(0);
  expect((await files('data')).filter((name) => !name.includes('.replaced-'))).toEqual(['oxicount.db']);
});

test('journals that a killed service left belong to its database, and not to the restored one', async () => {
  const { command, cwd, file, files } = await instance();
  expect((await command(['backup', 'saved.db'])).exit).toBe(0);
  const program = serve({}, cwd);
  await program.url;
  program.kill('SIGKILL');
  await program.exit;
  expect(await files('data')).toContain('oxicount.db-wal');
  expect((await command(['restore', 'saved.db'])).exit).toBe(0);
  expect(await files('data')).toEqual([
    'oxicount.db',
    expect.stringMatching(/^oxicount\.db\.replaced-\w+-\w+-\w+$/),
  ]);
  expect(visitsIn(file)).toBe(500);
});

test('a broken database that has journals is replaced with --force alone, since it cannot be asked who uses it', async () => {
  const { command, cwd, file, files } = await instance();
  expect((await command(['backup', 'saved.db'])).exit).toBe(0);
  const program = serve({}, cwd);
  await program.url;
  program.kill('SIGKILL');
  await program.exit;
  await writeFile(file, 'a virus was here '.repeat(1_000));
  const refused = await command(['restore', 'saved.db']);
  expect(refused.exit).toBe(1);
  expect(refused.output).toMatch(/is unreadable, so it cannot be asked.*oxicount\.db-wal.*give --force/);
  const { exit, output } = await command(['restore', 'saved.db', '--force']);
  expect(exit, output).toBe(0);
  expect(visitsIn(file)).toBe(500);
  const [, ...kept] = await files('data');
  expect(kept.map((name) => name.replace(/replaced-\w+-\w+-\w+/, 'replaced'))).toEqual([
    'oxicount.db.replaced',
    'oxicount.db.replaced-shm',
    'oxicount.db.replaced-wal',
  ]);
});

test.each([
  ['backup'],
  ['restore', 'saved.dump'],
])('%s says for PostgreSQL what to run, without the password', async (...args) => {
  const program = run(args, {
    cwd: await temporaryFolder(),
    env: {
      OXICOUNT_DATABASE_URL: `postgresql://me:${PASSWORD}@db.example:5433/blog?sslmode=no-verify&password=${PASSWORD}&max=3`,
    },
  });
  // A schedule that takes the one for the other is to be told.
  expect(await program.exit).toBe(1);
  expect(program.output()).not.toContain(PASSWORD);
  expect(program.output()).toContain("'postgresql://me@db.example:5433/blog?sslmode=require'");
});
