import type { Figures } from '../../domain/statistics/figures.ts';

/** Figures as the statements here call them. A sum of nothing is null. */
export interface FigureRow {
  readonly visits: bigint | number | null;
  readonly pixel_views: bigint | number | null;
  readonly visitors: bigint | number | null;
  readonly returning_visitors: bigint | number | null;
  readonly second_visits: bigint | number | null;
  readonly timed_visits: bigint | number | null;
  readonly spent_seconds: bigint | number | null;
}

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
