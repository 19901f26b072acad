import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createRollups } from '../../server/domain/rollups.ts';
import { type Migration, migrationsOf } from '../../server/storage/migrate.ts';
import { type DatabaseLocation, openDatabase } from '../../server/storage/open.ts';
import { migratePostgresql } from '../../server/storage/postgresql/migrate.ts';
import { createStorage } from '../../server/storage/storage.ts';
import { type DatabaseKind, describeOnPostgresql, eachDatabase, postgresql } from '../support/databases.ts';
import { ask } from '../support/graphql.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { openFile } from '../support/sqlite.ts';

const home = new URL('releases/', import.meta.url);
/** What each release left: named by its version, or by its last migration where it had none yet. */
const releases = readdirSync(home, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

const SITES = {
  blog: { name: 'Blog', baseUrls: ['https://blog.example'] },
  docs: {
    name: 'Docs',
    baseUrls: ['https://docs.example', 'https://www.docs.example'],
    pathPatterns: ['/user/:id'],
  },
} as const;
const PATHS = ['/', '/a', '/b', '/user/7', '/user/8', '/user/9'];

/** A database as a release left it. */
async function databaseOf(
  kind: DatabaseKind,
  release: string,
): Promise<{ url: string; location: DatabaseLocation }> {
  const { url, remove } = await kind.create();
  onTestFinished(remove);
  const sql = readFileSync(new URL(`${release}/${kind.name.toLowerCase()}.sql`, home), 'utf8');
  if (kind.name === 'PostgreSQL') {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(sql);
    await client.end();
    return { url, location: { provider: 'postgresql', url } };
  }
  const file = url.slice('file:'.length);
  const database = openFile(file);
  database.exec(sql);
  database.close();
  return { url, location: { provider: 'sqlite', file } };
}

/** Asks a service what the release was asked, and expects what it answered. */
async function expectAnswers(service: TestService, kind: DatabaseKind, release: string): Promise<void> {
  const kept = JSON.parse(readFileSync(new URL(`${release}/answers.json`, home), 'utf8'));
  const answers: Record<string, object> = kept[kind.name.toLowerCase()];
  expect(Object.keys(answers).length).toBeGreaterThan(3);
  for (const [question, answer] of Object.entries(answers)) {
    const now = question.startsWith('/')
      ? await (await service.request(question)).json()
      : (await ask(service.url, question)).data;
    // Newer releases may say more.
    if (typeof answer === 'object') expect(now, question).toMatchObject(answer);
    else expect(now, question).toBe(answer);
  }
}

test('every release that the change log has is among them', () => {
  const log = readFileSync(new URL('../../server/CHANGELOG.md', import.meta.url), 'utf8');
  const released = [...log.matchAll(/^## \[([\d.]+)\] - \d{4}-\d\d-\d\d$/gm)].map(([, version]) => version);
  expect(released.filter((version) => version === undefined || !releases.includes(version))).toEqual([]);
  expect(releases.length).toBeGreaterThan(4);
});

eachDatabase('a database that was left by', (kind) => {
  describe.each(releases)('%s', (release) => {
    test('is upgraded by the next start, which answers what was answered before, and counts on', async () => {
      const { url } = await databaseOf(kind, release);
      const service = await startTestService({ databaseUrl: url, sites: SITES, paths: PATHS });
      await expectAnswers(service, kind, release);
      await service.visit('/a', { site: 'blog' });
      await service.visit('/user/9', { site: 'docs' });
      expect(await (await service.request('/api/counts?site=blog')).json()).toContainEqual({
        path: '/a',
        count: 3,
      });
      expect(await (await service.request('/api/counts?site=docs')).json()).toEqual([
        { path: '/user/:id', count: 3 },
      ]);
      await service.stop();
      const again = await startTestService({ databaseUrl: url, sites: SITES, paths: PATHS });
      expect(await (await again.request('/api/count?site=blog&path=/a')).json()).toBe(3);
    });

    test('has roll-ups that a recount of its visits gives too, and its tokens', async () => {
      const { location } = await databaseOf(kind, release);
      const tokens = await tokensOf(location);
      const { database } = await openDatabase(location);
      const storage = createStorage(database, () => {});
      onTestFinished(() => storage.close());
      expect((await storage.tokens.list(null)).map(({ name }) => name).sort()).toEqual(tokens);

      const rollups = createRollups({ storage, clock: () => Date.now() });
      await rollups.rebuildDue();
      const sites = await storage.sites();
      expect(sites.length).toBeGreaterThan(1);
      const figures = () =>
        Promise.all(
          sites.map(({ id }) =>
            storage.statistics.totals({
              siteId: id,
              span: { unit: 'days', from: 0, to: 100_000 },
              filter: {},
            }),
          ),
        );
      const before = await figures();
      expect(before[0]).toMatchObject({ visits: 3, timedVisits: 2, spentSeconds: 3 });
      for (const { id } of sites) await rollups.rebuild(id);
      expect(await figures()).toEqual(before);
    });
  });

  async function tokensOf(location: DatabaseLocation): Promise<string[]> {
    if (location.provider === 'sqlite') {
      const database = openFile(location.file);
      const known =
        database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'oxi_tokens'").all().length > 0;
      const rows = known
        ? database.prepare('SELECT name FROM oxi_tokens ORDER BY name').raw().all().flat()
        : [];
      database.close();
      return rows as string[];
    }
    const client = new Client({ connectionString: location.url });
    await client.connect();
    const known = await client.query("SELECT to_regclass('oxi_tokens') AS present");
    const { rows } = known.rows[0]?.present
      ? await client.query('SELECT name FROM oxi_tokens ORDER BY name COLLATE "C"')
      : { rows: [] };
    await client.end();
    return rows.map(({ name }) => name);
  }

  test('a program that was killed while it upgraded is upgraded by the next start', async () => {
    const [oldest = ''] = releases;
    const { location } = await databaseOf(kind, oldest);
    // It stands for the work of a migration on a large database; the server of PostgreSQL ends it by itself.
    const long: Migration = {
      name: '99991231000000_long',
      checksum: 'long',
      sql:
        kind.name === 'SQLite'
          ? `CREATE TABLE oxi_half (id INT);
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) INSERT INTO oxi_half SELECT i FROM n WHERE i < 0`
          : 'CREATE TABLE oxi_half (id INT); SELECT pg_sleep(2)',
    };
    const { program, within } = upgrading(location, long);
    await expect.poll(within, { timeout: 20_000 }).toBe(true);
    program.kill('SIGKILL');
    await once(program, 'exit');

    const { database, migrated } = await openDatabase(location);
    await database.close();
    expect(migrated).toEqual(
      migrationsOf(location.provider)
        .slice(1)
        .map(({ name }) => name),
    );
    expect(await hasTable(location, 'oxi_half')).toBe(false);
  });
});

/** A process that brings a database to what is known and then to one migration more, and whether it is at that. */
function upgrading(location: DatabaseLocation, last: Migration) {
  const provider = location.provider;
  const module = new URL(`../../server/dist/storage/${provider}/migrate.js`, import.meta.url).href;
  const known = new URL('../../server/dist/storage/migrate.js', import.meta.url).href;
  const where = location.provider === 'sqlite' ? location.file : location.url;
  const script = `
    import * as migrating from ${JSON.stringify(module)};
    import { migrationsOf } from ${JSON.stringify(known)};
    await Object.values(migrating)[0](${JSON.stringify(where)}, [...migrationsOf('${provider}'), ${JSON.stringify(last)}]);`;
  const program = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' });
  onTestFinished(() => void program.kill('SIGKILL'));
  async function within(): Promise<boolean> {
    if (location.provider === 'sqlite') return isLocked(location.file);
    const client = new Client({ connectionString: location.url });
    await client.connect();
    const { rowCount } = await client.query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'",
    );
    await client.end();
    return rowCount === 1;
  }
  return { program, within };
}

function isLocked(file: string): boolean {
  const database = openFile(file, { timeout: 0 });
  try {
    database.exec('BEGIN IMMEDIATE; ROLLBACK');
    return false;
  } catch {
    return true;
  } finally {
    database.close();
  }
}

async function hasTable(location: DatabaseLocation, table: string): Promise<boolean> {
  if (location.provider === 'sqlite') {
    const database = openFile(location.file);
    try {
      return database.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').all(table).length > 0;
    } finally {
      database.close();
    }
  }
  const client = new Client({ connectionString: location.url });
  await client.connect();
  const { rows } = await client.query('SELECT to_regclass($1) AS present', [table]);
  await client.end();
  return rows[0]?.present !== null;
}

const NEXT = {
  name: '99991231000000_next',
  sql: 'CREATE TABLE oxi_next (id INT); ALTER TABLE oxi_pages ADD COLUMN next INT NOT NULL DEFAULT 0;',
  checksum: 'next',
};

describeOnPostgresql('replicas that are upgraded one by one', () => {
  test('count on while the first of the new ones migrates, and are not started anew afterwards', async () => {
    const { url, remove } = await postgresql.create();
    onTestFinished(remove);
    const old = await startTestService({ databaseUrl: url });
    const began = await old.register('/a');
    await old.visit('/b');
    expect(await migratePostgresql(url, [...migrationsOf('postgresql'), NEXT])).toEqual([NEXT.name]);
    expect((await old.request(`/post-sleep/${began}`)).status).toBe(200);
    await old.visit('/posts/hello');
    await old.visit('/b');
    expect(await (await old.request('/api/counts')).json()).toEqual([
      { path: '/b', count: 2 },
      { path: '/a', count: 1 },
      { path: '/posts/hello', count: 1 },
    ]);
    await expect(startTestService({ databaseUrl: url })).rejects.toThrow(
      /99991231000000_next, which this program does not know: a newer oxicount has used it/,
    );
  });
});

describe('migrations since the first release only add, so that replicas of the release before go on', () => {
  const since = '20261124185212_administration';
  const statements = ({ sql }: Migration) =>
    sql
      .replace(/^\s*--.*$/gm, '')
      .split(';')
      .map((one) => one.replace(/\s+/g, ' ').trim())
      .filter((one) => one !== '');

  test.each(['sqlite', 'postgresql'] as const)('on %s', (provider) => {
    const added = migrationsOf(provider).filter(({ name }) => name > since);
    const removing = added
      .flatMap(statements)
      .filter(
        (one) =>
          /^DROP (TABLE|COLUMN)|\b(DROP COLUMN|RENAME|ALTER COLUMN)\b/i.test(one) ||
          (/ADD COLUMN/i.test(one) && /NOT NULL/i.test(one) && !/DEFAULT/i.test(one)),
      );
    expect(removing).toEqual([]);
  });
});
