import type { Clock } from './clock.ts';
import type { Interval } from './history-data.ts';

/** A label below a point. */
export interface TimeTick {
  readonly index: number;
  readonly text: string;
  /** Which end of the text is at the point, so that none leaves the chart. */
  readonly anchor: 'start' | 'middle' | 'end';
}

/** What there is to label, and how much room. */
export interface TimeAxis {
  /** First instants of the points. */
  readonly starts: readonly number[];
  readonly interval: Interval;
  readonly clock: Clock;
  /** Where a point is, from 0 to 1. */
  readonly place: (index: number) => number;
  /** Of the axis, in widths of a wide letter of the labels. */
  readonly width: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
// 1970 began on a Thursday.
const FIRST_MONDAY = 4 * DAY;
/** Room between two labels, in letters. */
const APART = 1.5;
/** How near the edge a label no longer has its middle at its point. */
const EDGE = 0.04;

/** How often there is a label: steps of the clock, or of whole months. */
interface Rung {
  readonly ms?: number;
  readonly months?: number;
}

const LADDER: readonly Rung[] = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => ({ ms: minutes * MINUTE })),
  ...[1, 2, 3, 6, 12].map((hours) => ({ ms: hours * HOUR })),
  ...[1, 2, 7, 14].map((days) => ({ ms: days * DAY })),
  ...[1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200].map((months) => ({ months })),
];
const FINEST: Record<Interval, number> = { MINUTE: 0, HOUR: 6, DAY: 11, WEEK: 13, MONTH: 15 };

const TIME = { hour: 'numeric', minute: '2-digit' } as const;
const DATE = { day: 'numeric', month: 'short' } as const;
const MONTH = { month: 'short' } as const;
const MONTH_OF_YEAR = { month: 'short', year: 'numeric' } as const;
const YEAR = { year: 'numeric' } as const;

/** The labels of a time axis: as many as there is room for, at times that people count in, and never one over another. */
export function timeTicks(axis: TimeAxis): TimeTick[] {
  const { starts, interval, clock } = axis;
  const shown = starts.map((start) => clock.local(start));
  for (const rung of LADDER.slice(FINEST[interval])) {
    const ticks = ticksOf(rung, shown, axis).filter((tick) => extent(tick, axis).to <= axis.width + APART);
    if (ticks.length > 0 && apart(ticks, axis)) return ticks;
  }
  return starts.length === 0 ? [] : [tickAt(0, DATE, axis)];
}

/** One where the clocks come to a new step. Set back, they come to none until they show what they have not shown yet. */
function ticksOf(rung: Rung, shown: readonly number[], axis: TimeAxis): TimeTick[] {
  const ticks: TimeTick[] = [];
  let last: number | undefined;
  for (const [index, local] of shown.entries()) {
    const step = stepOf(rung, local);
    const begins = last === undefined ? stepOf(rung, local - 1) < step : step > last;
    if (begins) ticks.push(tickAt(index, styleOf(rung, local, shown[index - 1]), axis));
    last = Math.max(step, last ?? step);
  }
  return ticks;
}

function stepOf({ ms, months = 1 }: Rung, local: number): number {
  if (ms !== undefined) return Math.floor((local - FIRST_MONDAY) / ms);
  return Math.floor(monthOf(local) / months);
}

function monthOf(local: number): number {
  const date = new Date(local);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

/** A day's first label is its date, and a year's first month has the year. */
function styleOf({ ms, months = 1 }: Rung, local: number, before: number | undefined) {
  if (ms !== undefined) {
    const newDay =
      before === undefined ? local % DAY === 0 : Math.floor(before / DAY) < Math.floor(local / DAY);
    return ms < DAY && !newDay ? TIME : DATE;
  }
  if (months >= 12) return YEAR;
  return monthOf(local) % 12 === 0 ? MONTH_OF_YEAR : MONTH;
}

function tickAt(index: number, style: Intl.DateTimeFormatOptions, axis: TimeAxis): TimeTick {
  const at = axis.place(index);
  const anchor = at < EDGE ? 'start' : at > 1 - EDGE ? 'end' : 'middle';
  return { index, text: axis.clock.format(axis.starts[index] ?? 0, style), anchor };
}

const SHIFT = { start: 0, middle: 0.5, end: 1 } as const;

function extent({ index, text, anchor }: TimeTick, { place, width }: TimeAxis): { from: number; to: number } {
  const from = place(index) * width - lettersOf(text) * SHIFT[anchor];
  return { from, to: from + lettersOf(text) };
}

/** Letters of Chinese, Japanese and Korean are twice as wide. */
function lettersOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter >= '\u2e80' ? 2 : 1), 0);
}

function apart(ticks: readonly TimeTick[], axis: TimeAxis): boolean {
  let end = Number.NEGATIVE_INFINITY;
  return ticks.every((tick) => {
    const { from, to } = extent(tick, axis);
    const free = from - end >= APART;
    end = to;
    return free;
  });
}
