import type { Day } from '../day.ts';
import { type FilterReason, filterReasons } from '../filter-reason.ts';
import type { FilteredHits } from './figures.ts';

/** Hits that were kept out for one reason. */
export interface FilteredHitsOfReason {
  readonly reason: FilterReason;
  readonly hits: number;
  /** Days that had such hits, rising. */
  readonly days: readonly { readonly day: Day; readonly hits: number }[];
}

/** By reason: those with most hits first, and those without any, in the order in which reasons are listed. */
export function hitsByReason(rows: readonly FilteredHits[]): FilteredHitsOfReason[] {
  const reasons = Object.keys(filterReasons) as FilterReason[];
  return reasons
    .map((reason) => {
      const days = rows.filter((row) => row.reason === reason).sort((a, b) => a.day - b.day);
      return {
        reason,
        hits: days.reduce((sum, { hits }) => sum + hits, 0),
        days: days.map(({ day, hits }) => ({ day, hits })),
      };
    })
    .sort((a, b) => b.hits - a.hits);
}
