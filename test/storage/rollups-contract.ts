import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startOfDay } from '../../server/domain/day.ts';
import { NO_TRAITS, type Traits } from '../../server/domain/dimensions/dimension.ts';
import type { Storage } from '../../server/domain/ports.ts';
import { createRollups } from '../../server/domain/rollups.ts';
import type { Site } from '../../server/domain/site.ts';
import type { NewVisit } from '../../server/domain/visit.ts';
import { createStorage } from '../../server/storage/storage.ts';
import { blog, type OpenedDatabase } from './contract.ts';

const HOUR_MS = 3_600_000;
const ZONES = ['Europe/Berlin', 'UTC', 'Pacific/Auckland', 'America/St_Johns', '-11:00'];
// Europe's clocks go forward within these days, and a month ends.
const BEGIN = Date.UTC(2024, 2, 29, 20);

/** One thing that happens on a site. */
type Step =
  | {
      readonly what: 'visit';
      readonly visit: Pick<NewVisit, 'registeredAt' | 'kind' | 'visitor' | 'traits'>;
      readonly page: number;
    }
  | { readonly what: 'replay' | 'leave'; readonly of: number; readonly seconds: number }
  | { readonly what: 'zone'; readonly zone: string }
  | { readonly what: 'rebuild' };

const traits: fc.Arbitrary<Traits> = fc.record({
  referrer: fc.constantFrom(null, 'news.example', 'search.example'),
  campaign: fc.constantFrom(null, null, 'spring'),
  country: fc.constantFrom(null, 'DE', 'NZ'),
  browser: fc.constantFrom('Firefox', 'Chrome'),
  system: fc.constant('Linux'),
  device: fc.constantFrom('desktop', 'mobile'),
  language: fc.constantFrom(null, 'de', 'en'),
});

/** Few visitors on few days, so that they come often and come back. */
const visit = fc
  .record({
    hour: fc.double({ min: 0, max: 4 * 24, noNaN: true }),
    page: fc.nat(2),
    traits,
    who: fc.nat(4),
    pixel: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ hour, page, traits: given, who, pixel }): Step => {
    const registeredAt = BEGIN + Math.floor(hour * HOUR_MS);
    const day = Math.floor(registeredAt / (24 * HOUR_MS));
    const pseudonym = (on: number) => ({ day: on, pseudonym: 1_000 * on + who });
    const anonymous = who === 0 || pixel === 0;
    return {
      what: 'visit',
      page,
      visit: {
        registeredAt,
        kind: pixel === 0 ? 'pixel' : 'visit',
        traits: given,
        visitor: anonymous ? null : { ...pseudonym(day), earlier: [1, 2].map((ago) => pseudonym(day - ago)) },
      },
    };
  });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: visit },
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constantFrom('replay' as const, 'leave' as const, 'leave' as const),
      of: fc.nat(60),
      seconds: fc.nat(300),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('zone' as const), zone: fc.constantFrom(...ZONES) }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ what: 'rebuild' }) },
);

/** What roll-ups promise on both databases. */
export function describeRollups(name: string, open: () => Promise<OpenedDatabase>, runs: number): void {
  describe(`roll-ups on ${name}`, () => {
    let opened: OpenedDatabase;
    let storage: Storage;
    let slugs = 0;
    let nonces = 0;

    beforeAll(async () => {
      opened = await open();
      storage = createStorage(opened.database, () => {});
    });
    afterAll(async () => {
      await storage.close();
      await opened.remove();
    });

    async function declare(
      slug: string,
      timeZone: string,
      retentionDays: number | null = null,
    ): Promise<Site> {
      const baseUrls = [`https://${slug}.example`];
      await storage.declareSites([{ ...blog, slug, baseUrls, timeZone, retentionDays }], BEGIN);
      const site = (await storage.sites()).find((one) => one.slug === slug);
      if (!site) throw new Error(`no site ${slug}`);
      return site;
    }

    async function newSite(timeZone: string, retentionDays: number | null = null) {
      slugs += 1;
      const site = await declare(`site-${slugs}`, timeZone, retentionDays);
      const pages = await Promise.all(['/', '/a', '/b'].map((path) => storage.addPage(site.id, path, BEGIN)));
      return { site, pages };
    }

    const rollups = () => createRollups({ storage, clock: () => BEGIN + 5 * 24 * HOUR_MS });

    function rowsOf({ id }: Site): Promise<unknown[]> {
      return opened.database.client.rollup.findMany({
        where: { siteId: id },
        orderBy: [{ dimension: 'asc' }, { period: 'asc' }, { day: 'asc' }, { valueId: 'asc' }],
      });
    }

    /** Runs a history and returns its site. With `together`, steps do not wait for those before. */
    async function run(steps: readonly Step[], together: boolean): Promise<Site> {
      const { site, pages } = await newSite('Europe/Berlin');
      const visits: NewVisit[] = [];
      const underway: Promise<unknown>[] = [];
      for (const one of steps) {
        const work = perform(one);
        if (together) underway.push(work);
        else await work;
      }
      await Promise.all(underway);
      await rollups().rebuildDue();
      return site;

      async function perform(one: Step): Promise<unknown> {
        switch (one.what) {
          case 'visit': {
            nonces += 1;
            const pageId = pages[one.page]?.id ?? 0;
            const made = { ...one.visit, siteId: site.id, pageId, nonce: nonces };
            visits.push(made);
            return storage.countVisit(made);
          }
          case 'replay':
          case 'leave': {
            const earlier = visits[one.of % Math.max(1, visits.length)];
            if (!earlier) return;
            if (one.what === 'replay') return storage.countVisit(earlier);
            return storage.reportLeave({ ...earlier, seconds: one.seconds });
          }
          case 'zone':
            await declare(site.slug, one.zone);
            return rollups().rebuildDue();
          case 'rebuild':
            return rollups().rebuild(site.id);
        }
      }
    }

    test('are the same counted one by one and made anew, whatever happens on a site', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
          const site = await run(steps, false);
          const counted = await rowsOf(site);
          await rollups().rebuild(site.id);
          expect(await rowsOf(site)).toEqual(counted);
        }),
        { numRuns: runs },
      );
    }, 60_000);

    test('are the same where all happens at once, rebuilding and changes of the zone included', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 120 }), async (steps) => {
          const site = await run(steps, true);
          const counted = await rowsOf(site);
          await rollups().rebuild(site.id);
          expect(await rowsOf(site)).toEqual(counted);
        }),
        // What happens at once does not happen again in the same order: there is nothing to shrink.
        { numRuns: runs, endOnFailure: true },
      );
    }, 60_000);

    test('of a site whose zone changes are due, and are then those of a site that was there from the beginning', async () => {
      const [moved, settled] = [await newSite('Europe/Berlin'), await newSite('America/St_Johns')];
      for (const { site, pages } of [moved, settled]) {
        for (let hour = 0; hour < 80; hour += 1) {
          nonces += 1;
          const pageId = pages[hour % 3]?.id ?? 0;
          const key = { siteId: site.id, pageId, registeredAt: BEGIN + hour * HOUR_MS, nonce: nonces };
          await storage.countVisit({ ...key, kind: 'visit', traits: NO_TRAITS, visitor: null });
        }
      }
      await declare(moved.site.slug, 'America/St_Johns');
      expect(await storage.rollups.due()).toContain(moved.site.id);
      await rollups().rebuildDue();
      expect(await storage.rollups.due()).not.toContain(moved.site.id);
      const days = (rows: unknown[]) =>
        (rows as { dimension: number; period: number; day: number; visits: number }[])
          .filter(({ dimension }) => dimension === 0)
          .map(({ period, day, visits }) => ({ period, day, visits }));
      expect(days(await rowsOf(moved.site))).toEqual(days(await rowsOf(settled.site)));
    });

    test('stand where their visits were removed, also when they are made anew in another zone', async () => {
      const { site, pages } = await newSite('Europe/Berlin');
      const first = 19_800;
      for (let day = first; day < first + 6; day += 1) {
        for (let hour = 1; hour <= 23; hour += 11) {
          nonces += 1;
          const registeredAt = startOfDay(day, 'Europe/Berlin') + hour * HOUR_MS;
          const key = { siteId: site.id, pageId: pages[0]?.id ?? 0, registeredAt, nonce: nonces };
          await storage.countVisit({ ...key, kind: 'visit', traits: NO_TRAITS, visitor: null });
        }
      }
      const total = async () => {
        const rows = (await rowsOf(site)) as { dimension: number; period: number; visits: number }[];
        const sum = (period: number) =>
          rows
            .filter((row) => row.dimension === 0 && row.period === period)
            .reduce((visits, row) => visits + row.visits, 0);
        return { days: sum(0), months: sum(1) };
      };
      const before = startOfDay(first + 3, 'Europe/Berlin');
      const removed: number[] = [];
      for (let count = -1; count !== 0; ) {
        count = await storage.pruneVisits(site.id, before, first + 2, 4);
        removed.push(count);
      }
      expect(removed).toEqual([4, 4, 1, 0]);
      expect(await total()).toEqual({ days: 18, months: 18 });
      const range = { siteId: site.id, pageId: pages[0]?.id ?? 0, order: 'oldest first', limit: 1 } as const;
      expect((await storage.visits(range))[0]?.registeredAt).toBeGreaterThanOrEqual(before);

      for (const zone of ['Pacific/Auckland', '-11:00', 'Europe/Berlin']) {
        await declare(site.slug, zone);
        await rollups().rebuildDue();
        expect(await total()).toEqual({ days: 18, months: 18 });
      }
    });
  });
}
