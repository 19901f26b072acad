import { type Day, dayOf, firstOfMonth, nextMonth } from '../domain/day.ts';
import type { DayRange, DaySpan, RollupStorage } from '../domain/ports.ts';
import type { Database, Queries } from './database.ts';
import { DIMENSION_CODES, TOTAL } from './dimensions.ts';
import { guarded } from './faults.ts';
import { Prisma } from './generated/sqlite/client.ts';
import { ADD_TO_ROLLUP, DAILY, FIGURE_COLUMNS, PERIOD, ROLLUP_COLUMNS } from './rollup-sql.ts';

// Named in full, since they come before the days in the key.
const ALL_DIMENSIONS = [TOTAL, ...Object.values(DIMENSION_CODES)];

const DAILY_ROWS = Prisma.raw(`
  INSERT INTO oxi_rollups (${ROLLUP_COLUMNS})
  SELECT site_id, dimension, ${PERIOD.day}, day, value_id, ${FIGURE_COLUMNS.join(', ')} FROM daily
  WHERE dimension = ${TOTAL} OR value_id <> 0`);
const SUMS = Prisma.raw(FIGURE_COLUMNS.map((column) => `sum(${column})`).join(', '));

/**
 * Makes roll-ups anew. Each transaction holds one site, so that what is counted meanwhile is either seen by it or
 * added to what it leaves.
 */
export function createRollupStorage(database: Database): RollupStorage {
  const { client } = database;

  /** Runs the work while no batch of the site is written; null where its zone is another, or it is gone. */
  async function holding<T>(
    siteId: number,
    timeZone: string,
    work: (queries: Queries, calendar: Pruned) => Promise<T>,
  ): Promise<T | null> {
    return guarded(() =>
      database.holding(siteId, async (queries) => {
        const site = await queries.site.findUniqueOrThrow({
          where: { id: siteId },
          select: { timeZone: true, prunedThrough: true, prunedBefore: true },
        });
        return site.timeZone === timeZone ? work(queries, site) : null;
      }),
    );
  }

  return {
    due: () =>
      guarded(async () => {
        const sites = await client.site.findMany({
          where: { rollupsDue: true, archivedAt: null },
          orderBy: { id: 'asc' },
          select: { id: true },
        });
        return sites.map(({ id }) => id);
      }),

    markDue: (siteId) =>
      guarded(() =>
        database.exclusively(
          async (queries) =>
            void (await queries.site.updateMany({ where: { id: siteId }, data: { rollupsDue: true } })),
        ),
      ),

    begin: (siteId, timeZone, until) =>
      holding(siteId, timeZone, async (queries, { prunedThrough }) => {
        // Read while nobody counts, or what is counted before the first of these would be dropped as well.
        const range = await rangeOf(queries, siteId, timeZone, until);
        const outside =
          range === null ? {} : { OR: [{ day: { lt: range.from } }, { day: { gt: range.to } }] };
        const kept = prunedThrough === null ? {} : { day: { gt: prunedThrough } };
        await queries.rollup.deleteMany({
          where: { siteId, dimension: { in: ALL_DIMENSIONS }, period: PERIOD.day, AND: [outside, kept] },
        });
        const months = await queries.rollup.findMany({
          where: { siteId, dimension: TOTAL, period: PERIOD.month },
          select: { day: true },
        });
        for (const { day } of months) {
          const within = range !== null && day >= firstOfMonth(range.from) && day <= range.to;
          if (!within) await recountMonth(queries, siteId, day, nextMonth(day));
        }
        return range ?? 'none';
      }),

    async recount(siteId, timeZone, days) {
      const done = await holding(siteId, timeZone, async (queries, pruned) => {
        for (const span of openDays(days, pruned)) await recountDay(queries, siteId, span);
        return true;
      });
      return done ?? false;
    },

    recountMonth: (siteId, first, next) =>
      guarded(async () => {
        await database.holding(siteId, (queries) => recountMonth(queries, siteId, first, next));
      }),

    async finish(siteId, timeZone) {
      const done = await holding(siteId, timeZone, async (queries) => {
        await queries.site.updateMany({ where: { id: siteId }, data: { rollupsDue: false } });
        return true;
      });
      return done ?? false;
    },
  };
}

async function rangeOf(
  queries: Queries,
  siteId: number,
  timeZone: string,
  until: Day,
): Promise<DayRange | null> {
  const order = { where: { siteId }, select: { registeredAt: true } } as const;
  const first = await queries.visit.findFirst({ ...order, orderBy: { registeredAt: 'asc' } });
  const last = await queries.visit.findFirst({ ...order, orderBy: { registeredAt: 'desc' } });
  const { _min, _max } = await queries.importedRollup.aggregate({
    where: { siteId },
    _min: { day: true },
    _max: { day: true },
  });
  const days = [first, last]
    .flatMap((visit) => (visit ? dayOf(Number(visit.registeredAt), timeZone) : []))
    .concat(_min.day ?? [], _max.day ?? []);
  return days.length === 0 ? null : { from: Math.min(...days), to: Math.max(...days, until) };
}

interface Pruned {
  readonly prunedThrough: Day | null;
  readonly prunedBefore: bigint | null;
}

/** The days whose visits are all there; the first of them takes what a change of zone moved before it. */
function openDays(days: readonly DaySpan[], { prunedThrough, prunedBefore }: Pruned): DaySpan[] {
  if (prunedThrough === null || prunedBefore === null) return [...days];
  return days.flatMap((span) => {
    if (span.day <= prunedThrough) return [];
    return span.day === prunedThrough + 1
      ? { ...span, from: Math.min(span.from, Number(prunedBefore)) }
      : span;
  });
}

async function recountDay(queries: Queries, siteId: number, { day, from, to }: DaySpan): Promise<void> {
  await queries.rollup.deleteMany({
    where: { siteId, dimension: { in: ALL_DIMENSIONS }, period: PERIOD.day, day },
  });
  await queries.$executeRaw`
    WITH change AS (
      SELECT site_id, CAST(${day} AS int) AS day, 0 AS month, page_id, referrer_id, campaign_id, country_id, browser_id,
        system_id, device_id, language_id, flags, 1 AS counted,
        CASE WHEN spent_seconds IS NULL THEN 0 ELSE 1 END AS timed, coalesce(spent_seconds, 0) AS spent
      FROM oxi_visits WHERE site_id = ${siteId} AND registered_at >= ${from} AND registered_at < ${to}
    ), daily AS (${Prisma.raw(DAILY)})
    ${DAILY_ROWS}`;
  await queries.$executeRaw`
    INSERT INTO oxi_rollups (${Prisma.raw(ROLLUP_COLUMNS)})
    SELECT site_id, dimension, ${Prisma.raw(String(PERIOD.day))}, day, value_id, ${SUMS} FROM oxi_imported_rollups
    WHERE site_id = ${siteId} AND day = ${day} GROUP BY site_id, dimension, day, value_id ${Prisma.raw(ADD_TO_ROLLUP)}`;
}

async function recountMonth(queries: Queries, siteId: number, first: Day, next: Day): Promise<void> {
  await queries.rollup.deleteMany({
    where: { siteId, dimension: { in: ALL_DIMENSIONS }, period: PERIOD.month, day: first },
  });
  await queries.$executeRaw`
    INSERT INTO oxi_rollups (${Prisma.raw(ROLLUP_COLUMNS)})
    SELECT site_id, dimension, ${Prisma.raw(String(PERIOD.month))}, CAST(${first} AS int), value_id, ${SUMS} FROM oxi_rollups
    WHERE site_id = ${siteId} AND dimension IN (${Prisma.join(ALL_DIMENSIONS)}) AND period = ${PERIOD.day} AND day >= ${first} AND day < ${next}
    GROUP BY site_id, dimension, value_id`;
}
