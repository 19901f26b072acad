import { type Day, firstOfWeek, nextMonth, startOfDay } from '../day.ts';
import { DomainError } from '../errors.ts';
import type { Instant } from '../instant.ts';
import { stretches } from '../time-zone.ts';
import { type Interval, intervals } from './interval.ts';
import type { Range } from './range.ts';

/** Most buckets of a series. */
export const MAX_BUCKETS = 2_000;

const SIZES = { MINUTE: 60_000, HOUR: 3_600_000 } as const satisfies Partial<Record<Interval, number>>;
const NEXT: Record<Exclude<Interval, keyof typeof SIZES>, (day: Day) => Day> = {
  DAY: (day) => day + 1,
  WEEK: (day) => firstOfWeek(day) + 7,
  MONTH: nextMonth,
};

/** Whole days, both ends included. */
export interface Days {
  readonly from: Day;
  readonly to: Day;
}

/** The parts of a series: each ends where the next begins, the last one at `end`. None is empty. */
export interface Buckets {
  /** Rising; the first is the beginning of the range. */
  readonly starts: readonly Instant[];
  /** Excluded. */
  readonly end: Instant;
  /** The days of each bucket, where it is made of whole days. */
  readonly days: readonly Days[] | null;
}

/**
 * Cuts a range into intervals, with those that have no visits. The first and the last are cut where the range begins
 * and ends, so that all of them together are the range. What has not come is among them: see {@link begunBuckets}.
 *
 * @throws DomainError `INVALID_ARGUMENT`, which names `interval`, where there are more than {@link MAX_BUCKETS}
 */
export function bucketsOf(range: Range, interval: Interval, timeZone: string): Buckets {
  const buckets = isOfClocks(interval)
    ? bucketsOfClocks(range, interval, timeZone)
    : bucketsOfDays(range, interval, timeZone);
  if (!buckets) throw tooMany(range, interval, timeZone);
  return buckets;
}

/** Only the buckets that have begun, so that a line does not fall to 0 where the future begins. */
export function begunBuckets({ starts, end, days }: Buckets, now: Instant): Buckets {
  const begun = starts.filter((start) => start <= now);
  return { starts: begun, end: starts[begun.length] ?? end, days: days?.slice(0, begun.length) ?? null };
}

function isOfClocks(interval: Interval): interval is keyof typeof SIZES {
  return interval in SIZES;
}

function bucketsOfClocks(range: Range, interval: keyof typeof SIZES, timeZone: string): Buckets | null {
  const starts = takeAll(startsOnClocks(range, SIZES[interval], timeZone));
  return starts && { starts, end: range.to, days: null };
}

function bucketsOfDays(range: Range, interval: keyof typeof NEXT, timeZone: string): Buckets | null {
  const parts = takeAll(cutDays(range, NEXT[interval]));
  if (!parts) return null;
  const bounds = [range.from, ...parts.slice(1).map(({ from }) => startOfDay(from, timeZone)), range.to];
  // A day that the zone left out starts with the next one.
  const isThere = (_part: unknown, index: number) => bounds[index] !== bounds[index + 1];
  return {
    starts: bounds.slice(0, -1).filter(isThere),
    end: range.to,
    days: range.span.unit === 'days' ? parts.filter(isThere) : null,
  };
}

function* startsOnClocks({ from, to }: Range, size: number, timeZone: string): Generator<Instant, void> {
  for (const stretch of stretches(from, to, timeZone)) {
    yield stretch.from;
    const next = Math.floor((stretch.from + stretch.offset) / size) + 1;
    for (let start = next * size - stretch.offset; start < stretch.to; start += size) yield start;
  }
}

function* cutDays({ firstDay, lastDay }: Range, nextOf: (day: Day) => Day): Generator<Days, void> {
  let from = firstDay;
  while (from <= lastDay) {
    const next = nextOf(from);
    yield { from, to: Math.min(next - 1, lastDay) };
    from = next;
  }
}

/** Null where there are too many. */
function takeAll<T>(parts: Iterable<T>): T[] | null {
  const taken: T[] = [];
  for (const part of parts) {
    if (taken.length === MAX_BUCKETS) return null;
    taken.push(part);
  }
  return taken;
}

function tooMany(range: Range, interval: Interval, timeZone: string): DomainError {
  const names = Object.keys(intervals) as Interval[];
  const coarser = names
    .slice(names.indexOf(interval) + 1)
    .find((candidate) =>
      isOfClocks(candidate)
        ? takeAll(startsOnClocks(range, SIZES[candidate], timeZone))
        : takeAll(cutDays(range, NEXT[candidate])),
    );
  return new DomainError(
    'INVALID_ARGUMENT',
    `interval is ${interval}, which cuts this range into more than ${MAX_BUCKETS} parts; ` +
      `${coarser ? `${coarser} would do` : 'ask for a shorter range'}.`,
  );
}
