import type { Range } from './range.ts';

/** What a series can be cut into, finest first, with what each is. All are those of the site's time zone. */
export const intervals = {
  MINUTE: 'Begins when the clocks of the site show a full minute, or are set.',
  HOUR:
    'Begins when the clocks of the site show a full hour, or are set: an hour that they show twice is there twice, ' +
    'one that they skip is not, and where they are set by half an hour there is one that is half as long.',
  DAY:
    'From midnight to midnight, or from what the clocks show instead where they skip it: 23 or 25 hours where they ' +
    'are set. A date that the zone left out is not there.',
  WEEK: 'From Monday to Sunday, as ISO 8601 has weeks.',
  MONTH: 'From the 1st of a month to its last day.',
} as const;

/** One of {@link intervals}. */
export type Interval = keyof typeof intervals;

/**
 * The interval that shows a range well where none is asked for: hours for up to 2 days, days for up to 92 (a quarter of
 * a year), weeks for up to 731 (two years), months for more.
 */
export function defaultInterval({ firstDay, lastDay }: Range): Interval {
  const days = lastDay - firstDay + 1;
  if (days <= 2) return 'HOUR';
  if (days <= 92) return 'DAY';
  return days <= 731 ? 'WEEK' : 'MONTH';
}
