import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import type { Storage } from '../../server/domain/ports.ts';
import { createRollups } from '../../server/domain/rollups.ts';
import { type Migration, migrationsOf } from '../../server/storage/migrate.ts';
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

/** What there was before sites and tokens were administered: two sites of the configuration, one of them archived. */
const BEFORE_ADMINISTRATION = `
  INSERT INTO oxi_sites
    (id, slug, name, callback_origin, time_zone, min_delay_secs, path_patterns, visibility, rollups_due, declared,
      created_at, archived_at) VALUES
    (1, 'blog', 'Blog', 'https://blog.example', '+02:00', 19, '["/user/:id"]', 'private', false, true, 0, NULL),
    (2, 'shop', 'Shop', 'https://shop.example', '+02:00', 19, '[]', 'public', false, true, 0, 1000);
  INSERT INTO oxi_base_urls (origin, site_id, position) VALUES
    ('https://blog.example', 1, 0), ('https://shop.example', 2, 0);
  INSERT INTO oxi_pages (id, site_id, path, visits, added_at, votes_up, vote_changes) VALUES
    (1, 1, '/a', 1, 0, 1, 1), (2, 2, '/b', 1, 0, 0, 0);
  INSERT INTO oxi_votes (visitor, voted_at, site_id, day, page_id, value) VALUES (7, ${at(DAY, 12)}, 1, ${DAY}, 1, 1);
  INSERT INTO oxi_vote_days (site_id, day, page_id, changes) VALUES (1, ${DAY}, 1, 1);
  INSERT INTO oxi_visits (site_id, page_id, registered_at, nonce) VALUES
    (1, 1, ${at(DAY, 12)}, 1), (2, 2, ${at(DAY, 12)}, 2);`;

/** A database as a version left it. @param next the migration that this version did not have yet */
async function databaseBefore(kind: DatabaseKind, next: string, rows: string): Promise<DatabaseLocation> {
  const { url, remove } = await kind.create();
  onTestFinished(remove);
  if (kind.name === 'SQLite') {
    const file = url.slice('file:'.length);
    await migrateSqlite(file, migrationsBefore('sqlite', next));
    const database = openFile(file);
    database.exec(rows);
    database.close();
    return { provider: 'sqlite', file };
  }
  await migratePostgresql(url, migrationsBefore('postgresql', next));
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(rows);
  await client.end();
  return { provider: 'postgresql', url };
}

function migrationsBefore(provider: DatabaseLocation['provider'], next: string): Migration[] {
  const known = migrationsOf(provider);
  const index = known.findIndex(({ name }) => name === next);
  if (index < 0) throw new Error(`no migration ${next}`);
  return known.slice(0, index);
}

async function storageOf(
  location: DatabaseLocation,
): Promise<{ storage: Storage; migrated: readonly string[] }> {
  const { database, migrated } = await openDatabase(location);
  const storage = createStorage(database, () => {});
  onTestFinished(() => storage.close());
  return { storage, migrated };
}

eachDatabase('a database of the first release', (kind) => {
  test('keeps its visits, and gets the figures that were not kept then', async () => {
    const location = await databaseBefore(kind, '20261124110851_statistics', FIRST_RELEASE);
    const { storage, migrated } = await storageOf(location);
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

eachDatabase('a database whose sites were administered by the configuration alone', (kind) => {
  const upgraded = async () =>
    storageOf(await databaseBefore(kind, '20261124185212_administration', BEFORE_ADMINISTRATION));

  test('keeps its sites with what they have, and shows no more of them than before', async () => {
    const { storage, migrated } = await upgraded();
    expect(migrated[0]).toBe('20261124185212_administration');
    const blog = {
      id: 1,
      slug: 'blog',
      name: 'Blog',
      baseUrls: ['https://blog.example'],
      callbackOrigin: 'https://blog.example',
      timeZone: '+02:00',
      minDelaySecs: 19,
      pathPatterns: ['/user/:id'],
      respectDnt: false,
      retentionDays: null,
      visibility: 'private',
      publicPages: [],
      publicFigures: [],
    } as const;
    expect(await storage.sites()).toEqual([blog]);
    expect(await storage.administration.sites()).toMatchObject([
      { ...blog, declared: true, archivedAt: null, deletedAt: null },
      { slug: 'shop', archivedAt: 1_000, deletedAt: null },
    ]);
    expect(await storage.siteTotals(1)).toMatchObject({ visits: 1 });
    expect(await storage.votes.tally(1, '/a')).toEqual({ up: 1, down: 0, changes: 1 });
    expect(await storage.rollups.due()).toEqual([]);
    expect(await storage.tokens.list(null)).toEqual([]);
    expect(await storage.administration.audit({ siteId: null, before: null, limit: 10 })).toEqual([]);

    // The next start says what it says already, which is no change.
    await storage.declareSites([blog], at(DAY, 13));
    expect(await storage.administration.audit({ siteId: null, before: null, limit: 10 })).toEqual([]);
  });

  test('lets an archived site come back, or go with all it has', async () => {
    const { storage } = await upgraded();
    await storage.declareSites([], at(DAY, 13));
    const note = { at: at(DAY, 14), actor: 'ann', token: null, changes: {} } as const;
    const shop = { id: 2, slug: 'shop' };
    const { administration } = storage;
    await administration.archiveSite(2, null, { ...note, action: 'SITE_RESTORED', site: shop });
    expect(await storage.sites()).toMatchObject([{ ...shop, baseUrls: ['https://shop.example'] }]);
    await administration.beginDeletion(2, { ...note, action: 'SITE_DELETION_BEGUN', site: shop });
    const deleting = () => administration.deleteRows(2, 100, { ...note, action: 'SITE_DELETED', site: shop });
    let deletion = await deleting();
    while (deletion?.complete === false) deletion = await deleting();
    // A page, a visit, a base URL and the site itself.
    expect(deletion).toEqual({ rows: 4, visits: 1, complete: true });
    expect(await storage.siteTotals(1)).toMatchObject({ visits: 1 });
  });
});
