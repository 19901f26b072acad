import type { Day } from '../../domain/day.ts';
import type { FilterReason } from '../../domain/filter-reason.ts';
import type { FilteredHits } from '../../domain/statistics/figures.ts';
import type { Queries } from '../database.ts';

/** Hits kept out, both days included, in the order of days and then of reasons. */
export async function readFilteredHits(
  queries: Queries,
  siteId: number,
  from: Day,
  to: Day,
): Promise<FilteredHits[]> {
  const rows = await queries.filteredHits.findMany({
    where: { siteId, day: { gte: from, lte: to } },
    orderBy: [{ day: 'asc' }, { reason: 'asc' }],
    select: { day: true, reason: true, hits: true },
  });
  return rows.map(({ day, reason, hits }) => ({ day, reason: reason as FilterReason, hits }));
}
