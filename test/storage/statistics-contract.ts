import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startOfDay } from '../../server/domain/day.ts';
import { DIMENSIONS, type Dimension, type Filter } from '../../server/domain/dimensions/dimension.ts';
import type { FilterReason } from '../../server/domain/filter-reason.ts';
import type { Storage } from '../../server/domain/ports.ts';
import type { Site } from '../../server/domain/site.ts';
import {
  NO_FIGURES,
  type Scope,
  type Span,
  type Statistics,
  TOP_ORDERS,
  type TopRequest,
  type TopRow,
} from '../../server/domain/statistics/figures.ts';
import {
  createRecount,
  type Recount,
  type RecountedVisit,
} from '../../server/domain/statistics/recount.testing.ts';
import type { Prisma } from '../../server/storage/generated/sqlite/client.ts';
import { createStatistics } from '../../server/storage/statistics/statistics.ts';
import { createStorage } from '../../server/storage/storage.ts';
import type { Work } from '../../server/storage/work.ts';
import { blog, type OpenedDatabase } from './contract.ts';
import { type Access, accessesOf, spyOn } from './spied-queries.ts';
import { DAYS, haveVisited, VALUES } from './statistics-world.ts';

const HOUR = 3_600_000;
const BERLIN = 'Europe/Berlin';
const ST_JOHNS = 'America/St_Johns';
const [FIRST = 0, LAST = 0] = [DAYS[0], DAYS.at(-1)];
const ALL_DAYS: Span = { unit: 'days', from: FIRST, to: LAST };
const ALL_TIME: Span = { unit: 'instants', from: startOfDay(FIRST, 'UTC'), to: startOfDay(LAST + 2, 'UTC') };

const place = fc.constantFrom(0, 1);
const day = fc.integer({ min: FIRST - 3, max: LAST + 3 });
const instant = fc
  .tuple(day, fc.constantFrom('UTC', BERLIN, ST_JOHNS), fc.constantFrom(0, 0, 1, HOUR, 7.5 * HOUR + 1))
  .map(([of, zone, past]) => startOfDay(of, zone) + past);
const rising = (two: fc.Arbitrary<number>, unit: Span['unit']) =>
  fc.tuple(two, two).map(([a, b]): Span => ({ unit, from: Math.min(a, b), to: Math.max(a, b) }));
const days = rising(day, 'days');
const span = fc.oneof(days, rising(instant, 'instants'));
const valuesOf = (dimension: Dimension) => fc.constantFrom<string>(...VALUES[dimension]);
/** Of one dimension, so that something passes. */
const oneFilter = fc
  .constantFrom(...DIMENSIONS)
  .chain((dimension) => valuesOf(dimension).map((value): Filter => ({ [dimension]: value })));
const filter = fc.oneof(
  fc.constant<Filter>({}),
  oneFilter,
  fc.tuple(oneFilter, oneFilter).map(([a, b]): Filter => ({ ...a, ...b })),
  fc.record(Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, valuesOf(dimension)])), {
    requiredKeys: [],
  }) as fc.Arbitrary<Filter>,
);

/** What both databases say of visits, held against a recount of each. */
export function describeStatistics(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(`statistics on ${name}`, () => {
    let opened: OpenedDatabase;
    let storage: Storage;
    let statistics: Statistics;
    let sites: Site[];
    let visits: RecountedVisit[][];
    let recounts: Recount[];
    const statements: Prisma.Sql[] = [];

    beforeAll(async () => {
      opened = await open();
      storage = createStorage(opened.database, () => {});
      const spied: Work['read'] = (work) => work(spyOn(opened.database.client, statements));
      statistics = createStatistics({ figures: spied, present: spied });
      const abroad = { ...blog, slug: 'abroad', baseUrls: ['https://abroad.example'], timeZone: ST_JOHNS };
      await storage.declareSites([blog, abroad, { ...blog, slug: 'new', baseUrls: [] }], 0);
      sites = await storage.sites();
      visits = [];
      for (const [seed, site] of sites.slice(0, 2).entries())
        visits.push(await haveVisited(storage, site, seed));
      recounts = visits.map((some, index) => createRecount(some, siteAt(index).timeZone));
    }, 60_000);
    afterAll(async () => {
      await storage.close();
      await opened.remove();
    });
    beforeEach(() => {
      statements.length = 0;
    });

    function siteAt(index: number): Site {
      const site = sites[index];
      if (!site) throw new Error(`no site ${index}`);
      return site;
    }
    function recountAt(index: number): Recount {
      const recount = recounts[index];
      if (!recount) throw new Error(`no site ${index}`);
      return recount;
    }
    const scopeOf = (changes: Partial<Scope> = {}): Scope => ({
      siteId: siteAt(0).id,
      span: ALL_DAYS,
      filter: {},
      ...changes,
    });
    const requestOf = (changes: Partial<TopRequest> = {}): TopRequest => ({
      scope: scopeOf(),
      dimension: 'page',
      orderBy: 'visits',
      search: null,
      after: null,
      limit: 1_000,
      ...changes,
    });

    test('figures of any time and filter are what a recount gives', async () => {
      await fc.assert(
        fc.asyncProperty(place, span, filter, async (index, time, some) => {
          const scope = { siteId: siteAt(index).id, span: time, filter: some };
          expect(await statistics.totals(scope)).toEqual(recountAt(index).totals(scope));
        }),
        { numRuns: 100 },
      );
    });

    test('figures of whole days, which come from roll-ups, are what a recount gives', async () => {
      await fc.assert(
        fc.asyncProperty(place, days, async (index, time) => {
          const scope = { siteId: siteAt(index).id, span: time, filter: {} };
          expect(await statistics.totals(scope)).toEqual(recountAt(index).totals(scope));
          expect(await statistics.daily(scope)).toEqual(recountAt(index).daily(scope));
        }),
      );
    });

    test('figures by day end with the days of the site, also where the clocks are set', async () => {
      await fc.assert(
        fc.asyncProperty(place, days, filter, async (index, time, some) => {
          const scope = { siteId: siteAt(index).id, span: time, filter: some };
          expect(await statistics.daily(scope)).toEqual(recountAt(index).daily(scope));
        }),
        { numRuns: 50 },
      );
    });

    test('figures between instants are what a recount gives, empty buckets included', async () => {
      const instants = fc
        .uniqueArray(instant, { minLength: 0, maxLength: 40 })
        .map((some) => some.sort((a, b) => a - b));
      await fc.assert(
        fc.asyncProperty(place, instants, filter, async (index, some, passing) => {
          const scope = { siteId: siteAt(index).id, filter: passing };
          expect(await statistics.between(scope, some)).toEqual(recountAt(index).between(scope, some));
        }),
        { numRuns: 50 },
      );
    });

    test.each([2_047, 2_048, 2_049, 5_000])('%d buckets are as right as a few', async (count) => {
      const [from, step] = [startOfDay(FIRST, BERLIN), 4_999_999];
      const instants = Array.from({ length: count + 1 }, (_, index) => from + index * step);
      const filtered = { filter: { country: 'DE' } };
      const figures = await statistics.between({ siteId: siteAt(0).id, ...filtered }, instants);
      expect(figures).toEqual(recountAt(0).between(filtered, instants));
      expect(figures.filter(({ visits }) => visits > 0).length).toBeGreaterThan(10);
    });

    describe.each([
      ['whole days', ALL_DAYS, {}],
      ['some days', { unit: 'days', from: FIRST + 30, to: LAST - 2 }, {}],
      ['filtered days', ALL_DAYS, { browser: 'Firefox' }],
      ['days of a page', ALL_DAYS, { page: '/a' }],
      ['days of those who entered by a page', ALL_DAYS, { entryPage: '/', country: 'DE' }],
      ['a time between instants', { ...ALL_TIME, from: ALL_TIME.from + 36 * HOUR }, {}],
    ] as [string, Span, Filter][])('the top values of %s', (_name, time, some) => {
      test.each(DIMENSIONS)('by %s are those of a recount, in every order', async (dimension) => {
        for (const index of [0, 1]) {
          const scope = { siteId: siteAt(index).id, span: time, filter: some };
          for (const orderBy of TOP_ORDERS) {
            const request = requestOf({ scope, dimension, orderBy });
            const rows = await statistics.top(request);
            expect(rows, orderBy).toEqual(recountAt(index).top(request));
            expect(rows.length).toBeGreaterThan(0);
          }
        }
      });
    });

    test('top values are read in parts without gap or repeat', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...DIMENSIONS),
          fc.constantFrom(...TOP_ORDERS),
          filter,
          fc.integer({ min: 1, max: 4 }),
          async (dimension, orderBy, some, limit) => {
            const request = requestOf({ scope: scopeOf({ filter: some }), dimension, orderBy });
            const rows: TopRow[] = [];
            let part: TopRow[];
            do {
              part = await statistics.top({ ...request, after: rows.at(-1) ?? null, limit });
              rows.push(...part);
              // What is repeated has no end.
            } while (part.length === limit && rows.length < 100);
            expect(rows).toEqual(recountAt(0).top(request));
          },
        ),
        { numRuns: 30 },
      );
    });

    test.each([
      ['page', 'a'],
      ['page', '/A'],
      ['page', '_'],
      ['page', '%'],
      ['page', '\\'],
      ['page', ''],
      ['entryPage', '/a'],
      ['referrer', 'NEWS'],
      ['referrer', 'ä'],
      ['referrer', '🦊'],
      ['campaign', '0%'],
      ['campaign', '\\'],
      ['campaign', "' OR 1 = 1 --"],
    ] as [
      Dimension,
      string,
    ][])('a search among values of %s for %j finds what has it in it', async (dimension, search) => {
      for (const some of [{}, { device: 'desktop' }]) {
        const request = requestOf({ dimension, search, scope: scopeOf({ filter: some }) });
        expect(await statistics.top(request)).toEqual(recountAt(0).top(request));
      }
    });

    test.each<Filter>([
      { page: '/never' },
      { entryPage: '/never' },
      { referrer: 'never.example' },
      { country: 'DE', language: 'xx' },
      // A visit has one page only.
      { page: '/', entryPage: '/a' },
      // Known as another dimension.
      { browser: 'Linux' },
    ])('nothing passes %j, and no visit is looked at for that', async (none) => {
      const scope = scopeOf({ filter: none });
      expect(await statistics.totals(scope)).toEqual(NO_FIGURES);
      expect(await statistics.daily(scope)).toEqual(new Map());
      expect(await statistics.between(scope, [0, 1, 2])).toEqual([NO_FIGURES, NO_FIGURES]);
      expect(await statistics.top(requestOf({ scope }))).toEqual([]);
      expect(statements).toEqual([]);
    });

    test('a site that is new, or that there is not, has no figures', async () => {
      for (const siteId of [siteAt(2).id, 12_345]) {
        for (const some of [{}, { country: 'DE' }, { page: '/' }]) {
          for (const time of [ALL_DAYS, ALL_TIME]) {
            const scope = { siteId, span: time, filter: some };
            expect(await statistics.totals(scope)).toEqual(NO_FIGURES);
            expect(await statistics.top(requestOf({ scope }))).toEqual([]);
          }
          expect(await statistics.daily({ siteId, span: ALL_DAYS, filter: some })).toEqual(new Map());
        }
        expect(await statistics.firstDay(siteId)).toBeNull();
        expect(await statistics.recent(siteId, 0)).toEqual([]);
      }
    });

    test('the first day is the first with a visit or a pixel view', async () => {
      expect(await statistics.firstDay(siteAt(0).id)).toBe(FIRST);
    });

    test('what was visited lately comes newest last, with all that is known of it', async () => {
      const since = startOfDay(LAST - 2, BERLIN) + HOUR;
      const lately = (path?: string) =>
        (visits[0] ?? [])
          .filter((visit) => visit.registeredAt >= since && (path === undefined || visit.path === path))
          .map(({ path, registeredAt, kind, visitor, spentSeconds }) => ({
            path,
            registeredAt,
            pixel: kind === 'pixel',
            visitor: visitor?.pseudonym ?? 0,
            spentSeconds,
          }));
      const recent = await statistics.recent(siteAt(0).id, since);
      const times = recent.map(({ registeredAt }) => registeredAt);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(recent).toHaveLength(lately().length);
      expect(new Set(recent.map(JSON.stringify as never))).toEqual(
        new Set(lately().map(JSON.stringify as never)),
      );
    });

    test('hits kept out are told by day and reason', async () => {
      const hit = (reason: FilterReason, at: number) =>
        storage.countFiltered({ siteId: siteAt(2).id, at, reason });
      const midnight = startOfDay(LAST, BERLIN);
      await Promise.all([hit('crawler', midnight - 1), hit('crawler', midnight), hit('crawler', midnight)]);
      await hit('prefetch', midnight);
      await hit('headless', startOfDay(LAST + 1, BERLIN));
      expect(await statistics.filteredHits(siteAt(2).id, LAST - 1, LAST)).toEqual([
        { day: LAST - 1, reason: 'crawler', hits: 1 },
        { day: LAST, reason: 'crawler', hits: 2 },
        { day: LAST, reason: 'prefetch', hits: 1 },
      ]);
      expect(await statistics.filteredHits(siteAt(0).id, LAST - 1, LAST)).toEqual([]);
    });

    describe('an index finds', () => {
      async function accesses(work: () => Promise<unknown>): Promise<Access[]> {
        await work();
        const all = await Promise.all(statements.map((statement) => accessesOf(opened.database, statement)));
        return all.flat();
      }
      const everything = (scope: Scope) => async () => {
        await statistics.totals(scope);
        for (const dimension of DIMENSIONS) await statistics.top(requestOf({ scope, dimension }));
        if (scope.span.unit === 'days') await statistics.daily(scope);
      };

      test('the roll-ups of whole days, and no visit is looked at', async () => {
        const found = await accesses(everything(scopeOf()));
        expect(found.length).toBeGreaterThan(DIMENSIONS.length);
        for (const access of found) {
          expect(access).toMatchObject({
            table: 'oxi_rollups',
            columns: ['day', 'dimension', 'period', 'site_id'],
          });
        }
      });

      const narrow: Span = {
        unit: 'instants',
        from: startOfDay(LAST, BERLIN),
        to: startOfDay(LAST + 1, BERLIN),
      };
      test.each<[string, Span, Filter]>([
        ['a day of all pages', { unit: 'days', from: LAST, to: LAST }, { country: 'DE' }],
        ['some hours of all pages', narrow, {}],
      ])('the visits of %s by the time', async (_name, time, some) => {
        const scope = scopeOf({ span: time, filter: some });
        const found = await accesses(async () => {
          await everything(scope)();
          await statistics.between(scope, [narrow.from, narrow.from + 5 * HOUR, narrow.to]);
          await statistics.recent(scope.siteId, narrow.from);
        });
        expect(found.length).toBeGreaterThan(DIMENSIONS.length);
        for (const access of found) {
          expect(access).toEqual({
            table: 'oxi_visits',
            index: expect.stringMatching(/PRIMARY KEY|oxi_visits_pkey/),
            columns: ['registered_at', 'site_id'],
          });
        }
      });

      test.each<[string, Filter]>([
        ['a page', { page: '/a' }],
        ['an entry page', { entryPage: '/a', country: 'DE' }],
      ])('the visits of %s by the page and the time', async (_name, some) => {
        const scope = scopeOf({ filter: some });
        const found = await accesses(async () => {
          await everything(scope)();
          await statistics.between(scope, [narrow.from, narrow.from + 5 * HOUR, narrow.to]);
        });
        expect(found.length).toBeGreaterThan(DIMENSIONS.length);
        for (const access of found) {
          expect(access).toEqual({
            table: 'oxi_visits',
            index: expect.stringContaining('oxi_visits_site_id_page_id_registered_at_nonce_idx'),
            columns: ['page_id', 'registered_at', 'site_id'],
          });
        }
      });
    });
  });
}
