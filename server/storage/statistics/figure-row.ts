import type { Figures } from '../../domain/statistics/figures.ts';
import type { FIGURE_COLUMNS } from '../rollup-sql.ts';

/** Figures as the statements here call them. A sum of nothing is null. */
export type FigureRow = Readonly<Record<(typeof FIGURE_COLUMNS)[number], bigint | number | null>>;

export function figuresOf(row: FigureRow): Figures {
  return {
    visits: Number(row.visits),
    pixelViews: Number(row.pixel_views),
    visitors: Number(row.visitors),
    returningVisitors: Number(row.returning_visitors),
    secondVisits: Number(row.second_visits),
    timedVisits: Number(row.timed_visits),
    spentSeconds: Number(row.spent_seconds),
  };
}
