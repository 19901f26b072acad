import type { ResolvedRange } from '../widget/range.ts';
import type { Clock } from './clock.ts';
import type { Interval } from './history-data.ts';
import type { Span } from './point-times.ts';

const MINUTE_MS = 60_000;
const HALF_DAY_MS = 12 * 60 * MINUTE_MS;

const DATE = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const WEEKDAY = { weekday: 'short', ...DATE } as const;
const TIME = { ...WEEKDAY, hour: 'numeric', minute: '2-digit' } as const;
const TIME_OF_ZONE = { ...TIME, timeZoneName: 'short' } as const;
const HOURS = { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' } as const;
const MONTH = { month: 'long', year: 'numeric' } as const;

/** The time of a point in words, as exactly as its interval needs it. */
export function spanWords({ from, to }: Span, interval: Interval, clock: Clock): string {
  switch (interval) {
    case 'MINUTE':
    case 'HOUR':
      // The last minute, since the hour before midnight would end on another date.
      return clock.formatRange(
        from,
        Math.max(from, to - MINUTE_MS),
        clocksAreSet(from, clock) ? TIME_OF_ZONE : TIME,
      );
    case 'DAY':
      return clock.format(from, WEEKDAY);
    case 'WEEK':
      return clock.formatRange(from, to - 1, DATE);
    case 'MONTH':
      return isWholeMonth({ from, to }, clock)
        ? clock.format(from, MONTH)
        : clock.formatRange(from, to - 1, DATE);
  }
}

/** Whether the clocks may show an hour twice around an instant. */
function clocksAreSet(at: number, clock: Clock): boolean {
  const [earlier, later] = [at - HALF_DAY_MS, at + HALF_DAY_MS] as const;
  return clock.local(later) - clock.local(earlier) !== later - earlier;
}

function isWholeMonth({ from, to }: Span, clock: Clock): boolean {
  return [from, to].every((at) => new Date(clock.local(at)).getUTCDate() === 1);
}

/** A range in words: its days, or its times where it has no whole days. */
export function rangeWords({ firstDay, from, to }: ResolvedRange, clock: Clock): string {
  const [start, end] = [Date.parse(from), Date.parse(to)] as const;
  return firstDay === null ? clock.formatRange(start, end, HOURS) : clock.formatRange(start, end - 1, DATE);
}
