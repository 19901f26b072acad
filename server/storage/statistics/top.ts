import type { Dimension } from '../../domain/dimensions/dimension.ts';
import type { TopOrder, TopRequest, TopRow } from '../../domain/statistics/figures.ts';
import { containing } from '../containing.ts';
import type { Queries } from '../database.ts';
import { DIMENSION_CODES, isOfPages } from '../dimensions.ts';
import { Prisma } from '../generated/sqlite/client.ts';
import { type FigureRow, figuresOf } from './figure-row.ts';

type Row = FigureRow & { readonly value: string; readonly amount: bigint | number };

const AMOUNTS = {
  visits: 'figures.visits',
  visitors: 'figures.visitors',
  pixelViews: 'figures.pixel_views',
  spentSeconds: 'coalesce(figures.spent_seconds, 0)',
  // Both databases divide whole numbers to a whole number.
  averageSeconds:
    'CASE WHEN figures.timed_visits = 0 THEN 0 ELSE figures.spent_seconds / figures.timed_visits END',
} as const satisfies Record<TopOrder, string>;

/**
 * The first values of a relation of figures, with their names. 0, which is none, has no name and is left out.
 * @param figures has the columns of {@link FigureRow} and `value_id`, each value once
 */
export async function readTop(
  queries: Queries,
  figures: Prisma.Sql,
  { dimension, orderBy, search, after, limit }: Omit<TopRequest, 'scope'>,
): Promise<TopRow[]> {
  const beyond =
    after === null
      ? Prisma.empty
      : Prisma.sql`WHERE amount < ${after.amount} OR (amount = ${after.amount} AND value > ${after.value})`;
  const rows = await queries.$queryRaw<Row[]>`
    SELECT * FROM (
      SELECT names.value, figures.*, ${Prisma.raw(AMOUNTS[orderBy])} AS amount
      FROM (${figures}) AS figures
      JOIN (${namesOf(dimension)}) AS names ON names.id = figures.value_id ${containing(Prisma.sql`names.value`, search)}
    ) AS top
    ${beyond} ORDER BY amount DESC, value LIMIT ${limit}`;
  return rows.map((row) => ({ value: row.value, amount: Number(row.amount), ...figuresOf(row) }));
}

function namesOf(dimension: Dimension): Prisma.Sql {
  return isOfPages(dimension)
    ? Prisma.sql`SELECT id, path AS value FROM oxi_pages`
    : Prisma.sql`SELECT id, value FROM oxi_dimension_values WHERE dimension = ${DIMENSION_CODES[dimension]}`;
}
