import type { Instant } from './instant.ts';
import { offsetMs, whenClocksShow } from './time-zone.ts';

/** A date on the calendar of a site: whole days since 1970-01-01, whatever the zone. 2024-03-01 is 19,783. */
export type Day = number;

/** A day as calendars know it: 24 hours. Those of a site can have 23 or 25. */
export const DAY_MS = 86_400_000;

// 1970-01-01 was a Thursday.
const DAYS_FROM_MONDAY_TO_EPOCH = 3;

interface KnownDay {
  readonly day: Day;
  readonly start: Instant;
  readonly end: Instant;
}

// Grows with the zones of the sites, of which there are few.
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
