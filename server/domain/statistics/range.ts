import {
  addMonths,
  type Day,
  dayOf,
  firstOfMonth,
  firstOfWeek,
  firstOfYear,
  formatDay,
  parseDay,
  startOfDay,
} from '../day.ts';
import { DomainError } from '../errors.ts';
import type { Instant } from '../instant.ts';
import { isSet } from '../is-set.ts';
import { offsetMs } from '../time-zone.ts';
import type { Span } from './figures.ts';
import { DEFAULT_PRESET, type Preset } from './preset.ts';

/** The earliest date that a range can begin with: the web is not older. */
export const EARLIEST_DAY: Day = 7305; // 1990-01-01
/** How far in the future a range can end, in months. */
const MONTHS_AHEAD = 12;

const HOUR_MS = 3_600_000;

/** A preset or dates, not both. Nothing at all is the {@link DEFAULT_PRESET}. */
export interface RangeInput {
  readonly preset?: Preset | null | undefined;
  /** The first day, such as `2024-03-01`: from 1990-01-01 to the present day. */
  readonly from?: string | null | undefined;
  /**
   * The last day, which is included; the present one where it is not given. One that has not come, up to a year ahead,
   * is taken for the present day: a month or a year can be asked for by its dates before it is over.
   */
  readonly to?: string | null | undefined;
}

/** A time to count visits of. */
export interface Range {
  /** Null for dates, and for what another range is compared with. */
  readonly preset: Preset | null;
  /** What to ask the storage for. */
  readonly span: Span;
  /** The day of the site that the range begins on; all of it is in the range where the span is of days. */
  readonly firstDay: Day;
  /** The day of the site that the range ends on, likewise. */
  readonly lastDay: Day;
  readonly from: Instant;
  /** Excluded. Where the present day is in the range, that is after now. */
  readonly to: Instant;
}

/** What the meaning of a range depends on. */
export interface RangeContext {
  readonly now: Instant;
  /** An IANA zone or a fixed offset such as `+02:00`. */
  readonly timeZone: string;
  /** The first day with data; null where there is none. Asked for `ALL_TIME` only. */
  readonly firstDay: () => Promise<Day | null>;
}

/**
 * The time that is meant.
 *
 * @throws DomainError `INVALID_ARGUMENT`, which names `range.preset`, `range.from` or `range.to`: a preset together
 * with dates, an end without a beginning, what is no date, a beginning after the end or the present day or before
 * 1990, an end more than a year ahead
 */
export async function resolveRange(input: RangeInput, context: RangeContext): Promise<Range> {
  const { now, timeZone } = context;
  const today = dayOf(now, timeZone);
  const hasDates = isSet(input.from) || isSet(input.to);
  if (isSet(input.preset) && hasDates) {
    throw invalid(`range.preset is ${input.preset}, and there are dates too; give one or the other.`);
  }
  if (hasDates) return rangeOfDays(null, ...readDates(input, today), timeZone);

  const preset = input.preset ?? DEFAULT_PRESET;
  if (preset === 'LAST_24_HOURS') {
    const offset = offsetMs(now, timeZone);
    const to = (Math.floor((now + offset) / HOUR_MS) + 1) * HOUR_MS - offset;
    return rangeOfInstants(preset, to - 24 * HOUR_MS, to, timeZone);
  }
  if (preset === 'ALL_TIME') {
    const first = (await context.firstDay()) ?? today;
    return rangeOfDays(preset, Math.min(first, today), today, timeZone);
  }
  return rangeOfDays(preset, ...daysOf(preset, today), timeZone);
}

/**
 * Refuses a range that a token is not for.
 * @param within null where it is for all of them
 * @throws DomainError `FORBIDDEN`
 */
export function checkWithin({ from, to }: Range, within: Range | null): void {
  if (within === null || (from >= within.from && to <= within.to)) return;
  throw new DomainError(
    'FORBIDDEN',
    `This token is for ${formatDay(within.firstDay)} to ${formatDay(within.lastDay)}, and the range is not within.`,
  );
}

/** Whole days of a site, both ends included. */
export function rangeOfDays(preset: Preset | null, firstDay: Day, lastDay: Day, timeZone: string): Range {
  return {
    preset,
    span: { unit: 'days', from: firstDay, to: lastDay },
    firstDay,
    lastDay,
    from: startOfDay(firstDay, timeZone),
    to: startOfDay(lastDay + 1, timeZone),
  };
}

/** Time that need not begin or end with a day, the last instant excluded. */
export function rangeOfInstants(preset: Preset | null, from: Instant, to: Instant, timeZone: string): Range {
  return {
    preset,
    span: { unit: 'instants', from, to },
    firstDay: dayOf(from, timeZone),
    lastDay: dayOf(to - 1, timeZone),
    from,
    to,
  };
}

function daysOf(preset: Exclude<Preset, 'LAST_24_HOURS' | 'ALL_TIME'>, today: Day): [first: Day, last: Day] {
  switch (preset) {
    case 'TODAY':
      return [today, today];
    case 'YESTERDAY':
      return [today - 1, today - 1];
    case 'LAST_7_DAYS':
      return [today - 6, today];
    case 'LAST_30_DAYS':
      return [today - 29, today];
    case 'LAST_365_DAYS':
      return [today - 364, today];
    case 'THIS_WEEK':
      return [firstOfWeek(today), today];
    case 'THIS_MONTH':
      return [firstOfMonth(today), today];
    case 'LAST_MONTH':
      return [addMonths(firstOfMonth(today), -1), firstOfMonth(today) - 1];
    case 'THIS_YEAR':
      return [firstOfYear(today), today];
    case 'LAST_YEAR':
      return [addMonths(firstOfYear(today), -12), firstOfYear(today) - 1];
  }
}

function readDates({ from, to }: RangeInput, today: Day): [first: Day, last: Day] {
  if (!isSet(from)) throw invalid('range.from is missing; range.to alone does not say where to begin.');
  const first = readDate('range.from', from);
  const last = isSet(to) ? readDate('range.to', to) : today;
  if (first < EARLIEST_DAY || first > today) {
    throw invalid(
      `range.from is ${from}; it must be from ${formatDay(EARLIEST_DAY)} to ${formatDay(today)}, ` +
        'the present day of the site.',
    );
  }
  const latest = addMonths(today, MONTHS_AHEAD);
  if (last > latest) throw invalid(`range.to is ${to}; it must not be after ${formatDay(latest)}.`);
  if (first > last) throw invalid(`range.from is ${from}; it must not be after range.to, which is ${to}.`);
  return [first, Math.min(last, today)];
}

function readDate(argument: string, given: string): Day {
  const day = parseDay(given);
  if (day === null) {
    const shown = JSON.stringify(given.slice(0, 100));
    throw invalid(`${argument} is ${shown}; it must be a date that calendars have, such as 2024-03-01.`);
  }
  return day;
}

function invalid(message: string): DomainError {
  return new DomainError('INVALID_ARGUMENT', message);
}
