import { readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { backUpSqlite } from '../../server/storage/sqlite/backup.ts';
import { restoreSqlite } from '../../server/storage/sqlite/restore.ts';
import { run, serve, temporaryFolder } from '../support/program.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { describeOnSmallDisk, smallDisk } from '../support/small-disk.ts';
import { openFile } from '../support/sqlite.ts';

/** What a refused request has to say. */
async function expectUnavailable(response: Response): Promise<void> {
  expect(response.status, await response.clone().text()).toBe(503);
  expect(response.headers.get('oxicount-error')).toBe('UNAVAILABLE');
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
}

/** Posts until one is refused. */
async function visitUntilRefused({
  register,
  request,
}: TestService): Promise<{ counted: string[]; refused: string }> {
  const counted: string[] = [];
  for (let attempt = 0; attempt < 5_000; attempt += 1) {
    const id = await register('/a');
    const { status } = await request(`/post-sleep/${id}`);
    if (status !== 200) return { counted, refused: id };
    counted.push(id);
  }
  throw new Error('nothing was refused');
}

const count = async ({ request }: TestService) => Number(await (await request('/api/count?path=/a')).text());

/** What the operator reads in the log. */
const reasons = ({ log }: TestService) =>
  log.lines
    .map(
      ({ fields }) => (fields['err'] as { cause?: { message?: string } } | undefined)?.cause?.message ?? '',
    )
    .join('\n');

function visitsIn(file: string): unknown[] {
  const database = openFile(file);
  const found = database.prepare('SELECT visits FROM oxi_pages').raw().all().flat();
  database.close();
  return found;
}

function integrity(file: string): unknown {
  const database = openFile(file);
  const found = database.prepare('PRAGMA integrity_check').raw().all().flat();
  database.close();
  return found;
}

describeOnSmallDisk('while the disk is full', () => {
  test('visits are refused and figures are read, and with room again all goes on without a restart', async () => {
    const disk = smallDisk('8m');
    const file = join(disk.folder, 'oxicount.db');
    const service = await startTestService({ databaseUrl: `file:${file}` });
    await service.visit('/a');
    await disk.fill();
    const { counted, refused } = await visitUntilRefused(service);
    await expectUnavailable(await service.request(`/post-sleep/${refused}`));
    await expectUnavailable(await service.request('/readyz'));
    expect(reasons(service)).toMatch(/disk is full|disk I\/O error/);
    expect(await count(service)).toBe(1 + counted.length);

    await disk.makeRoom();
    expect((await service.request('/readyz')).status).toBe(200);
    expect((await service.request(`/post-sleep/${refused}`)).status).toBe(200);
    for (const id of counted) expect((await service.request(`/post-sleep/${id}`)).status).toBe(400);
    expect(await count(service)).toBe(2 + counted.length);
    await service.stop();
    expect(integrity(file)).toEqual(['ok']);
  });

  test('a back-up to it fails and leaves nothing there, and one from it to elsewhere is whole', async () => {
    const disk = smallDisk('8m');
    const file = join(disk.folder, 'oxicount.db');
    const service = await startTestService({ databaseUrl: `file:${file}` });
    for (let i = 0; i < 10; i += 1) await service.visit('/a');
    await disk.fill();
    const there = join(disk.folder, 'saved.db');
    await expect(backUpSqlite(file, there, { overwrite: false })).rejects.toThrow(/enough room/);
    await expect(stat(there)).rejects.toThrow(/ENOENT/);
    const elsewhere = join(await temporaryFolder(), 'saved.db');
    expect(await backUpSqlite(file, elsewhere, { overwrite: false })).toMatchObject({ visits: 10 });
  });

  test('a restore to it leaves the database as it was', async () => {
    const disk = smallDisk('8m');
    const file = join(disk.folder, 'oxicount.db');
    const service = await startTestService({ databaseUrl: `file:${file}` });
    await service.visit('/a');
    const saved = join(await temporaryFolder(), 'saved.db');
    await backUpSqlite(file, saved, { overwrite: false });
    await service.visit('/a');
    await service.stop();
    await disk.fill();
    await expect(restoreSqlite(saved, file, { keepAs: `${file}.old`, unasked: false })).rejects.toThrow(
      /is there room/,
    );
    await disk.makeRoom();
    expect(visitsIn(file)).toEqual([2]);
  });
});

describeOnSmallDisk('on a disk where nothing may be written', () => {
  test('the start says which file it is, and what has to be', async () => {
    const disk = smallDisk('8m');
    const env = { OXICOUNT_DATABASE_URL: `file:${join(disk.folder, 'oxicount.db')}` };
    const cwd = await temporaryFolder();
    const refuse = async () => {
      disk.writable(false);
      const program = serve(env, cwd);
      expect(await program.exit).toBe(1);
      disk.writable(true);
      return program.output();
    };
    const message =
      /The SQLite file .*oxicount\.db cannot be opened: .*May this user (read and )?write the folder and the file\?/;
    expect(await refuse()).toMatch(message);
    // Now there is one.
    const program = serve(env, cwd);
    await program.url;
    program.kill('SIGTERM');
    expect(await program.exit).toBe(0);
    expect(await refuse()).toMatch(message);
  });
});

test('a file that is taken away while the service runs counts nothing more, and all goes on once it is back', async () => {
  const service = await startTestService();
  const file = service.databaseUrl.slice('file:'.length);
  await service.visit('/a');
  const id = await service.register('/a');
  await rename(file, `${file}.away`);
  await expectUnavailable(await service.request(`/post-sleep/${id}`));
  await expectUnavailable(await service.request('/readyz'));
  expect(reasons(service)).toContain(`${file} was removed or replaced while it was open`);
  // No empty database takes its place.
  await expect(stat(file)).rejects.toThrow(/ENOENT/);
  await rename(`${file}.away`, file);
  expect((await service.request('/readyz')).status).toBe(200);
  expect((await service.request(`/post-sleep/${id}`)).status).toBe(200);
  expect(await count(service)).toBe(2);
});

test('a journal that is deleted while the service runs is missed at once, and not with the next start', async () => {
  const service = await startTestService();
  const file = service.databaseUrl.slice('file:'.length);
  await service.visit('/a');
  await rm(`${file}-wal`);
  await expectUnavailable(await service.request(`/post-sleep/${await service.register('/a')}`));
  expect(reasons(service)).toContain(`${file}-wal was removed`);
});

test('a file that is replaced while the service runs stays as it is, and is counted into after a start', async () => {
  const service = await startTestService();
  const file = service.databaseUrl.slice('file:'.length);
  await service.visit('/a');
  const other = `${file}.other`;
  await backUpSqlite(file, other, { overwrite: false });
  await service.visit('/a');
  const before = await readFile(other);
  await rename(other, file);
  const id = await service.register('/a');
  await expectUnavailable(await service.request(`/post-sleep/${id}`));
  await service.stop();
  expect((await readFile(file)).equals(before)).toBe(true);
  for (const journal of ['-wal', '-shm']) await rm(file + journal, { force: true });
  const again = await startTestService({ databaseUrl: service.databaseUrl });
  expect((await again.request(`/post-sleep/${id}`)).status).toBe(200);
});

test('a start waits for who keeps the file to itself, and goes on when it is let go', async () => {
  const cwd = await temporaryFolder();
  const first = run(['demo', '--visits', '10', '--pages', '2', '--days', '10'], { cwd });
  expect(await first.exit).toBe(0);
  const other = openFile(join(cwd, 'data/oxicount.db'));
  onTestFinished(() => void other.close());
  other.exec('BEGIN EXCLUSIVE');
  const program = serve({}, cwd);
  const state = await Promise.race([
    program.url,
    new Promise((resolve) => setTimeout(resolve, 2_000, 'waits')),
  ]);
  expect(state).toBe('waits');
  other.exec('COMMIT');
  expect((await fetch(`${await program.url}/readyz`)).status).toBe(200);
});
