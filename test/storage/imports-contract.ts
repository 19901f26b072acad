import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generateHistory } from '../../server/demo-history/history.ts';
import { NO_TRAITS } from '../../server/domain/dimensions/dimension.ts';
import { importRecords } from '../../server/domain/import/importer.ts';
import type { ImportedFigures, ImportedVisit, ImportRecord } from '../../server/domain/import/record.ts';
import type { Storage } from '../../server/domain/ports.ts';
import { createRollups } from '../../server/domain/rollups.ts';
import type { Site } from '../../server/domain/site.ts';
import { type Figures, NO_FIGURES } from '../../server/domain/statistics/figures.ts';
import { createImportStorage } from '../../server/storage/imports.ts';
import { createStorage } from '../../server/storage/storage.ts';
import { compareWithRecount } from '../support/compare-with-recount.ts';
import { blog, type OpenedDatabase } from './contract.ts';

const DAY_MS = 86_400_000;
const DAY = 19_783;
const NOW = 19_800 * DAY_MS;

const aVisit: ImportedVisit = {
  type: 'visit',
  kind: 'visit',
  identity: '1',
  path: '/a',
  registeredAt: DAY * DAY_MS + 1_000,
  spentSeconds: null,
  traits: NO_TRAITS,
  visitor: null,
};
const someFigures: ImportedFigures = {
  ...NO_FIGURES,
  type: 'figures',
  day: DAY,
  dimension: null,
  value: '',
  visits: 5,
  visitors: 3,
};

/** What imports promise on both databases. */
export function describeImports(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(`imports on ${name}`, () => {
    let opened: OpenedDatabase;
    let storage: Storage;
    let site: Site;

    beforeEach(async () => {
      opened = await open();
      storage = createStorage(opened.database, () => {});
      site = await storage.addSite(blog, 0);
    });
    afterEach(async () => {
      await storage.close();
      await opened.remove();
    });

    function importAll(records: Iterable<ImportRecord>, more: { dryRun?: boolean; stopAfter?: number } = {}) {
      const stopping = new AbortController();
      let read = 0;
      return importRecords(
        {
          name: 'the records',
          size: null,
          unit: 'rows',
          read: () => read,
          async *records() {
            for (const record of records) {
              if (read === more.stopAfter) stopping.abort();
              read += 1;
              yield record;
            }
          },
        },
        {
          storage: createImportStorage(opened.database, { clock: () => NOW, dryRun: more.dryRun ?? false }),
          site,
          program: 'another',
          visitorDays: 7,
          clock: () => NOW,
          signal: stopping.signal,
        },
      );
    }

    const tables = [
      'oxi_pages',
      'oxi_visits',
      'oxi_rollups',
      'oxi_imported_rollups',
      'oxi_visitors',
      'oxi_seen',
      'oxi_dimension_values',
    ];

    /** All rows of all tables that an import touches. */
    async function everything(): Promise<string[]> {
      const found: string[] = [];
      for (const table of tables) {
        const rows = await opened.database.client.$queryRawUnsafe<object[]>(`SELECT * FROM ${table}`);
        found.push(
          ...rows.map(
            (row) =>
              `${table} ${JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? Number(value) : value))}`,
          ),
        );
      }
      return found.sort();
    }

    async function rebuilt(): Promise<string[]> {
      await createRollups({ storage, clock: () => NOW }).rebuild(site.id);
      return everything();
    }

    test('a history of visits and visitors is answered for as a recount does, however often it was stopped', async () => {
      const options = {
        seed: 7,
        visits: 2_500,
        pages: 60,
        days: 30,
        until: 19_795,
        timeZone: site.timeZone,
        minDelaySecs: 19,
        visitorDays: 7,
      };
      const records = () => recordsOf(generateHistory(options));

      const dry = await importAll(records(), { dryRun: true });
      expect(await everything()).toEqual([]);
      expect(await importAll(records(), { stopAfter: 2_111 })).toMatchObject({
        complete: false,
        visits: expect.any(Number),
      });
      const rest = await importAll(records());
      expect(rest.thereAlready).toBeGreaterThan(2_000);
      expect(dry).toEqual({
        ...rest,
        visits: 2_500,
        pixelViews: dry.pixelViews,
        thereAlready: 0,
        pages: dry.pages,
      });
      expect(dry.pixelViews + 2_500).toBe(rest.visits + rest.pixelViews + rest.thereAlready);
      expect(await compareWithRecount(storage.statistics, site.id, options)).toBe(132);

      const before = await everything();
      // What visitors are called is kept nowhere but in what visits of one have in common.
      expect(before.filter((row) => /^oxi_(visitors|seen) /.test(row))).toEqual([]);
      expect(await importAll(records())).toMatchObject({
        visits: 0,
        pixelViews: 0,
        pages: 0,
        complete: true,
      });
      expect(await everything()).toEqual(before);
      expect(await rebuilt()).toEqual(before);
    }, 60_000);

    test('what cannot be counted is left out, and the report says why with the first of each', async () => {
      const report = await importAll([
        aVisit,
        // The same record twice is one.
        aVisit,
        { ...aVisit, identity: '2', path: '/user/7/' },
        { ...aVisit, identity: '3', path: 'https://evil.example/' },
        { ...aVisit, identity: '4', path: '/a?b=c' },
        { ...aVisit, identity: '5', registeredAt: NOW + 1 },
        { ...aVisit, identity: '6', registeredAt: 0 },
        { ...aVisit, identity: '7', registeredAt: Number.NaN },
        { ...aVisit, identity: '8', spentSeconds: -1 },
        { ...someFigures, day: 1 },
        { ...someFigures, visits: 1.5 },
        { ...someFigures, dimension: 'country', value: '' },
        { type: 'left out', where: 'line 9', why: 'it is no line' },
      ]);
      expect(report).toMatchObject({ visits: 2, thereAlready: 1, figures: 0, pages: 2 });
      expect(report.leftOut.map(({ why, count }) => [count, why])).toEqual([
        [2, 'the path is not one that a page can have'],
        [1, 'it is of the future'],
        [1, 'it is from before 1990, where time begins here'],
        [1, 'it has no time'],
        [1, 'the seconds spent are not a whole number from 0 to 172800'],
        [1, 'the day is before 1990 or in the future'],
        [1, 'a figure is not a whole number from 0 to 2147483647'],
        [1, 'the country is not one that can be kept'],
        [1, 'it is no line'],
      ]);
      expect(report.leftOut.at(-1)?.examples).toEqual(['line 9']);
      expect(await storage.pageTotals(site.id, '/user/:id')).toEqual({ visits: 1, views: 1 });
    });

    test('referrers go through the rules of the site, and hits of the pixel are views', async () => {
      const from = (identity: string, referrer: string): ImportedVisit => ({
        ...aVisit,
        identity,
        traits: { ...NO_TRAITS, referrer },
      });
      await importAll([
        from('1', 'www.google.co.uk'),
        from('2', 'blog.example'),
        from('3', 'not a host'),
        { ...aVisit, identity: '4', kind: 'pixel', visitor: 'nobody', spentSeconds: 7 },
      ]);
      const scope = { siteId: site.id, filter: {}, span: { unit: 'days', from: DAY, to: DAY } } as const;
      const request = {
        scope,
        dimension: 'referrer',
        orderBy: 'visits',
        search: null,
        after: null,
        limit: 9,
      } as const;
      expect((await storage.statistics.top(request)).map(({ value, visits }) => [value, visits])).toEqual([
        ['google.com', 1],
      ]);
      expect(await storage.pageTotals(site.id, '/a')).toEqual({ visits: 3, views: 4 });
      expect(await storage.statistics.totals(scope)).toMatchObject({
        visits: 3,
        pixelViews: 1,
        timedVisits: 0,
        visitors: 0,
      });
    });

    test('figures of several days of a month are those of each day', async () => {
      await importAll([
        someFigures,
        { ...someFigures, day: DAY + 1, visits: 2 },
        { ...someFigures, day: DAY + 9 },
      ]);
      const span = { unit: 'days', from: DAY, to: DAY + 30 } as const;
      const scope = { siteId: site.id, filter: {}, span };
      const daily = await storage.statistics.daily(scope);
      expect([...daily.values()].map(({ visits }) => visits)).toEqual([5, 2, 5]);
      expect(await storage.statistics.totals(scope)).toMatchObject({ visits: 12, visitors: 9 });
    });

    test('figures without visits are part of the roll-ups also when these are made anew, and what is said again takes their place', async () => {
      const totals = (day: number): Promise<Figures> =>
        storage.statistics.totals({
          siteId: site.id,
          filter: {},
          span: { unit: 'days', from: day, to: day },
        });
      const figures: ImportedFigures[] = [
        someFigures,
        { ...someFigures, dimension: 'page', value: '/a/', visits: 5, pixelViews: 2 },
        { ...someFigures, dimension: 'referrer', value: 'news.example', visits: 4 },
        { ...someFigures, day: DAY - 20, visits: 7 },
      ];
      expect(await importAll(figures, { dryRun: true })).toMatchObject({ figures: 4, pages: 1 });
      expect(await everything()).toEqual([]);
      expect(await importAll([aVisit, ...figures])).toMatchObject({ visits: 1, figures: 4, pages: 1 });
      expect(await totals(DAY)).toEqual({ ...NO_FIGURES, visits: 6, visitors: 3 });
      expect(await totals(DAY - 20)).toMatchObject({ visits: 7 });
      expect(await storage.pageTotals(site.id, '/a')).toEqual({ visits: 6, views: 8 });
      expect(await storage.statistics.firstDay(site.id)).toBe(DAY - 20);
      const before = await everything();
      expect(await rebuilt()).toEqual(before);
      expect(await importAll(figures)).toMatchObject({ figures: 0, thereAlready: 4 });
      expect(await everything()).toEqual(before);

      const [, page] = figures;
      expect(
        await importAll([
          { ...someFigures, visits: 50 },
          { ...(page ?? someFigures), visits: 50 },
        ]),
      ).toMatchObject({ figures: 2 });
      expect(await totals(DAY)).toMatchObject({ visits: 51 });
      expect(await storage.pageTotals(site.id, '/a')).toEqual({ visits: 51, views: 53 });
      const after = await everything();
      expect(await rebuilt()).toEqual(after);
    });

    test('days whose visits the site has removed stand', async () => {
      await importAll([aVisit, someFigures]);
      await storage.pruneVisits(site.id, (DAY + 1) * DAY_MS, DAY, 100);
      const before = await everything();
      const report = await importAll([aVisit, { ...aVisit, identity: '2' }]);
      expect(report).toMatchObject({ visits: 0, thereAlready: 0 });
      expect(report.leftOut).toEqual([
        { why: expect.stringMatching(/retention_days/), count: 2, examples: ['2024-03-01', '2024-03-01'] },
      ]);
      expect(await everything()).toEqual(before);
      expect(await rebuilt()).toEqual(before);
    });

    test('a site that changes meanwhile stops the import', async () => {
      const note = {
        at: 1,
        actor: 'a test',
        token: null,
        action: 'SITE_CHANGED',
        site,
        changes: {},
      } as const;
      await storage.administration.changeSite({ id: site.id, timeZone: 'UTC' }, note);
      await expect(importAll([aVisit])).rejects.toThrow(/time zone of the site was changed to UTC/);
      await storage.administration.archiveSite(site.id, 1, note);
      await expect(importAll([aVisit])).rejects.toThrow(/archived meanwhile/);
      await storage.administration.beginDeletion(site.id, note);
      while (!(await storage.administration.deleteRows(site.id, 100, note))?.complete);
      await expect(importAll([aVisit])).rejects.toThrow(/is gone/);
      expect(await everything()).toEqual([]);
    });
  });
}

/** The records of a source that names visitors as it likes, the same on all days. */
function* recordsOf(history: ReturnType<typeof generateHistory>): Generator<ImportRecord> {
  const names = new Map<string, string>();
  for (const event of history.events) {
    if (event.kind === 'filtered') continue;
    const { kind, path, registeredAt, nonce, traits, visitor, spentSeconds = null } = event;
    let name: string | null = null;
    if (visitor) {
      const known = [visitor, ...visitor.earlier].map(({ day, pseudonym }) => `${day} ${pseudonym}`);
      name = known.map((one) => names.get(one)).find((one) => one !== undefined) ?? `reader ${names.size}`;
      for (const one of known) names.set(one, name);
    }
    yield {
      type: 'visit',
      kind,
      identity: `${nonce}`,
      path,
      registeredAt,
      spentSeconds,
      traits,
      visitor: name,
    };
  }
}
