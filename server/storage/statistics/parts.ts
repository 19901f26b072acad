import { type Day, firstOfMonth, nextMonth } from '../../domain/day.ts';
import { PERIOD } from '../rollup-sql.ts';

/** Roll-ups of one period that begin on these days. */
export interface Part {
  readonly period: (typeof PERIOD)[keyof typeof PERIOD];
  readonly from: Day;
  /** Excluded; the part is empty where it is not after `from`. */
  readonly end: Day;
}

/**
 * The roll-ups that make up some days: of the months that lie within, and of the days before and after those. A year
 * is 12 months and 60 days at most.
 * @param to included
 * @returns always three parts, so that the statements that read them have one text
 */
export function partsOf({ from, to }: { readonly from: Day; readonly to: Day }): readonly [Part, Part, Part] {
  const end = to + 1;
  const firstMonth = firstOfMonth(from) === from ? from : nextMonth(from);
  const endMonth = Math.max(firstMonth, firstOfMonth(end));
  return [
    { period: PERIOD.day, from, end: Math.min(firstMonth, end) },
    { period: PERIOD.month, from: firstMonth, end: endMonth },
    { period: PERIOD.day, from: endMonth, end },
  ];
}
