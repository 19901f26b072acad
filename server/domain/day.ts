import type { Instant } from './instant.ts';

/** A date on the calendar of a site: whole days since 1970-01-01, whatever the zone. 2024-03-01 is 19,783. */
export type Day = number;

/** A day as calendars know it: 24 hours. Those of a site can have 23 or 25. */
export const DAY_MS = 86_400_000;

// No zone was ever further from UTC than 15 h 58 min, and none set its clocks twice within a step.
const MAX_OFFSET_MS = 16 * 3_600_000;
const STEP_MS = 2 * MAX_OFFSET_MS;
const OFFSET = /^([+-])(\d\d):(\d\d)(?::(\d\d))?$/;
// 1970-01-01 was a Thursday.
const DAYS_FROM_MONDAY_TO_EPOCH = 3;

/** Time in which the clocks of a zone are not set. */
export interface Stretch {
  readonly from: Instant;
  /** Excluded. */
  readonly to: Instant;
  /** Milliseconds that the clocks are ahead of UTC. */
  readonly offset: number;
}

interface KnownDay {
  readonly day: Day;
  readonly start: Instant;
  readonly end: Instant;
}

// Both grow with the zones of the sites, of which there are few.
const offsets = new Map<string, (at: Instant) => number>();
const recentDays = new Map<string, { readonly newer: KnownDay; readonly older: KnownDay }>();

/**
 * The day of a site that an instant belongs to: the latest that has begun, as {@link startOfDay} has it. That is the
 * date on the clocks of the zone, but where they are set back across midnight: there the new day goes on, as
 * a visit at 0:00:30 must not be of a later day than one at 23:10 that came after it.
 *
 * @param timeZone an IANA zone or a fixed offset such as `+02:00`
 * @throws RangeError for an instant or a zone that there is not
 */
export function dayOf(at: Instant, timeZone: string): Day {
  const known = recentDays.get(timeZone);
  if (known) {
    const { newer, older } = known;
    if (at >= newer.start && at < newer.end) return newer.day;
    // For a while after midnight, visits of both days come by turns.
    if (at >= older.start && at < older.end) return older.day;
  }
  const found = findDay(at, timeZone);
  recentDays.set(timeZone, { newer: found, older: known?.newer ?? found });
  return found.day;
}

/**
 * The first instant at which the clocks of the zone show that day or a later one, to the millisecond; the day ends
 * where the next one starts. That is midnight, or what the clocks show instead where they skip it. A day that the
 * zone left out, as Samoa did 2011-12-30, starts with the day after it and so has no length.
 *
 * Exact from 1970 to 9999, as far as the zones that come with Node are; these leave out much of what was before.
 *
 * @param timeZone an IANA zone or a fixed offset such as `+02:00`
 */
export function startOfDay(day: Day, timeZone: string): Instant {
  return whenClocksShow(day * DAY_MS, timeZone);
}

/**
 * The first instant at which the clocks of the zone show a time or a later one. Of a time that they show twice that is
 * the first, of one that they skip the instant at which they do.
 *
 * @param local the time on the clocks as if it were UTC: the milliseconds since they showed 1970-01-01 0:00
 */
export function whenClocksShow(local: number, timeZone: string): Instant {
  let at = local;
  for (const { from, to, offset } of stretches(local - MAX_OFFSET_MS, local + MAX_OFFSET_MS, timeZone)) {
    at = Math.max(from, local - offset);
    if (at < to) break;
  }
  return at;
}

/** Cuts a time where the clocks of the zone are set, to the millisecond. The parts rise, touch and are not empty. */
export function* stretches(from: Instant, to: Instant, timeZone: string): Generator<Stretch, void> {
  let start = from;
  let offset = offsetMs(from, timeZone);
  let at = from;
  while (at < to) {
    const next = Math.min(at + STEP_MS, to);
    if (offsetMs(next, timeZone) === offset) {
      at = next;
    } else {
      at = whenOffsetEnds(offset, at, next, timeZone);
      yield { from: start, to: at, offset };
      start = at;
      offset = offsetMs(at, timeZone);
    }
  }
  if (start < to) yield { from: start, to, offset };
}

/**
 * Milliseconds that the clocks of a zone are ahead of UTC at an instant. Exact to the second, which some zones of the
 * 1970s need.
 */
export function offsetMs(at: Instant, timeZone: string): number {
  let offset = offsets.get(timeZone);
  if (!offset) {
    offset = createOffset(timeZone);
    offsets.set(timeZone, offset);
  }
  return offset(at);
}

/** `2024-03-01`, for the years 0001 to 9999. */
export function formatDay(day: Day): string {
  return dateOf(day).toISOString().slice(0, 10);
}

/** Reads `2024-03-01`. Null for any other spelling, dates that no calendar has, and years but 0001 to 9999. */
export function parseDay(text: string): Day | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text.startsWith('0000')) return null;
  const day = Date.parse(`${text}T00:00:00Z`) / DAY_MS;
  // Date takes the 30th of February for the 1st or 2nd of March.
  return Number.isInteger(day) && formatDay(day) === text ? day : null;
}

/** Monday of the week that a day is in, as ISO 8601 has weeks. */
export function firstOfWeek(day: Day): Day {
  const weekday = (day + DAYS_FROM_MONDAY_TO_EPOCH) % 7;
  return day - (weekday < 0 ? weekday + 7 : weekday);
}

export function firstOfMonth(day: Day): Day {
  return firstOfMonthAfter(day, 0);
}

/** The first day of the month after the one that a day is in. */
export function nextMonth(day: Day): Day {
  return firstOfMonthAfter(day, 1);
}

export function firstOfYear(day: Day): Day {
  return dateOf(day).setUTCMonth(0, 1) / DAY_MS;
}

/**
 * The same date some months later, or earlier where they are negative. Where that month is too short, its last day: a
 * month before 31 March is 28 or 29 February, a year before 29 February is the 28th.
 */
export function addMonths(day: Day, months: number): Day {
  const first = firstOfMonthAfter(day, months);
  return Math.min(first + day - firstOfMonth(day), nextMonth(first) - 1);
}

function firstOfMonthAfter(day: Day, months: number): Day {
  const date = dateOf(day);
  return date.setUTCMonth(date.getUTCMonth() + months, 1) / DAY_MS;
}

function dateOf(day: Day): Date {
  return new Date(day * DAY_MS);
}

function findDay(at: Instant, timeZone: string): KnownDay {
  let day = Math.floor((at + offsetMs(at, timeZone)) / DAY_MS);
  let end = startOfDay(day + 1, timeZone);
  // Clocks that were set back across midnight show the day before again.
  while (end <= at) {
    day += 1;
    end = startOfDay(day + 1, timeZone);
  }
  return { day, start: startOfDay(day, timeZone), end };
}

/** The first instant after `before`, which has the offset, that does not have it; `after` does not. */
function whenOffsetEnds(offset: number, before: Instant, after: Instant, timeZone: string): Instant {
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(middle, timeZone) === offset) low = middle;
    else high = middle;
  }
  return high;
}

// Not tzOffset of @date-fns/tz: it takes -00:30 for +00:30, Monrovia's -00:44:30 likewise, and needs 40 µs for a fixed
// offset on node 20, which refuses offsets as zones.
function createOffset(timeZone: string): (at: Instant) => number {
  const fixed = parseOffset(timeZone);
  if (fixed !== null) return () => fixed;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  return (at) => {
    // Such as `3/1/2024, GMT-05:00`.
    const text = format.format(at);
    return parseOffset(text.slice(text.lastIndexOf('GMT') + 3)) ?? 0;
  };
}

function parseOffset(text: string): number | null {
  const [, sign, hours, minutes, seconds] = OFFSET.exec(text) ?? [];
  if (!sign) return null;
  const size = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds ?? 0) * 1000;
  return sign === '-' ? -size : size;
}
