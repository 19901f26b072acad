import type { Day } from '../domain/day.ts';
import type { Dimension } from '../domain/dimensions/dimension.ts';
import { DomainError } from '../domain/errors.ts';
import type { ExportDays, ExportStorage } from '../domain/export/export-storage.ts';
import type { FilterReason } from '../domain/filter-reason.ts';
import { type DayFigures, type DecidedVisit, MARKS } from '../domain/import/import-storage.ts';
import type { Database, Queries } from './database.ts';
import { DIMENSION_CODES, TOTAL } from './dimensions.ts';
import { guarded } from './faults.ts';
import { FLAGS } from './flags.ts';
import { Prisma } from './generated/sqlite/client.ts';
import { FIGURE_COLUMNS, PERIOD } from './rollup-sql.ts';

const ROWS_AT_ONCE = 2_000;
const NAMES = new Map(Object.entries(DIMENSION_CODES).map(([name, code]) => [code, name as Dimension]));
const PAGES = Prisma.raw(`${DIMENSION_CODES.page}, ${DIMENSION_CODES.entryPage}`);
const TRAIT_NAMES = ['referrer', 'campaign', 'country', 'browser', 'system', 'device', 'language'] as const;
const FIGURES = Prisma.raw(FIGURE_COLUMNS.map((column) => `figures.${column}`).join(', '));
const SUMS = Prisma.raw(FIGURE_COLUMNS.map((column) => `sum(${column}) AS ${column}`).join(', '));

const VALUES = Prisma.raw(TRAIT_NAMES.map((trait) => `${trait}_value.value AS ${trait}`).join(', '));
const VALUE_JOINS = Prisma.raw(
  TRAIT_NAMES.map(
    (trait) =>
      `LEFT JOIN oxi_dimension_values AS ${trait}_value
        ON ${trait}_value.dimension = ${DIMENSION_CODES[trait]} AND ${trait}_value.id = visits.${trait}_id`,
  ).join('\n'),
);

type Column = number | bigint;
type FigureRow = Record<(typeof FIGURE_COLUMNS)[number], Column> & {
  readonly dimension: Column;
  readonly day: Column;
  readonly value_id: Column;
  readonly value: string | null;
};
type VisitRow = Record<(typeof TRAIT_NAMES)[number], string | null> & {
  readonly registered_at: Column;
  readonly nonce: Column;
  readonly visitor: Column;
  readonly spent_seconds: Column | null;
  readonly flags: Column;
  readonly path: string;
};
type PageRow = Record<'added_at' | 'visits' | 'pixel_views' | 'votes_up' | 'votes_down', Column> & {
  readonly path: string;
};
type FilteredRow = Record<'day' | 'hits', Column> & { readonly reason: string };
type VoteDayRow = Record<'day' | 'page_id' | 'changes', Column> & { readonly path: string };

export function createExportStorage(database: Pick<Database, 'figures'>): ExportStorage {
  const read = <T>(work: (queries: Queries) => Promise<T>) => guarded(() => database.figures(work));

  /** Reads part after part, each from where the last one ended. */
  async function* parts<Row>(
    next: (queries: Queries, after: Row | undefined) => Promise<Row[]>,
  ): AsyncGenerator<readonly Row[]> {
    let last: Row | undefined;
    while (true) {
      const rows = await read((queries) => next(queries, last));
      if (rows.length > 0) yield rows;
      if (rows.length < ROWS_AT_ONCE) return;
      last = rows.at(-1);
    }
  }

  async function* mapped<Row, Out>(
    all: AsyncIterable<readonly Row[]>,
    map: (row: Row) => Out,
  ): AsyncGenerator<readonly Out[]> {
    for await (const rows of all) yield rows.map(map);
  }

  async function prunedThrough(siteId: number): Promise<Day | null> {
    const site = await read((queries) =>
      queries.site.findUnique({ where: { id: siteId }, select: { prunedThrough: true } }),
    );
    if (site) return site.prunedThrough;
    throw new DomainError('SITE_NOT_FOUND', 'The site is gone.');
  }

  function figuresOf(rows: Prisma.Sql): AsyncGenerator<readonly DayFigures[]> {
    return mapped(
      parts<FigureRow>(
        (queries, after) => queries.$queryRaw`
          SELECT figures.day, figures.dimension, figures.value_id, coalesce(pages.path, words.value) AS value, ${FIGURES}
          FROM (${rows}) AS figures
          LEFT JOIN oxi_pages AS pages ON figures.dimension IN (${PAGES}) AND pages.id = figures.value_id
          LEFT JOIN oxi_dimension_values AS words
            ON figures.dimension NOT IN (${PAGES}) AND words.dimension = figures.dimension AND words.id = figures.value_id
          WHERE ${
            after
              ? Prisma.sql`(figures.day, figures.dimension, figures.value_id) > (${after.day}, ${after.dimension}, ${after.value_id})`
              : Prisma.sql`1 = 1`
          }
          ORDER BY figures.day, figures.dimension, figures.value_id LIMIT ${ROWS_AT_ONCE}`,
      ),
      figuresOfRow,
    );
  }

  /** Day by day, since roll-ups are not in the order of days. */
  async function* rollupsOf(siteId: number, { from, to }: ExportDays): AsyncGenerator<readonly DayFigures[]> {
    const within = { siteId, dimension: TOTAL, period: PERIOD.day };
    let after = from === null ? -1 : from - 1;
    while (true) {
      const day = { gt: after, ...(to === null ? {} : { lte: to }) };
      const found = await read((queries) =>
        queries.rollup.findFirst({
          where: { ...within, day },
          orderBy: { day: 'asc' },
          select: { day: true },
        }),
      );
      if (!found) return;
      after = found.day;
      yield* figuresOf(Prisma.sql`
        SELECT * FROM oxi_rollups WHERE site_id = ${siteId} AND period = ${PERIOD.day} AND day = ${after}
          AND dimension IN (${Prisma.raw([TOTAL, ...NAMES.keys()].join(', '))})`);
    }
  }

  return {
    prunedThrough,
    rollups: rollupsOf,
    pages: (siteId) =>
      mapped(
        parts<PageRow>(
          (queries, after) => queries.$queryRaw`
            SELECT path, added_at, visits, pixel_views, votes_up, votes_down FROM oxi_pages
            WHERE site_id = ${siteId} AND path > ${after?.path ?? ''} ORDER BY path LIMIT ${ROWS_AT_ONCE}`,
        ),
        (row) => ({
          path: row.path,
          addedAt: Number(row.added_at),
          visits: Number(row.visits),
          pixelViews: Number(row.pixel_views),
          votesUp: Number(row.votes_up),
          votesDown: Number(row.votes_down),
        }),
      ),
    visits: (siteId, { from, to }) =>
      mapped(
        parts<VisitRow>(
          (queries, after) => queries.$queryRaw`
            SELECT visits.registered_at, visits.nonce, visits.visitor, visits.spent_seconds, visits.flags, pages.path, ${VALUES}
            FROM oxi_visits AS visits JOIN oxi_pages AS pages ON pages.id = visits.page_id ${VALUE_JOINS}
            WHERE visits.site_id = ${siteId} AND visits.registered_at < ${to}
              AND (visits.registered_at, visits.nonce) > (${after?.registered_at ?? from}, ${after?.nonce ?? -1})
            ORDER BY visits.registered_at, visits.nonce LIMIT ${ROWS_AT_ONCE}`,
        ),
        visitOfRow,
      ),
    async *figuresWithoutVisits(siteId, { from, to }) {
      const pruned = await prunedThrough(siteId);
      if (pruned !== null) {
        yield* rollupsOf(siteId, { from, to: to === null ? pruned : Math.min(to, pruned) });
      }
      const first = Math.max(from ?? 0, pruned === null ? 0 : pruned + 1);
      const until = to === null ? Prisma.empty : Prisma.sql`AND day <= ${to}`;
      yield* figuresOf(Prisma.sql`
        SELECT dimension, day, value_id, ${SUMS} FROM oxi_imported_rollups
        WHERE site_id = ${siteId} AND day >= ${first} ${until} GROUP BY day, dimension, value_id`);
    },
    filteredHits: (siteId, { from, to }) =>
      mapped(
        parts<FilteredRow>(
          (queries, after) => queries.$queryRaw`
            SELECT day, reason, hits FROM oxi_filtered_hits
            WHERE site_id = ${siteId} AND day >= ${from ?? 0} AND day <= ${to ?? MAX_DAY}
              AND (day, reason) > (${after?.day ?? -1}, ${after?.reason ?? ''})
            ORDER BY day, reason LIMIT ${ROWS_AT_ONCE}`,
        ),
        (row) => ({ day: Number(row.day), reason: row.reason as FilterReason, hits: Number(row.hits) }),
      ),
    voteDays: (siteId, { from, to }) =>
      mapped(
        parts<VoteDayRow>(
          (queries, after) => queries.$queryRaw`
            SELECT days.day, days.page_id, pages.path, days.changes FROM oxi_vote_days AS days
            JOIN oxi_pages AS pages ON pages.id = days.page_id
            WHERE days.site_id = ${siteId} AND days.day >= ${from ?? 0} AND days.day <= ${to ?? MAX_DAY}
              AND (days.day, days.page_id) > (${after?.day ?? -1}, ${after?.page_id ?? 0})
            ORDER BY days.day, days.page_id LIMIT ${ROWS_AT_ONCE}`,
        ),
        (row) => ({ day: Number(row.day), path: row.path, changes: Number(row.changes) }),
      ),
  };
}

/** Beyond all days that can be written. */
const MAX_DAY = 3_000_000;

function figuresOfRow(row: FigureRow): DayFigures {
  return {
    day: Number(row.day),
    dimension: NAMES.get(Number(row.dimension) as (typeof DIMENSION_CODES)[Dimension]) ?? null,
    value: row.value ?? '',
    visits: Number(row.visits),
    pixelViews: Number(row.pixel_views),
    visitors: Number(row.visitors),
    returningVisitors: Number(row.returning_visitors),
    secondVisits: Number(row.second_visits),
    timedVisits: Number(row.timed_visits),
    spentSeconds: Number(row.spent_seconds),
  };
}

function visitOfRow(row: VisitRow): DecidedVisit {
  const flags = Number(row.flags);
  const { referrer, campaign, country, browser, system, device, language } = row;
  return {
    path: row.path,
    registeredAt: Number(row.registered_at),
    nonce: Number(row.nonce),
    kind: (flags & FLAGS.pixel) === 0 ? 'visit' : 'pixel',
    traits: { referrer, campaign, country, browser, system, device, language },
    spentSeconds: row.spent_seconds === null ? null : Number(row.spent_seconds),
    visitor: Number(row.visitor),
    marks: MARKS.filter((mark) => (flags & FLAGS[mark]) !== 0),
  };
}
