import { type Day, type Days, lengthOf, monthFrom, plusDays, weekdayOf } from './calendar.ts';

/** A range that has a name. */
export interface Preset {
  readonly name: string;
  readonly word: string;
  /** Its days; absent where it is no whole days, or nobody but the service knows them. */
  readonly days?: (today: Day) => Days;
}

/** The present day and those before it. */
const last = (days: number) => (today: Day) => ({ from: plusDays(today, 1 - days), to: today });
const yearOf = (today: Day) => Number(today.slice(0, 4));

/** All presets, in the order in which they are offered. */
export const PRESETS: readonly Preset[] = [
  { name: 'today', word: 'Today', days: last(1) },
  {
    name: 'yesterday',
    word: 'Yesterday',
    days: (today) => ({ from: plusDays(today, -1), to: plusDays(today, -1) }),
  },
  { name: 'last-24-hours', word: 'Last 24 hours' },
  { name: 'last-7-days', word: 'Last 7 days', days: last(7) },
  { name: 'last-30-days', word: 'Last 30 days', days: last(30) },
  { name: 'last-365-days', word: 'Last 365 days', days: last(365) },
  {
    name: 'this-week',
    word: 'This week',
    days: (today) => ({ from: plusDays(today, -weekdayOf(today)), to: today }),
  },
  { name: 'this-month', word: 'This month', days: (today) => ({ from: monthFrom(today, 0), to: today }) },
  {
    name: 'last-month',
    word: 'Last month',
    days: (today) => ({ from: monthFrom(today, -1), to: plusDays(monthFrom(today, 0), -1) }),
  },
  { name: 'this-year', word: 'This year', days: (today) => ({ from: `${yearOf(today)}-01-01`, to: today }) },
  {
    name: 'last-year',
    word: 'Last year',
    days: (today) => ({ from: `${yearOf(today) - 1}-01-01`, to: `${yearOf(today) - 1}-12-31` }),
  },
  { name: 'all-time', word: 'All time' },
];

const DATES = /^(\d{4}-\d\d-\d\d)\/(\d{4}-\d\d-\d\d)?$/;

/** The days of a range, as far as they are known without the service. */
export function daysOf(range: string, today: Day): Days | undefined {
  const [, from, to = today] = DATES.exec(range) ?? [];
  if (from !== undefined) return { from, to };
  return PRESETS.find(({ name }) => name === range)?.days?.(today);
}

/** The range of some days, by its name where it is the present day or the one before. */
function rangeOf(days: Days, today: Day): string {
  const named = PRESETS.slice(0, 2).find((preset) => {
    const its = preset.days?.(today);
    return its?.from === days.from && its.to === days.to;
  });
  return named?.name ?? `${days.from}/${days.to}`;
}

/**
 * The range before (-1) or after (1) another: as long, and next to it; whole months are followed by whole months.
 * Undefined where there is none, as after the present day.
 */
export function nextRange(range: string, direction: -1 | 1, today: Day): string | undefined {
  if (range === 'last-24-hours') return direction < 0 ? 'yesterday' : undefined;
  const days = daysOf(range, today);
  if (!days || (direction > 0 && days.to >= today)) return undefined;
  const whole = { from: days.from, to: ENDS[range]?.(today) ?? days.to };
  const next = isMonths(whole) ? byMonths(whole, direction) : byDays(whole, direction);
  return rangeOf({ ...next, to: next.to > today ? today : next.to }, today);
}

/** Where ranges that have begun will end: before this week there was a whole one. */
const ENDS: Readonly<Record<string, (today: Day) => Day>> = {
  'this-week': (today) => plusDays(today, 6 - weekdayOf(today)),
  'this-month': (today) => plusDays(monthFrom(today, 1), -1),
  'this-year': (today) => `${yearOf(today)}-12-31`,
};

function isMonths({ from, to }: Days): boolean {
  return from === monthFrom(from, 0) && plusDays(to, 1) === monthFrom(to, 1);
}

function byMonths({ from, to }: Days, direction: number): Days {
  const months = monthsBetween(from, to) * direction;
  return { from: monthFrom(from, months), to: plusDays(monthFrom(to, months + 1), -1) };
}

function monthsBetween(from: Day, to: Day): number {
  const month = (day: Day) => yearOf(day) * 12 + Number(day.slice(5, 7));
  return month(to) - month(from) + 1;
}

function byDays(days: Days, direction: number): Days {
  const step = lengthOf(days) * direction;
  return { from: plusDays(days.from, step), to: plusDays(days.to, step) };
}
