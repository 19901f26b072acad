import { execFile, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { generateHistory } from '../../server/demo-history/history.ts';
import { loadHistory } from '../../server/demo-history/load.ts';
import { type DatabaseLocation, openDatabase } from '../../server/storage/open.ts';
import { createStorage } from '../../server/storage/storage.ts';
import { blog } from '../storage/contract.ts';
import { compareWithRecount } from '../support/compare-with-recount.ts';
import { type DatabaseKind, eachDatabase, postgresql } from '../support/databases.ts';
import { ask } from '../support/graphql.ts';
import { run, serve, temporaryFolder } from '../support/program.ts';
import { startTrackedSite } from '../support/tracked-site.ts';

const READERS = 8;
// Of each reader before and while the back-up is taken, at the least.
const VISITS = 25;
const HISTORY = {
  seed: 11,
  visits: 1_000,
  pages: 50,
  days: 365,
  until: 20_000,
  timeZone: 'UTC',
  minDelaySecs: 0,
  visitorDays: 7,
};
const TOKEN = /oxi_[0-9a-f]{12}_[\w-]{43}/;

function locationOf({ name }: DatabaseKind, url: string): DatabaseLocation {
  return name === 'SQLite'
    ? { provider: 'sqlite', file: url.slice('file:'.length) }
    : { provider: 'postgresql', url };
}

/** A site with a year that is over, beside the one that is counted. */
async function loadYear(location: DatabaseLocation): Promise<void> {
  const { database } = await openDatabase(location);
  const storage = createStorage(database, () => {});
  const { timeZone } = HISTORY;
  const site = await storage.addSite(
    { ...blog, slug: 'year', timeZone, minDelaySecs: 0, pathPatterns: [] },
    0,
  );
  await loadHistory({ storage, site, history: generateHistory(HISTORY), visitorDays: HISTORY.visitorDays });
  await storage.close();
}

/** Compares the site with the year visit by visit, and gives all roll-ups of all sites. */
async function figures(location: DatabaseLocation) {
  const { database } = await openDatabase(location);
  const storage = createStorage(database, () => {});
  try {
    const year = (await storage.sites()).find(({ slug }) => slug === 'year');
    const compared = await compareWithRecount(storage.statistics, year?.id ?? 0, HISTORY);
    const key = ['siteId', 'dimension', 'period', 'day', 'valueId'] as const;
    return {
      compared,
      rollups: await database.client.rollup.findMany({ orderBy: key.map((name) => ({ [name]: 'asc' })) }),
    };
  } finally {
    await storage.close();
  }
}

/** Readers that come one after the other, until they are told that it is enough. */
function startLoad(url: string) {
  const acknowledged: string[] = [];
  let enough = false;
  const post = async (id: string) => (await fetch(`${url}/post-sleep/${id}?site=default`)).status;
  const readers = Array.from({ length: READERS }, async () => {
    while (!enough) {
      const id = (await (await fetch(`${url}/register?path=/a&site=default`)).json()) as string;
      if ((await post(id)) === 200) acknowledged.push(id);
    }
  });
  return {
    acknowledged,
    reached: (count: number) =>
      expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(count),
    async end() {
      enough = true;
      await Promise.all(readers);
    },
  };
}

/** How a back-up is taken and restored, and what becomes of the database in between. */
function handling(kind: DatabaseKind, options: { url: string; cwd: string; env: NodeJS.ProcessEnv }) {
  const { url, cwd, env } = options;
  const command = async (...args: string[]) => {
    const program = run(args, { cwd, env });
    return { exit: await program.exit, output: program.output() };
  };
  if (kind.name === 'SQLite') {
    const file = url.slice('file:'.length);
    return {
      async backUp() {
        const { exit, output } = await command('backup', 'saved.db');
        expect(exit, output).toBe(0);
        expect(output).toMatch(/Backed up [\d,]+ visits of 2 sites, [\d.]+ k?M?B, to .*saved\.db/);
      },
      destroy: () => writeFile(file, 'It was on the wrong disk. '.repeat(10_000)),
      async restore() {
        const { exit, output } = await command('restore', 'saved.db');
        expect(exit, output).toBe(0);
        return url;
      },
    };
  }
  /** What the program says has to be done, done by a shell. */
  const obey = async (output: string) => {
    const [line = ''] = output.split('\n').filter((one) => /^pg_(dump|restore) /.test(one));
    await promisify(execFile)('sh', ['-c', line], { cwd });
  };
  return {
    async backUp() {
      const { exit, output } = await command('backup', 'saved.dump');
      expect(exit).toBe(1);
      expect(output).toMatch(/Nothing was backed up: the database is PostgreSQL/);
      await obey(output);
    },
    async destroy() {
      const client = new Client({ connectionString: url });
      await client.connect();
      await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
      await client.end();
    },
    async restore() {
      // On a new server, as it were.
      const other = await postgresql.create();
      onTestFinished(() => other.remove());
      const program = run(['restore', 'saved.dump'], {
        cwd,
        env: { ...env, OXICOUNT_DATABASE_URL: other.url },
      });
      expect(await program.exit).toBe(1);
      await obey(program.output());
      return other.url;
    },
  };
}

/** Why the tools of PostgreSQL cannot be used, or null. Where `CI` is set they have to be there. */
function toolsAbsence(): string | null {
  const missing = ['pg_dump', 'pg_restore'].filter((name) => spawnSync(name, ['--version']).status !== 0);
  if (missing.length === 0) return null;
  const reason = `no ${missing.join(' and ')} in PATH`;
  if (process.env['CI']) throw new Error(`CI needs the tools of PostgreSQL, and there is ${reason}`);
  return reason;
}

eachDatabase('a service whose database is lost', (kind) => {
  const absence = kind.name === 'PostgreSQL' ? toolsAbsence() : null;
  if (absence) {
    test.skip(`skipped: ${absence}`, () => {});
    return;
  }

  test('goes on from a back-up that was taken under load: every visit acknowledged before is there, once', {
    timeout: 120_000,
  }, async () => {
    const database = await kind.create();
    const site = await startTrackedSite(['/a']);
    onTestFinished(async () => {
      await site.close();
      await database.remove();
    });
    const cwd = await temporaryFolder();
    const env = {
      OXICOUNT_DATABASE_URL: database.url,
      OXICOUNT_TRACKED_ORIGIN: site.url,
      OXICOUNT_MIN_DELAY_SECS: '0',
      OXICOUNT_LIMITS__TRACKING: '0',
    };
    await loadYear(locationOf(kind, database.url));

    const first = serve(env, cwd);
    const url = await first.url;
    const [token = 'none'] = TOKEN.exec(first.output()) ?? [];
    const load = startLoad(url);
    await load.reached(READERS * VISITS);
    const before = [...load.acknowledged];
    const { backUp, destroy, restore } = handling(kind, { url: database.url, cwd, env });
    await backUp();
    await load.reached(before.length + READERS * VISITS);
    const reading = (await (await fetch(`${url}/register?path=/a&site=default`)).json()) as string;
    await load.end();
    first.kill('SIGTERM');
    expect(await first.exit).toBe(0);
    await destroy();

    const restored = await restore();
    const second = serve({ ...env, OXICOUNT_DATABASE_URL: restored }, cwd);
    const again = await second.url;
    const count = async () => Number(await (await fetch(`${again}/api/count?path=/a&site=default`)).text());
    const post = async (id: string) => {
      const response = await fetch(`${again}/post-sleep/${id}`);
      return response.status === 200;
    };
    const there = await count();
    expect(there).toBeGreaterThanOrEqual(before.length);
    expect(there).toBeLessThan(load.acknowledged.length);
    // A visit that counted is refused a second time.
    const counted = new Map<string, boolean>();
    await Promise.all(load.acknowledged.map(async (id) => counted.set(id, !(await post(id)))));
    expect(before.filter((id) => !counted.get(id))).toEqual([]);
    expect([...counted.values()].filter(Boolean)).toHaveLength(there);
    expect(await count()).toBe(load.acknowledged.length);
    // Sealed by the service that lost its database, and first seen by this one.
    expect(await post(reading)).toBe(true);
    const { data } = await ask(again, '{ tokens { id } }', {}, { authorization: `Bearer ${token}` });
    expect(data).toEqual({ tokens: [{ id: token.split('_')[1] }] });

    second.kill('SIGTERM');
    expect(await second.exit).toBe(0);
    const asCounted = await figures(locationOf(kind, restored));
    expect(asCounted.compared).toBe(132);
    const rebuild = run(['rollups', 'rebuild'], { cwd, env: { ...env, OXICOUNT_DATABASE_URL: restored } });
    expect(await rebuild.exit, rebuild.output()).toBe(0);
    expect(await figures(locationOf(kind, restored))).toEqual(asCounted);
  });
});
