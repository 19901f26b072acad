import type { Dimension } from '../../domain/dimensions/dimension.ts';
import type { Instant } from '../../domain/instant.ts';
import { type Figures, NO_FIGURES } from '../../domain/statistics/figures.ts';
import type { Queries } from '../database.ts';
import { DIMENSION_COLUMNS } from '../dimensions.ts';
import { FLAGS } from '../flags.ts';
import { Prisma } from '../generated/sqlite/client.ts';
import { FIGURE_COLUMNS } from '../rollup-sql.ts';
import { bucketsBetween, MAX_BUCKETS } from './buckets.ts';
import { type FigureRow, figuresOf } from './figure-row.ts';
import { passing, type VisitFilter } from './filter.ts';

/** Which visits of a site to count. */
export interface VisitScope {
  readonly siteId: number;
  readonly from: Instant;
  /** Excluded. */
  readonly to: Instant;
  readonly filter: VisitFilter;
}

const isVisit = `visits.flags & ${FLAGS.pixel} = 0`;
const FIGURE = {
  visits: `count(*) FILTER (WHERE ${isVisit})`,
  pixel_views: `count(*) FILTER (WHERE visits.flags & ${FLAGS.pixel} <> 0)`,
  visitors: 'count(DISTINCT visits.visitor) FILTER (WHERE visits.visitor <> 0)',
  returning_visitors: `count(DISTINCT visits.visitor) FILTER (WHERE visits.flags & ${FLAGS.returning} <> 0)`,
  second_visits: `count(*) FILTER (WHERE visits.flags & ${FLAGS.second} <> 0)`,
  timed_visits: `count(visits.spent_seconds) FILTER (WHERE ${isVisit})`,
  spent_seconds: `coalesce(sum(visits.spent_seconds) FILTER (WHERE ${isVisit}), 0)`,
} as const satisfies Record<keyof FigureRow, string>;
const FIGURES = Prisma.raw(FIGURE_COLUMNS.map((column) => `${FIGURE[column]} AS ${column}`).join(', '));
/** All figures in one text, for a place that takes one value. */
const FIGURES_AS_TEXT = Prisma.raw(FIGURE_COLUMNS.map((column) => FIGURE[column]).join(" || ',' || "));

export async function visitTotals(queries: Queries, scope: VisitScope): Promise<Figures> {
  const rows = await queries.$queryRaw<FigureRow[]>`
    SELECT ${FIGURES} FROM oxi_visits AS visits WHERE ${within(scope)}`;
  return figuresOf(rows[0] as FigureRow);
}

/** A relation of the figures of each value of a dimension, as `value_id`. */
export function visitsByValue(scope: VisitScope, dimension: Dimension): Prisma.Sql {
  const column = Prisma.raw(`visits.${DIMENSION_COLUMNS[dimension]}`);
  const filter = dimension === 'entryPage' ? { ...scope.filter, firstOnly: true } : scope.filter;
  return Prisma.sql`
    SELECT ${column} AS value_id, ${FIGURES} FROM oxi_visits AS visits
    WHERE ${within({ ...scope, filter })}
    GROUP BY ${column}`;
}

/** Figures between each instant and the next. */
export async function visitsBetween(
  queries: Queries,
  { siteId, filter }: Pick<VisitScope, 'siteId' | 'filter'>,
  instants: readonly Instant[],
): Promise<Figures[]> {
  const figures: Figures[] = [];
  for (let first = 0; first < instants.length - 1; first += MAX_BUCKETS) {
    const part = instants.slice(first, first + MAX_BUCKETS + 1);
    figures.push(...(await visitsInBuckets(queries, { siteId, filter }, part)));
  }
  return figures;
}

async function visitsInBuckets(
  queries: Queries,
  { siteId, filter }: Pick<VisitScope, 'siteId' | 'filter'>,
  instants: readonly Instant[],
): Promise<Figures[]> {
  const figures = instants.slice(1).map(() => NO_FIGURES);
  // A subquery of one value, and not a join: so both databases find the range of each bucket in the index, whatever
  // they think of how many visits there are.
  const rows = await queries.$queryRaw<{ readonly bucket: number; readonly figures: string }[]>`
    WITH ${bucketsBetween(instants)}
    SELECT buckets.bucket, (
      SELECT ${FIGURES_AS_TEXT} FROM oxi_visits AS visits
      WHERE visits.site_id = ${siteId} AND ${passing(filter)}
        AND visits.registered_at >= buckets.starts AND visits.registered_at < buckets.ends
    ) AS figures
    FROM buckets WHERE buckets.starts < buckets.ends`;
  for (const { bucket, figures: text } of rows) {
    const values = text.split(',').map(Number);
    const row = Object.fromEntries(FIGURE_COLUMNS.map((column, index) => [column, values[index] ?? 0]));
    figures[Number(bucket)] = figuresOf(row as unknown as FigureRow);
  }
  return figures;
}

function within({ siteId, from, to, filter }: VisitScope): Prisma.Sql {
  return Prisma.sql`visits.site_id = ${siteId}
    AND visits.registered_at >= ${from} AND visits.registered_at < ${to} AND ${passing(filter)}`;
}
