import { Readable } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { generateHistory } from '../../server/demo-history/history.ts';
import { loadHistory } from '../../server/demo-history/load.ts';
import { startOfDay } from '../../server/domain/day.ts';
import { NO_TRAITS } from '../../server/domain/dimensions/dimension.ts';
import { type ExportFormat, exportSite } from '../../server/domain/export/export.ts';
import { importRecords } from '../../server/domain/import/importer.ts';
import type { ImportSource } from '../../server/domain/import/record.ts';
import type { Storage } from '../../server/domain/ports.ts';
import { createRollups } from '../../server/domain/rollups.ts';
import type { Site } from '../../server/domain/site.ts';
import { NO_FIGURES } from '../../server/domain/statistics/figures.ts';
import { readExport } from '../../server/import/oxicount.ts';
import type { Database } from '../../server/storage/database.ts';
import { createExportStorage } from '../../server/storage/exports.ts';
import { createImportStorage } from '../../server/storage/imports.ts';
import { createStorage } from '../../server/storage/storage.ts';
import { postgresqlAbsence } from '../support/postgresql.ts';
import { blog } from './contract.ts';
import { openNewPostgresql, openNewSqlite } from './open-database.ts';

const UNTIL = 19_790;
const PRUNED_THROUGH = UNTIL - 20;
const NOW = 19_793 * 86_400_000;
const clock = () => NOW;

interface Instance {
  readonly database: Database;
  readonly storage: Storage;
  readonly site: Site;
}

async function instance(kind: string): Promise<Instance> {
  const { database, remove } = await (kind === 'SQLite' ? openNewSqlite() : openNewPostgresql());
  const storage = createStorage(database, () => {});
  onTestFinished(async () => {
    await storage.close();
    await remove();
  });
  return { database, storage, site: await storage.addSite(blog, 0) };
}

/** Text of an export, by lines in an order that does not depend on the database. */
async function exported({ database, site }: Instance, format: ExportFormat): Promise<string[]> {
  const parts: string[] = [];
  const text = exportSite({ storage: createExportStorage(database), site, format, clock });
  for await (const part of text) parts.push(part);
  return parts.join('').split(/\r?\n/).sort();
}

function take({ database, site }: Instance, program: string, source: ImportSource) {
  return importRecords(source, {
    storage: createImportStorage(database, { clock, dryRun: false }),
    site,
    program,
    visitorDays: 7,
    clock,
  });
}

/** The lines, as they come from a file: the header first, and in chunks that end anywhere. */
function sourceOf(lines: readonly string[]): ImportSource {
  const rank = (line: string) => (line.includes('"header"') ? 0 : line.includes('"footer"') ? 2 : 1);
  const text = [...lines].sort((a, b) => rank(a) - rank(b)).join('\n');
  const chunks = Array.from({ length: Math.ceil(text.length / 7_001) }, (_, index) =>
    Buffer.from(text.slice(index * 7_001, (index + 1) * 7_001)),
  );
  return readExport(Readable.from(chunks), { name: 'the file', size: text.length });
}

/** A site with everything that one can have: days that were pruned, votes, hits kept out, imported figures. */
async function filled(kind: string): Promise<Instance> {
  const filling = await instance(kind);
  const { storage, site } = filling;
  const options = { seed: 7, visits: 1_500, pages: 40, days: 60, until: UNTIL, visitorDays: 7 };
  const history = generateHistory({ ...options, timeZone: site.timeZone, minDelaySecs: 19 });
  await loadHistory({ storage, site, history, visitorDays: 7 });
  await take(filling, 'another', {
    name: 'figures',
    size: null,
    unit: 'rows',
    read: () => 0,
    async *records() {
      for (const day of [UNTIL - 70, UNTIL - 40, UNTIL - 3]) {
        const figures = {
          ...NO_FIGURES,
          type: 'figures',
          day,
          visits: 70,
          visitors: 30,
          pixelViews: 4,
        } as const;
        yield { ...figures, dimension: null, value: '' };
        yield { ...figures, dimension: 'page', value: '/only-here' };
        yield { ...figures, dimension: 'country', value: 'AT' };
      }
    },
  });
  const page = await storage.findPage(site.id, '/');
  for (const pseudonym of [1, 2, 3]) {
    await storage.votes.cast({
      siteId: site.id,
      pageId: page?.id ?? 0,
      pseudonyms: [],
      pseudonym: { day: UNTIL, pseudonym },
      vote: pseudonym === 1 ? -1 : 1,
      at: startOfDay(UNTIL, site.timeZone),
    });
  }
  const before = startOfDay(PRUNED_THROUGH + 1, site.timeZone);
  while ((await storage.pruneVisits(site.id, before, PRUNED_THROUGH, 1_000)) > 0);
  return filling;
}

const absence = await postgresqlAbsence();

describe.each([
  ['SQLite', 'SQLite'],
  ['SQLite', 'PostgreSQL'],
  ['PostgreSQL', 'SQLite'],
])('an export from %s into %s', (from, to) => {
  test.skipIf(absence !== null && from + to !== 'SQLiteSQLite')(
    'loses nothing',
    { timeout: 120_000 },
    async () => {
      const [old, fresh] = [await filled(from), await instance(to)];
      const [text, rollups, visits] = [
        await exported(old, 'ndjson'),
        await exported(old, 'rollups'),
        await exported(old, 'csv'),
      ];
      const isLine = (line: string) => !line.includes('"type":"header"');
      expect(text.filter((line) => line.includes('"type":"visit"')).length).toBeGreaterThan(100);
      for (const type of ['page', 'figures', 'filteredHits', 'voteDay', 'footer']) {
        expect(
          text.some((line) => line.includes(`"type":"${type}"`)),
          type,
        ).toBe(true);
      }

      expect(await take(fresh, 'oxicount', sourceOf(text))).toMatchObject({ complete: true, leftOut: [] });
      expect((await exported(fresh, 'ndjson')).filter(isLine)).toEqual(text.filter(isLine));
      expect(await exported(fresh, 'rollups')).toEqual(rollups);
      expect(await exported(fresh, 'csv')).toEqual(visits);
      const inAll = {
        siteId: 0,
        filter: {},
        span: { unit: 'days', from: UNTIL - 600, to: UNTIL + 2 },
      } as const;
      for (const ask of [
        ({ storage, site }: Instance) => storage.siteTotals(site.id),
        ({ storage, site }: Instance) => storage.statistics.daily({ ...inAll, siteId: site.id }),
        ({ storage, site }: Instance) =>
          storage.statistics.totals({ ...inAll, siteId: site.id, filter: { device: 'mobile' } }),
        ({ storage, site }: Instance) =>
          storage.votes.tally(site.id, '/').then(({ up, down }) => ({ up, down })),
      ]) {
        expect(await ask(fresh)).toEqual(await ask(old));
      }

      // Again, and with everything counted anew.
      expect(await take(fresh, 'oxicount', sourceOf(text))).toMatchObject({
        visits: 0,
        figures: 0,
        pages: 0,
      });
      await createRollups({ storage: fresh.storage, clock }).rebuild(fresh.site.id);
      expect(await exported(fresh, 'rollups')).toEqual(rollups);
      expect((await exported(fresh, 'ndjson')).filter(isLine)).toEqual(text.filter(isLine));
    },
  );
});

test('a file that was cut off, one of something else and one of a newer version are told apart', async () => {
  const site = await instance('SQLite');
  await take(site, 'another', {
    name: 'a visit',
    size: null,
    unit: 'rows',
    read: () => 0,
    async *records() {
      yield {
        type: 'visit',
        kind: 'visit',
        identity: '=1',
        path: '/a',
        registeredAt: NOW - 1,
        spentSeconds: 7,
        traits: { ...NO_TRAITS, campaign: '=1+1,"x"' },
        visitor: 'Ann',
      };
    },
  });
  const text = await exported(site, 'ndjson');
  const refused = (lines: readonly string[]) => expect(take(site, 'oxicount', sourceOf(lines))).rejects;
  await refused(text.filter((line) => !line.includes('"footer"'))).toThrow(/not whole/);
  await refused(text.filter((line) => !line.includes('"visit"'))).toThrow(/not whole/);
  await refused(['{"type":"page"}', ...text.filter((line) => !line.includes('"header"'))]).toThrow(
    /no export/,
  );
  await refused(text.map((line) => line.replace('"version":1', '"version":2'))).toThrow(/newer oxicount/);
  expect(await take(site, 'oxicount', sourceOf([...text, '{"type":"visit"}', 'x']))).toMatchObject({
    leftOut: [{ count: 2 }],
    thereAlready: 2,
  });
  // What a reader made up is no formula to whoever opens the file.
  expect((await exported(site, 'csv')).join('\n')).toContain(`"'=1+1,""x"""`);
});
