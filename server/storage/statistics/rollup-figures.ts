import type { Day } from '../../domain/day.ts';
import type { Dimension } from '../../domain/dimensions/dimension.ts';
import type { Figures } from '../../domain/statistics/figures.ts';
import type { Queries } from '../database.ts';
import { DIMENSION_CODES, TOTAL } from '../dimensions.ts';
import { Prisma } from '../generated/sqlite/client.ts';
import { FIGURE_COLUMNS, PERIOD } from '../rollup-sql.ts';
import { type FigureRow, figuresOf } from './figure-row.ts';
import { partsOf } from './parts.ts';

/** Whole days of a site, both ends included. */
export interface RollupScope {
  readonly siteId: number;
  readonly from: Day;
  readonly to: Day;
}

const FIGURES = Prisma.raw(FIGURE_COLUMNS.join(', '));
// The sum of bigint is numeric in PostgreSQL, which arrives as something else.
const SUMS = Prisma.raw(
  FIGURE_COLUMNS.map((column) => `CAST(sum(${column}) AS bigint) AS ${column}`).join(', '),
);

export async function rollupTotals(queries: Queries, scope: RollupScope): Promise<Figures> {
  const rows = await queries.$queryRaw<FigureRow[]>`
    SELECT ${SUMS} FROM (${rollups(scope, TOTAL)}) AS rollups`;
  return figuresOf(rows[0] as FigureRow);
}

export async function rollupsByDay(
  queries: Queries,
  { siteId, from, to }: RollupScope,
): Promise<Map<Day, Figures>> {
  const rows = await queries.$queryRaw<(FigureRow & { readonly day: number })[]>`
    SELECT day, ${FIGURES}
    FROM oxi_rollups
    WHERE site_id = ${siteId} AND dimension = ${TOTAL} AND period = ${PERIOD.day} AND day BETWEEN ${from} AND ${to}
    ORDER BY day`;
  return new Map(rows.map((row) => [row.day, figuresOf(row)]));
}

/** A relation of the figures of each value of a dimension, as `value_id`. */
export function rollupsByValue(scope: RollupScope, dimension: Dimension): Prisma.Sql {
  return Prisma.sql`
    SELECT value_id, ${SUMS} FROM (${rollups(scope, DIMENSION_CODES[dimension])}) AS rollups GROUP BY value_id`;
}

export async function firstRollup(queries: Queries, siteId: number): Promise<Day | null> {
  const [row] = await queries.$queryRaw<{ readonly day: bigint | number | null }[]>`
    SELECT min(day) AS day FROM oxi_rollups
    WHERE site_id = ${siteId} AND dimension = ${TOTAL} AND period = ${PERIOD.day}`;
  return row?.day == null ? null : Number(row.day);
}

function rollups(scope: RollupScope, dimension: number): Prisma.Sql {
  const parts = partsOf(scope).map(
    ({ period, from, end }) => Prisma.sql`
      SELECT * FROM oxi_rollups
      WHERE site_id = ${scope.siteId} AND dimension = ${dimension} AND period = ${period}
        AND day >= ${from} AND day < ${end}`,
  );
  return Prisma.join(parts, ' UNION ALL ');
}
