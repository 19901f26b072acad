import { addMonths, DAY_MS, type Day, nextMonth } from '../day.ts';
import type { Instant } from '../instant.ts';
import { offsetMs, whenClocksShow } from '../time-zone.ts';
import { type Range, rangeOfDays, rangeOfInstants } from './range.ts';

/** What a range can be compared with, with what each is. All time is compared with nothing. */
export const comparisons = {
  PREVIOUS_PERIOD:
    'As many days directly before, or the 24 hours before. Weeks, months and years are compared with the one before: ' +
    'THIS_WEEK with the same weekdays, THIS_MONTH with the same dates of the month before (all of it where that is ' +
    'shorter), THIS_YEAR with the same dates of the year before, LAST_MONTH and LAST_YEAR with the whole month or ' +
    'year before. Whole days are compared with whole days: the present one, as far as it has gone, with all of ' +
    'another.',
  YEAR_BEFORE:
    'The same dates a year earlier, 28 February for the 29th; LAST_MONTH with the whole of the same month. ' +
    'LAST_24_HOURS is compared with the 24 hours that ended when the clocks of the site showed the same time on the ' +
    'same date a year earlier.',
} as const;

/** One of {@link comparisons}. */
export type Comparison = keyof typeof comparisons;

/** What a range is compared with, as {@link comparisons} says. Null for `ALL_TIME`. */
export function comparedRange(range: Range, kind: Comparison, timeZone: string): Range | null {
  if (range.preset === 'ALL_TIME') return null;
  if (range.span.unit === 'instants') {
    const to = kind === 'PREVIOUS_PERIOD' ? range.from : yearBefore(range.to, timeZone);
    return rangeOfInstants(null, to - (range.to - range.from), to, timeZone);
  }
  const [first, last] = kind === 'PREVIOUS_PERIOD' ? daysBefore(range) : daysYearBefore(range);
  return rangeOfDays(null, first, last, timeZone);
}

function daysBefore({ preset, firstDay, lastDay }: Range): [first: Day, last: Day] {
  switch (preset) {
    case 'THIS_WEEK':
      return [firstDay - 7, lastDay - 7];
    case 'THIS_MONTH':
      return [addMonths(firstDay, -1), addMonths(lastDay, -1)];
    case 'LAST_MONTH':
      return [addMonths(firstDay, -1), firstDay - 1];
    case 'THIS_YEAR':
    case 'LAST_YEAR':
      return [addMonths(firstDay, -12), addMonths(lastDay, -12)];
    default:
      return [firstDay - (lastDay - firstDay + 1), firstDay - 1];
  }
}

function daysYearBefore({ preset, firstDay, lastDay }: Range): [first: Day, last: Day] {
  const first = addMonths(firstDay, -12);
  // February may have had a day more.
  return [first, preset === 'LAST_MONTH' ? nextMonth(first) - 1 : addMonths(lastDay, -12)];
}

function yearBefore(at: Instant, timeZone: string): Instant {
  const local = at + offsetMs(at, timeZone);
  const date = Math.floor(local / DAY_MS);
  return whenClocksShow(local + (addMonths(date, -12) - date) * DAY_MS, timeZone);
}
