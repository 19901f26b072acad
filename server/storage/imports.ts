import { firstOfMonth } from '../domain/day.ts';
import { NO_TRAITS, type Traits } from '../domain/dimensions/dimension.ts';
import { DomainError } from '../domain/errors.ts';
import type {
  BatchOutcome,
  DayFigures,
  DecidedVisit,
  ImportSite,
  ImportStorage,
  SideRecord,
} from '../domain/import/import-storage.ts';
import type { Clock } from '../domain/ports.ts';
import type { Figures } from '../domain/statistics/figures.ts';
import { type Calendar, daysOf } from './calendars.ts';
import type { Database, Queries } from './database.ts';
import { createDimensionValues, type TraitIds } from './dimension-values.ts';
import { DIMENSION_CODES, isOfPages, TOTAL } from './dimensions.ts';
import { guarded, undauntedly } from './faults.ts';
import { FLAGS } from './flags.ts';
import { Prisma } from './generated/sqlite/client.ts';
import { jsonRows } from './json-rows.ts';
import {
  ADD_TO_ROLLUP,
  CHANGE_COLUMNS,
  DAILY,
  FIGURE_COLUMNS,
  PERIOD,
  ROLLUP_COLUMNS,
  ROLLUP_ROWS,
} from './rollup-sql.ts';

const VISIT_COLUMNS = {
  registered_at: 'bigint',
  nonce: 'bigint',
  visitor: 'bigint',
  spent_seconds: 'int',
  page_id: 'int',
  referrer_id: 'int',
  campaign_id: 'int',
  country_id: 'smallint',
  browser_id: 'smallint',
  system_id: 'smallint',
  device_id: 'smallint',
  language_id: 'smallint',
  flags: 'smallint',
} as const;
const CHANGES = Object.fromEntries(CHANGE_COLUMNS.map((column) => [column, 'int' as const]));
const ROLLUPS = {
  dimension: 'smallint',
  period: 'smallint',
  day: 'int',
  value_id: 'int',
  ...Object.fromEntries(FIGURE_COLUMNS.map((column) => [column, 'bigint' as const])),
} as const;
const IMPORTED = {
  dimension: 'smallint',
  day: 'int',
  value_id: 'int',
  ...Object.fromEntries(FIGURE_COLUMNS.map((column) => [column, 'bigint' as const])),
} as const;
const FIGURES = Prisma.raw(FIGURE_COLUMNS.join(', '));
const REPLACED = Prisma.raw(FIGURE_COLUMNS.map((column) => `${column} = excluded.${column}`).join(', '));

const NO_IDS: TraitIds = {
  referrer: 0,
  campaign: 0,
  country: 0,
  browser: 0,
  system: 0,
  device: 0,
  language: 0,
};

/** What a dry run throws, so that its transaction is undone. */
class Undone<T> extends Error {
  readonly result: T;

  constructor(result: T) {
    super('This transaction is undone.');
    this.result = result;
  }
}

/**
 * Takes in what another program counted. Each batch is one transaction that holds the site, so that what is counted
 * meanwhile comes before or after it.
 * @param dryRun every transaction is undone when its outcome is known
 */
export function createImportStorage(
  database: Database,
  { clock, dryRun }: { readonly clock: Clock; readonly dryRun: boolean },
): ImportStorage {
  const { provider } = database;
  const values = createDimensionValues((work) => guarded(() => database.exclusively(work)));

  /** New words are added in a transaction of their own; what is undone needs none. */
  async function idsOf(traits: readonly Traits[]): Promise<readonly TraitIds[]> {
    return dryRun ? traits.map(() => NO_IDS) : values.idsOf(traits);
  }

  async function holding<T>(
    { id, timeZone }: ImportSite,
    work: (queries: Queries, calendar: Calendar) => Promise<T>,
  ): Promise<T> {
    const result = await guarded(async () => {
      try {
        return await undauntedly(() =>
          database.holding(id, async (queries) => {
            const done = await work(queries, await openSite(queries, id, timeZone));
            if (dryRun) throw new Undone(done);
            return { done };
          }),
        );
      } catch (error) {
        if (error instanceof Undone) return { done: error.result as T };
        throw error;
      }
    });
    if (result === null) throw new DomainError('SITE_NOT_FOUND', 'The site is gone.');
    return result.done;
  }

  return {
    async addVisits(site, visits) {
      const ids = await idsOf(visits.map(({ traits }) => traits));
      return holding(site, (queries, calendar) =>
        addVisits({ queries, provider, siteId: site.id, now: clock() }, visits, ids, calendar),
      );
    },
    addBeside: (site, records) =>
      holding(site, (queries) => addBeside({ queries, provider, siteId: site.id, now: clock() }, records)),
    async addFigures(site, source, figures) {
      const ids = await idsOf(figures.map(traitOf));
      return holding(site, (queries) =>
        addFigures({ queries, provider, siteId: site.id, now: clock() }, source, figures, ids),
      );
    },
  };
}

// SQLite takes the first of two relations that are CROSS JOINed for the outer one. By itself it would go through all
// pages of a site, and through the whole of the JSON for each.

/** Where a batch is written. */
interface Place {
  readonly queries: Queries;
  readonly provider: Database['provider'];
  readonly siteId: number;
  readonly now: number;
}

async function openSite(queries: Queries, id: number, timeZone: string): Promise<Calendar> {
  const site = await queries.site.findUniqueOrThrow({
    where: { id },
    select: { timeZone: true, prunedThrough: true, archivedAt: true },
  });
  if (site.archivedAt !== null) throw new DomainError('SITE_NOT_FOUND', 'The site was archived meanwhile.');
  if (site.timeZone === timeZone) return site;
  throw new DomainError(
    'CONFLICT',
    `The time zone of the site was changed to ${site.timeZone} meanwhile. The same import goes on in that one.`,
  );
}

async function addVisits(
  place: Place,
  visits: readonly DecidedVisit[],
  ids: readonly TraitIds[],
  calendar: Calendar,
): Promise<BatchOutcome<'counted' | 'counted before' | 'pruned'>> {
  const { queries, provider, siteId } = place;
  const { prunedThrough } = calendar;
  const open = visits.flatMap((visit, index) => {
    const days = daysOf({ ...calendar, prunedThrough: null }, visit.registeredAt);
    const traits = ids[index] ?? NO_IDS;
    return prunedThrough !== null && days.day <= prunedThrough ? [] : { visit, days, traits };
  });
  const { pageIds, added } = await ensurePages(
    place,
    open.map(({ visit }) => visit.path),
  );
  const rows = open.map(({ visit, traits }) => [
    visit.registeredAt,
    visit.nonce,
    visit.visitor,
    visit.spentSeconds,
    pageIds.get(visit.path),
    traits.referrer,
    traits.campaign,
    traits.country,
    traits.browser,
    traits.system,
    traits.device,
    traits.language,
    flagsOf(visit),
  ]);
  const names = Prisma.raw(Object.keys(VISIT_COLUMNS).join(', '));
  const inserted = await queries.$queryRaw<{ registered_at: bigint; nonce: bigint }[]>`
    INSERT INTO oxi_visits (site_id, ${names})
    SELECT CAST(${siteId} AS int), ${names} FROM ${jsonRows(provider, VISIT_COLUMNS, rows)} AS given
    WHERE true ORDER BY registered_at, nonce
    ON CONFLICT DO NOTHING RETURNING registered_at, nonce`;
  const fresh = new Set(inserted.map(keyOf));
  const counted = new Set<DecidedVisit>();
  const changes: (readonly (number | undefined)[])[] = [];
  const more = new Map<number, { visits: number; pixelViews: number }>();
  for (const { visit, days, traits } of open) {
    // Of one that is there twice, the first is the one that counted.
    if (!fresh.delete(keyOf({ registered_at: visit.registeredAt, nonce: visit.nonce }))) continue;
    counted.add(visit);
    const pageId = pageIds.get(visit.path) ?? 0;
    const pixel = visit.kind === 'pixel' ? 1 : 0;
    add(more, pageId, { visits: 1 - pixel, pixelViews: pixel });
    const timed = visit.spentSeconds === null ? 0 : 1;
    changes.push([
      siteId,
      days.day,
      days.month,
      pageId,
      traits.referrer,
      traits.campaign,
      traits.country,
      traits.browser,
      traits.system,
      traits.device,
      traits.language,
      flagsOf(visit),
      1,
      timed,
      visit.spentSeconds ?? 0,
    ]);
  }
  if (changes.length > 0) {
    await addToPages(place, more);
    await queries.$executeRaw`
      WITH change AS MATERIALIZED (SELECT * FROM ${jsonRows(provider, CHANGES, changes)} AS given),
        daily AS MATERIALIZED (${Prisma.raw(DAILY)})
      INSERT INTO oxi_rollups (${Prisma.raw(ROLLUP_COLUMNS)})
      SELECT * FROM (${Prisma.raw(ROLLUP_ROWS)}) AS rows WHERE true ${Prisma.raw(ADD_TO_ROLLUP)}`;
  }
  const opened = new Set(open.map(({ visit }) => visit));
  const outcomes = visits.map((visit) => {
    if (!opened.has(visit)) return 'pruned';
    return counted.has(visit) ? 'counted' : 'counted before';
  });
  return { outcomes, added };
}

async function addFigures(
  place: Place,
  source: string,
  figures: readonly DayFigures[],
  ids: readonly TraitIds[],
): Promise<BatchOutcome<'added' | 'there already'>> {
  const { queries, provider, siteId } = place;
  const { pageIds, added } = await ensurePages(
    place,
    figures.flatMap(({ dimension, value }) => (dimension !== null && isOfPages(dimension) ? value : [])),
  );
  const given = figures.map((one, index) => {
    const { dimension, value, day } = one;
    const code = dimension === null ? TOTAL : DIMENSION_CODES[dimension];
    if (dimension === null) return { one, key: [code, day, 0] };
    const valueId = isOfPages(dimension) ? pageIds.get(value) : ids[index]?.[dimension];
    return { one, key: [code, day, valueId ?? 0] };
  });
  const standing = await queries.$queryRaw<Record<string, bigint | number>[]>`
    SELECT imported.* FROM ${jsonRows(
      provider,
      { dimension: 'smallint', day: 'int', value_id: 'int' },
      given.map(({ key }) => key),
    )} AS given
    CROSS JOIN oxi_imported_rollups AS imported
    WHERE imported.site_id = ${siteId} AND imported.day = given.day AND imported.dimension = given.dimension
      AND imported.value_id = given.value_id AND imported.source = ${source}`;
  const before = new Map(
    standing.map((row) => [
      [row['dimension'], row['day'], row['value_id']].join(),
      FIGURE_COLUMNS.map((column) => Number(row[column])),
    ]),
  );

  // The last that is said of a value is what stands.
  const after = new Map<string, { readonly key: readonly number[]; readonly figures: readonly number[] }>();
  const outcomes = given.map(({ one, key }) => {
    const name = key.join();
    const now = columnsOf(one);
    const was = after.get(name)?.figures ?? before.get(name) ?? now.map(() => 0);
    if (now.every((figure, index) => figure === was[index])) return 'there already';
    after.set(name, { key, figures: now });
    return 'added';
  });
  if (after.size === 0) return { outcomes, added };

  const rows = [...after.values()];
  await queries.$executeRaw`
    INSERT INTO oxi_imported_rollups (site_id, source, dimension, day, value_id, ${FIGURES})
    SELECT CAST(${siteId} AS int), CAST(${source} AS text), dimension, day, value_id, ${FIGURES}
    FROM ${jsonRows(
      provider,
      IMPORTED,
      rows.map(({ key, figures: now }) => [...key, ...now]),
    )} AS given WHERE true
    ON CONFLICT (site_id, day, dimension, value_id, source) DO UPDATE SET ${REPLACED}`;

  const more = new Map<number, { visits: number; pixelViews: number }>();
  const rollups = new Map<string, { readonly key: readonly number[]; readonly figures: number[] }>();
  for (const { key, figures: now } of rows) {
    const [dimension = 0, day = 0, valueId = 0] = key;
    const was = before.get(key.join());
    const change = now.map((figure, index) => figure - (was?.[index] ?? 0));
    if (dimension === DIMENSION_CODES.page) {
      add(more, valueId, { visits: change[0] ?? 0, pixelViews: change[1] ?? 0 });
    }
    for (const [period, first] of [
      [PERIOD.day, day],
      [PERIOD.month, firstOfMonth(day)],
    ] as const) {
      const place = [dimension, period, first, valueId];
      const standing = rollups.get(place.join());
      if (!standing) rollups.set(place.join(), { key: place, figures: [...change] });
      else
        for (const [index, figure] of change.entries())
          standing.figures[index] = figure + (standing.figures[index] ?? 0);
    }
  }
  await addToPages(place, more);
  await queries.$executeRaw`
    INSERT INTO oxi_rollups (site_id, dimension, period, day, value_id, ${FIGURES})
    SELECT CAST(${siteId} AS int), dimension, period, day, value_id, ${FIGURES}
    FROM ${jsonRows(
      provider,
      ROLLUPS,
      [...rollups.values()].map(({ key, figures: change }) => [...key, ...change]),
    )} AS given WHERE true ${Prisma.raw(ADD_TO_ROLLUP)}`;
  return { outcomes, added };
}

async function addBeside(
  place: Place,
  records: readonly SideRecord[],
): Promise<BatchOutcome<'added' | 'there already'>> {
  const { queries, siteId } = place;
  const addedAt = new Map(
    records.flatMap((record) => (record.type === 'page' ? [[record.path, record.addedAt] as const] : [])),
  );
  const paths = records.flatMap((record) => (record.type === 'filtered hits' ? [] : record.path));
  const { pageIds, added } = await ensurePages(place, paths, addedAt);
  const outcomes: ('added' | 'there already')[] = [];
  for (const record of records) {
    const changed = await addOne(queries, siteId, record, pageIds);
    const isNew = record.type === 'page' && added.includes(record.path);
    outcomes.push(changed || isNew ? 'added' : 'there already');
  }
  return { outcomes, added };
}

/** @returns whether something was less before */
async function addOne(
  queries: Queries,
  siteId: number,
  record: SideRecord,
  pageIds: ReadonlyMap<string, number>,
): Promise<boolean> {
  if (record.type === 'filtered hits') {
    const { day, reason, hits } = record;
    return (
      (await queries.$executeRaw`
        INSERT INTO oxi_filtered_hits (site_id, day, reason, hits) VALUES (${siteId}, ${day}, ${reason}, ${hits})
        ON CONFLICT (site_id, day, reason) DO UPDATE SET hits = excluded.hits
        WHERE oxi_filtered_hits.hits < excluded.hits`) > 0
    );
  }
  const id = pageIds.get(record.path) ?? 0;
  if (record.type === 'vote day') {
    const { day, changes } = record;
    return (
      (await queries.$executeRaw`
        INSERT INTO oxi_vote_days (site_id, day, page_id, changes) VALUES (${siteId}, ${day}, ${id}, ${changes})
        ON CONFLICT (site_id, day, page_id) DO UPDATE SET changes = excluded.changes
        WHERE oxi_vote_days.changes < excluded.changes`) > 0
    );
  }
  const { votesUp, votesDown, addedAt } = record;
  const older = await queries.$executeRaw`
    UPDATE oxi_pages SET added_at = ${addedAt} WHERE id = ${id} AND added_at > ${addedAt}`;
  if (votesUp + votesDown === 0) return older > 0;
  const more = await queries.$executeRaw`
    UPDATE oxi_pages SET vote_changes = vote_changes + 1,
      votes_up = CASE WHEN votes_up < ${votesUp} THEN ${votesUp} ELSE votes_up END,
      votes_down = CASE WHEN votes_down < ${votesDown} THEN ${votesDown} ELSE votes_down END
    WHERE id = ${id} AND (votes_up < ${votesUp} OR votes_down < ${votesDown})`;
  return older + more > 0;
}

/** Pages by path, those that are new among them. */
async function ensurePages(
  { queries, provider, siteId, now }: Place,
  paths: readonly string[],
  addedAt: ReadonlyMap<string, number> = new Map(),
): Promise<{ readonly pageIds: ReadonlyMap<string, number>; readonly added: readonly string[] }> {
  const distinct = [...new Set(paths)].sort();
  if (distinct.length === 0) return { pageIds: new Map(), added: [] };
  const given = jsonRows(
    provider,
    { path: 'text', added_at: 'bigint' },
    distinct.map((path) => [path, addedAt.get(path) ?? now]),
  );
  const added = await queries.$queryRaw<{ readonly path: string }[]>`
    INSERT INTO oxi_pages (site_id, path, added_at)
    SELECT CAST(${siteId} AS int), given.path, given.added_at FROM ${given} AS given
    WHERE NOT EXISTS (SELECT 1 FROM oxi_pages WHERE site_id = ${siteId} AND oxi_pages.path = given.path)
    ON CONFLICT DO NOTHING RETURNING path`;
  const pages = await queries.$queryRaw<{ readonly id: number | bigint; readonly path: string }[]>`
    SELECT pages.id, pages.path FROM ${given} AS given
    CROSS JOIN oxi_pages AS pages WHERE pages.site_id = ${siteId} AND pages.path = given.path`;
  return {
    pageIds: new Map(pages.map(({ id, path }) => [path, Number(id)])),
    added: added.map(({ path }) => path),
  };
}

type PageChange = { visits: number; pixelViews: number };

function add(pages: Map<number, PageChange>, pageId: number, { visits, pixelViews }: PageChange): void {
  const page = pages.get(pageId);
  if (page) {
    page.visits += visits;
    page.pixelViews += pixelViews;
  } else pages.set(pageId, { visits, pixelViews });
}

async function addToPages(
  { queries, provider }: Place,
  pages: ReadonlyMap<number, PageChange>,
): Promise<void> {
  if (pages.size === 0) return;
  const rows = Array.from(pages, ([id, { visits, pixelViews }]) => [id, visits, pixelViews]);
  await queries.$executeRaw`
    UPDATE oxi_pages SET visits = oxi_pages.visits + given.visits, pixel_views = oxi_pages.pixel_views + given.pixel_views
    FROM ${jsonRows(provider, { id: 'int', visits: 'bigint', pixel_views: 'bigint' }, rows)} AS given
    WHERE oxi_pages.id = given.id`;
}

function flagsOf({ kind, marks }: DecidedVisit): number {
  return marks.reduce((flags, mark) => flags | FLAGS[mark], kind === 'pixel' ? FLAGS.pixel : 0);
}

/** In the order of FIGURE_COLUMNS. */
function columnsOf(figures: Figures): number[] {
  return [
    figures.visits,
    figures.pixelViews,
    figures.visitors,
    figures.returningVisitors,
    figures.secondVisits,
    figures.timedVisits,
    figures.spentSeconds,
  ];
}

/** What the numbers of dimension values are looked up by. */
function traitOf({ dimension, value }: DayFigures): Traits {
  return dimension === null || isOfPages(dimension) ? NO_TRAITS : { ...NO_TRAITS, [dimension]: value };
}

function keyOf({ registered_at, nonce }: { registered_at: bigint | number; nonce: bigint | number }): string {
  return `${registered_at}:${nonce}`;
}
