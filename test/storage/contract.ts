import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PageTotals } from '../../server/domain/counted.ts';
import { NO_TRAITS } from '../../server/domain/dimensions/dimension.ts';
import type { Storage } from '../../server/domain/ports.ts';
import type { Site, SiteDeclaration } from '../../server/domain/site.ts';
import type { NewVisit, Visit } from '../../server/domain/visit.ts';
import type { Database } from '../../server/storage/database.ts';
import { createStorage } from '../../server/storage/storage.ts';

/** A database that a driver's test made, and how to be rid of it. */
export interface OpenedDatabase {
  readonly database: Database;
  readonly remove: () => Promise<void>;
}

export const blog: SiteDeclaration = {
  slug: 'blog',
  name: 'Blog',
  baseUrls: ['https://blog.example', 'https://www.blog.example'],
  callbackOrigin: 'http://127.0.0.1:4000',
  timeZone: 'Europe/Berlin',
  minDelaySecs: 19,
  pathPatterns: ['/user/:id'],
  respectDnt: false,
  retentionDays: null,
  visibility: 'public',
  publicPages: [],
  publicFigures: [],
};
const docs: SiteDeclaration = { ...blog, slug: 'docs', name: 'Docs', baseUrls: ['https://docs.example'] };

/** What both databases promise. */
export function describeStorage(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(`storage on ${name}`, () => {
    let opened: OpenedDatabase;
    let storage: Storage;
    let events: Visit[];
    let changes: PageTotals[];
    let site: Site;
    let time = 1_700_000_000_000;

    beforeAll(async () => {
      opened = await open();
      storage = createStorage(opened.database, (commit) => {
        events.push(...commit.counted);
        changes.push(...commit.pages);
      });
    });
    afterAll(async () => {
      await storage.close();
      await opened.remove();
    });
    beforeEach(async () => {
      events = [];
      changes = [];
      await storage.declareSites([blog, docs], time);
      site = await siteOf('blog');
    });

    async function siteOf(slug: string): Promise<Site> {
      const found = (await storage.sites()).find((candidate) => candidate.slug === slug);
      if (!found) throw new Error(`no site ${slug}`);
      return found;
    }
    let pages = 0;
    async function newPage() {
      pages += 1;
      return storage.addPage(site.id, `/page-${pages}`, time);
    }
    let nonces = 0;
    function visitOf(page: { id: number }, changes: Partial<NewVisit> = {}): NewVisit {
      nonces += 1;
      time += 1_000;
      return {
        siteId: site.id,
        pageId: page.id,
        registeredAt: time,
        nonce: nonces,
        kind: 'visit',
        traits: NO_TRAITS,
        visitor: null,
        ...changes,
      };
    }
    const read = (page: { id: number }, range: Partial<Parameters<Storage['visits']>[0]> = {}) =>
      storage.visits({ siteId: site.id, pageId: page.id, order: 'newest first', limit: 100, ...range });

    test('a declared site is read back as it was declared', async () => {
      expect(await siteOf('blog')).toEqual({ id: expect.any(Number), ...blog });
    });

    test('a site is as private as it was declared last', async () => {
      for (const visibility of ['private', 'public', 'private'] as const) {
        await storage.declareSites([{ ...blog, visibility }, docs], time);
        expect((await storage.sites()).map((one) => [one.slug, one.visibility])).toEqual([
          ['blog', visibility],
          ['docs', 'public'],
        ]);
      }
    });

    test('declaring again changes the site and keeps its pages and visits', async () => {
      const page = await newPage();
      await storage.countVisit(visitOf(page));
      await storage.declareSites(
        [{ ...blog, name: 'Renamed', baseUrls: ['https://new.example'] }, docs],
        time,
      );
      const renamed = await siteOf('blog');
      expect(renamed).toMatchObject({ id: site.id, name: 'Renamed', baseUrls: ['https://new.example'] });
      expect((await storage.pageTotals(renamed.id, page.path)).visits).toBe(1);
    });

    test('a site that is no longer declared is out of sight, and comes back with its visits', async () => {
      const page = await newPage();
      await storage.countVisit(visitOf(page));
      await storage.declareSites([docs], time);
      expect((await storage.sites()).map(({ slug }) => slug)).toEqual(['docs']);
      await storage.declareSites([blog, docs], time);
      expect((await storage.pageTotals((await siteOf('blog')).id, page.path)).visits).toBe(1);
    });

    test('an origin can move from one site to another', async () => {
      const moved = { ...docs, baseUrls: ['https://blog.example'] };
      await storage.declareSites([{ ...blog, baseUrls: ['https://docs.example'] }, moved], time);
      expect((await siteOf('docs')).baseUrls).toEqual(['https://blog.example']);
    });

    test('a page added by many at once is one page', async () => {
      const added = await Promise.all(
        Array.from({ length: 20 }, () => storage.addPage(site.id, '/at-once', time)),
      );
      expect(new Set(added.map(({ id }) => id)).size).toBe(1);
      expect(await storage.findPage(site.id, '/at-once')).toEqual(added[0]);
    });

    test('pages of two sites with one path are two pages', async () => {
      const other = await siteOf('docs');
      const here = await storage.addPage(site.id, '/same', time);
      const there = await storage.addPage(other.id, '/same', time);
      expect(here.id).not.toBe(there.id);
      await storage.countVisit(visitOf(here));
      expect((await storage.pageTotals(other.id, '/same')).visits).toBe(0);
    });

    test('an unknown page is null, and has no visits', async () => {
      expect(await storage.findPage(site.id, '/never')).toBeNull();
      expect((await storage.pageTotals(site.id, '/never')).visits).toBe(0);
    });

    test('a visit counts once, however often and however concurrently it comes', async () => {
      const page = await newPage();
      const visit = visitOf(page);
      const outcomes = await Promise.all(Array.from({ length: 50 }, () => storage.countVisit(visit)));
      expect(outcomes.filter((outcome) => outcome === 'counted')).toHaveLength(1);
      expect(await storage.countVisit(visit)).toBe('counted before');
      expect((await storage.pageTotals(site.id, page.path)).visits).toBe(1);
      expect(await read(page)).toHaveLength(1);
      expect(events).toHaveLength(1);
    });

    test('many visits of many pages at once all count, and the totals say so', async () => {
      const [a, b] = [await newPage(), await newPage()];
      const visits = Array.from({ length: 2_500 }, (_, index) => visitOf(index % 5 === 0 ? b : a));
      const outcomes = await Promise.all(visits.map((visit) => storage.countVisit(visit)));
      expect(new Set(outcomes)).toEqual(new Set(['counted']));
      expect((await storage.pageTotals(site.id, a.path)).visits).toBe(2_000);
      expect((await storage.pageTotals(site.id, b.path)).visits).toBe(500);
      expect(events).toHaveLength(2_500);
      for (const [{ path }, total] of [
        [a, 2_000],
        [b, 500],
      ] as const) {
        const stood = changes.filter((change) => change.path === path).map((change) => change.visits);
        expect(stood).toEqual([...new Set(stood)].sort((x, y) => x - y));
        expect(stood.at(-1)).toBe(total);
      }
    });

    test('the event of a visit says all there is to say of it', async () => {
      const page = await newPage();
      const visit = visitOf(page, { traits: { ...NO_TRAITS, referrer: 'news.example' } });
      await storage.countVisit(visit);
      const { siteId, pageId, registeredAt, nonce } = visit;
      const key = { siteId, pageId, registeredAt, nonce };
      const { path } = page;
      expect(events).toEqual([{ ...key, path, referrer: 'news.example', spentSeconds: null }]);
      expect(changes).toEqual([{ siteId, path, visits: 1, views: 1 }]);
    });

    test('hits of the pixel are views and no visits, of the page and in the sum of the site', async () => {
      await storage.declareSites([blog, { ...docs, slug: 'viewed' }], time);
      site = await siteOf('viewed');
      expect(await storage.siteTotals(site.id)).toEqual({ visits: 0, views: 0 });
      const [a, b] = [await newPage(), await newPage()];
      const kinds = [
        [a, 'visit'],
        [a, 'pixel'],
        [b, 'pixel'],
      ] as const;
      for (const [page, kind] of kinds) await storage.countVisit(visitOf(page, { kind }));
      const { id: siteId } = site;
      expect(await storage.pageTotals(siteId, a.path)).toEqual({ visits: 1, views: 2 });
      expect(await storage.pageTotals(siteId, b.path)).toEqual({ visits: 0, views: 1 });
      expect(await storage.siteTotals(siteId)).toEqual({ visits: 1, views: 3 });
      expect(events).toHaveLength(1);
      expect(changes).toEqual([
        { siteId, path: a.path, visits: 1, views: 1 },
        { siteId, path: a.path, visits: 1, views: 2 },
        { siteId, path: b.path, visits: 0, views: 1 },
      ]);
    });

    test('a visit of a page that is not of its site counts nowhere', async () => {
      const page = await newPage();
      const other = await siteOf('docs');
      const outcome = await storage.countVisit(visitOf({ id: page.id }, { siteId: other.id }));
      expect(outcome).not.toBe('counted');
      expect(await storage.countVisit(visitOf({ id: 2_000_000_000 }))).toBe('page gone');
      expect((await storage.pageTotals(site.id, page.path)).visits).toBe(0);
      expect(events).toEqual([]);
    });

    test('the largest report stands, in whatever order reports come', async () => {
      const page = await newPage();
      const visit = visitOf(page);
      await storage.countVisit(visit);
      expect((await read(page))[0]?.spentSeconds).toBeNull();
      expect(await storage.reportLeave({ ...visit, seconds: 25 })).toEqual({ spentSeconds: 25 });
      expect(await storage.reportLeave({ ...visit, seconds: 10 })).toEqual({ spentSeconds: 25 });
      const together = await Promise.all(
        [30, 40, 35].map((seconds) => storage.reportLeave({ ...visit, seconds })),
      );
      expect(together).toEqual([{ spentSeconds: 40 }, { spentSeconds: 40 }, { spentSeconds: 40 }]);
      expect((await read(page))[0]?.spentSeconds).toBe(40);
    });

    test('a report of no seconds is a report', async () => {
      const page = await newPage();
      const visit = visitOf(page);
      await storage.countVisit(visit);
      expect(await storage.reportLeave({ ...visit, seconds: 0 })).toEqual({ spentSeconds: 0 });
    });

    test('a report for a visit that never counted changes nothing', async () => {
      const page = await newPage();
      expect(await storage.reportLeave({ ...visitOf(page), seconds: 25 })).toBe('not counted');
      expect(await read(page)).toEqual([]);
    });

    test('a report that comes together with its visit finds it', async () => {
      const page = await newPage();
      const visit = visitOf(page);
      const [, left] = await Promise.all([
        storage.countVisit(visit),
        storage.reportLeave({ ...visit, seconds: 21 }),
      ]);
      expect(left).toEqual({ spentSeconds: 21 });
    });

    test('visits are read in pages from either end, without gap or repeat', async () => {
      const page = await newPage();
      const visits = Array.from({ length: 10 }, (_, index) =>
        visitOf(page, { nonce: 281_474_976_710_655 - index }),
      );
      // Two in the same millisecond are told apart.
      visits.push(visitOf(page, { registeredAt: visits[3]?.registeredAt ?? 0 }));
      await Promise.all(visits.map((visit) => storage.countVisit(visit)));
      const key = ({ registeredAt, nonce }: { registeredAt: number; nonce: number }) =>
        `${registeredAt}:${nonce}`;
      const newest = [...visits]
        .sort((a, b) => b.registeredAt - a.registeredAt || b.nonce - a.nonce)
        .map(key);

      const forwards: string[] = [];
      for (let after: NewVisit | undefined; ; ) {
        const part = await read(page, { limit: 4, after });
        if (part.length === 0) break;
        forwards.push(...part.map(key));
        after = part.at(-1) as unknown as NewVisit;
      }
      expect(forwards).toEqual(newest);
      expect((await read(page, { order: 'oldest first' })).map(key)).toEqual([...newest].reverse());
      const [, second, , fourth] = await read(page);
      expect((await read(page, { after: second, before: fourth })).map(key)).toEqual(newest.slice(2, 3));
    });

    test('a referrer is kept, and shared by all visits from there', async () => {
      const page = await newPage();
      for (const referrer of ['news.example', 'news.example', null]) {
        await storage.countVisit(visitOf(page, { traits: { ...NO_TRAITS, referrer } }));
      }
      expect((await read(page)).map(({ referrer }) => referrer)).toEqual([
        null,
        'news.example',
        'news.example',
      ]);
    });

    test('counts come most visited first and leave out pages without a visit', async () => {
      await storage.declareSites([blog, { ...docs, slug: 'counted' }], time);
      site = await siteOf('counted');
      const [a, b, c] = [await newPage(), await newPage(), await newPage()];
      await newPage();
      for (const page of [a, b, b, c]) await storage.countVisit(visitOf(page));
      const list = { orderBy: 'count', search: null, after: null, limit: 10 } as const;
      const counts = await storage.pageCounts(site.id, list);
      expect(counts).toEqual([
        { path: b.path, count: 2 },
        { path: a.path, count: 1 },
        { path: c.path, count: 1 },
      ]);
      expect(await storage.pageCounts(site.id, { ...list, limit: 1 })).toEqual(counts.slice(0, 1));
      for (const orderBy of ['count', 'path'] as const) {
        const whole = await storage.pageCounts(site.id, { ...list, orderBy });
        for (const [index, after] of whole.entries()) {
          expect(await storage.pageCounts(site.id, { ...list, orderBy, after })).toEqual(
            whole.slice(index + 1),
          );
        }
      }
      const name = a.path.slice(1).toUpperCase();
      expect(await storage.pageCounts(site.id, { ...list, search: name })).toContainEqual({
        path: a.path,
        count: 1,
      });
      for (const search of ['%', '_', '\\', "'"]) {
        expect(await storage.pageCounts(site.id, { ...list, search })).toEqual([]);
      }
    });

    test('processes that start at once agree on one secret, and a new one comes first', async () => {
      const candidates = Array.from({ length: 10 }, (_, index) => Buffer.alloc(32, index + 1));
      const agreed = await Promise.all(candidates.map((candidate) => storage.ensureSecret(candidate, time)));
      expect(new Set(agreed.map(([first]) => Buffer.from(first ?? []).toString('hex'))).size).toBe(1);
      await storage.addSecret(Buffer.alloc(32, 99), time);
      const [first, second] = await storage.secrets();
      expect(Buffer.from(first ?? [])).toEqual(Buffer.alloc(32, 99));
      expect(Buffer.from(second ?? [])).toEqual(Buffer.from(agreed[0]?.[0] ?? []));
    });

    test('processes agree on one salt a day', async () => {
      const day = 21_000;
      const candidates = Array.from({ length: 5 }, (_, index) => ({
        day,
        value: Buffer.alloc(32, index + 1),
      }));
      const agreed = await Promise.all(candidates.map((candidate) => storage.ensureSalt(candidate)));
      expect(new Set(agreed.map(({ value }) => Buffer.from(value).toString('hex'))).size).toBe(1);
      expect((await storage.salts(day)).map((salt) => salt.day)).toEqual([day]);
      expect(await storage.salts(day + 1)).toEqual([]);
    });

    test('what was kept under pseudonyms goes with the salt they were made with, and the visits stay', async () => {
      const page = await newPage();
      const { client } = opened.database;
      const days = [22_000, 22_001];
      for (const day of days) {
        await storage.ensureSalt({ day, value: Buffer.alloc(32, 1) });
        const earlier = [{ day: day - 1, pseudonym: day - 1 }];
        const traits = { ...NO_TRAITS, referrer: 'news.example' };
        await storage.countVisit(visitOf(page, { traits, visitor: { day, pseudonym: day, earlier } }));
      }
      const kept = async () => ({
        salts: (await client.salt.findMany({ where: { day: { in: days } } })).map(({ day }) => day),
        visitors: (await client.visitor.findMany({ where: { day: { in: days } } })).map(
          ({ day, returned }) => [day, returned],
        ),
        seen: await client.seen.count({ where: { day: { in: days } } }),
      });
      expect(await kept()).toEqual({
        salts: days,
        visitors: [
          [22_000, false],
          [22_001, true],
        ],
        seen: 4,
      });
      await storage.destroySalts(22_001);
      expect(await kept()).toEqual({ salts: [22_001], visitors: [[22_001, true]], seen: 2 });
      await storage.destroySalts(22_002);
      expect(await kept()).toEqual({ salts: [], visitors: [], seen: 0 });
      expect(await read(page)).toHaveLength(2);
    });

    test('a job is done by one process, again when it is due, and taken over from one that died', async () => {
      const lease = { now: 1_000, until: 2_000, dueSince: 0 };
      const taken = await Promise.all(Array.from({ length: 5 }, () => storage.leaseJob('sweeping', lease)));
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await storage.leaseJob('sweeping', { now: 1_999, until: 3_000, dueSince: 0 })).toBe(false);
      expect(await storage.leaseJob('sweeping', { now: 2_000, until: 3_000, dueSince: 0 })).toBe(true);
      await storage.finishJob('sweeping', 2_500);
      expect(await storage.leaseJob('sweeping', { now: 2_600, until: 3_600, dueSince: 2_000 })).toBe(false);
      expect(await storage.leaseJob('sweeping', { now: 2_600, until: 3_600, dueSince: 2_500 })).toBe(true);
    });

    test('a site that the configuration does not declare is added once, and stays when others are declared', async () => {
      const own = { ...docs, slug: 'own', baseUrls: ['https://own.example'] };
      const added = await storage.addSite(own, time);
      expect(await storage.addSite({ ...own, name: 'Another' }, time)).toEqual(added);
      await storage.declareSites([blog], time);
      expect(await siteOf('own')).toEqual({ ...own, id: added.id });
    });

    test('it says that it is there', async () => {
      await expect(storage.ping()).resolves.toBeUndefined();
    });
  });
}
