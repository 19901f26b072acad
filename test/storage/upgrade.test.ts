import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { createRollups } from '../../server/domain/rollups.ts';
import { migrationsOf } from '../../server/storage/migrate.ts';
import { type DatabaseLocation, openDatabase } from '../../server/storage/open.ts';
import { migratePostgresql } from '../../server/storage/postgresql/migrate.ts';
import { migrateSqlite } from '../../server/storage/sqlite/migrate.ts';
import { createStorage } from '../../server/storage/storage.ts';
import { type DatabaseKind, eachDatabase } from '../support/databases.ts';
import { openFile } from '../support/sqlite.ts';

const DAY_MS = 86_400_000;
const DAY = 19_783;
const at = (day: number, hour: number) => day * DAY_MS + hour * 3_600_000;

/** What the first release may have left behind: a site, two pages, two referrers, three visits. */
const FIRST_RELEASE = `
  INSERT INTO oxi_sites (id, slug, name, callback_origin, time_zone, min_delay_secs, declared, created_at)
    VALUES (1, 'blog', 'Blog', 'https://blog.example', '+02:00', 19, true, 0);
  INSERT INTO oxi_base_urls (origin, site_id, position) VALUES ('https://blog.example', 1, 0);
  INSERT INTO oxi_pages (id, site_id, path, visits, added_at) VALUES (1, 1, '/a', 2, 0), (2, 1, '/b', 1, 0);
  INSERT INTO oxi_referrers (id, host) VALUES (1, 'news.example'), (2, 'search.example');
  INSERT INTO oxi_visits (site_id, page_id, registered_at, nonce, referrer_id, spent_seconds) VALUES
    (1, 1, ${at(DAY, 12)}, 1, 2, 25), (1, 1, ${at(DAY, 23)}, 2, NULL, NULL), (1, 2, ${at(DAY, 23)}, 3, 1, 40);`;

/** A database as the first release left it. */
async function ofFirstRelease(kind: DatabaseKind): Promise<DatabaseLocation> {
  const { url, remove } = await kind.create();
  onTestFinished(remove);
  if (kind.name === 'SQLite') {
    const file = url.slice('file:'.length);
    await migrateSqlite(file, migrationsOf('sqlite').slice(0, 1));
    const database = openFile(file);
    database.exec(FIRST_RELEASE);
    database.close();
    return { provider: 'sqlite', file };
  }
  await migratePostgresql(url, migrationsOf('postgresql').slice(0, 1));
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(FIRST_RELEASE);
  await client.end();
  return { provider: 'postgresql', url };
}

eachDatabase('a database of the first release', (kind) => {
  test('keeps its visits, and gets the figures that were not kept then', async () => {
    const { database, migrated } = await openDatabase(await ofFirstRelease(kind));
    const storage = createStorage(database, () => {});
    onTestFinished(() => storage.close());
    expect(migrated.length).toBeGreaterThan(0);

    const history = { siteId: 1, order: 'oldest first', limit: 10 } as const;
    expect(await storage.visits({ ...history, pageId: 1 })).toMatchObject([
      { registeredAt: at(DAY, 12), nonce: 1, referrer: 'search.example', spentSeconds: 25 },
      { registeredAt: at(DAY, 23), nonce: 2, referrer: null, spentSeconds: null },
    ]);
    expect(await storage.visits({ ...history, pageId: 2 })).toMatchObject([{ referrer: 'news.example' }]);
    expect((await storage.siteTotals(1)).visits).toBe(3);

    expect(await storage.rollups.due()).toEqual([1]);
    await createRollups({ storage, clock: () => at(DAY + 3, 0) }).rebuildDue();
    const scope = { siteId: 1, span: { unit: 'days', from: DAY, to: DAY + 1 }, filter: {} } as const;
    expect(await storage.statistics.totals(scope)).toMatchObject({
      visits: 3,
      timedVisits: 2,
      spentSeconds: 65,
    });
    const days = await storage.statistics.daily(scope);
    expect(Array.from(days, ([day, { visits }]) => [day, visits])).toEqual([
      [DAY, 1],
      [DAY + 1, 2],
    ]);
    const visit = { siteId: 1, pageId: 1, registeredAt: at(DAY, 12), nonce: 1 };
    expect(await storage.reportLeave({ ...visit, seconds: 30 })).toEqual({ spentSeconds: 30 });
    expect(await storage.statistics.totals(scope)).toMatchObject({ timedVisits: 2, spentSeconds: 70 });
  });
});
