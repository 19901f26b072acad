import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placesOf } from './chart-shapes.ts';
import { clockOf } from './clock.ts';
import type { Interval } from './history-data.ts';
import { WIDTHS } from './label-widths.ts';
import { type TimeTick, timeTicks } from './time-axis.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  '+05:45',
  '-03:30',
];
const LANGUAGES = ['en-US', 'en-GB', 'de', 'ja', 'ar', 'hi', 'pt'];
const STEP: Record<Interval, number> = { MINUTE, HOUR, DAY, WEEK: 7 * DAY, MONTH: 30 * DAY };

interface Axis {
  readonly starts: readonly number[];
  readonly interval: Interval;
  readonly timeZone: string;
  readonly language?: string;
  readonly width?: number;
}

function ticksOf({ starts, interval, timeZone, language = 'en-GB', width = 80 }: Axis): TimeTick[] {
  const { at } = placesOf(starts.length);
  return timeTicks({ starts, interval, clock: clockOf(timeZone, language), place: at, width });
}

/** `count` starts from a moment on, as far apart as milliseconds say. */
function starts(from: string, count: number, apart: number): number[] {
  return Array.from({ length: count }, (_, index) => Date.parse(from) + index * apart);
}

// Versions of the locale data differ in the first zero of a time.
const texts = (axis: Axis) => ticksOf(axis).map(({ text }) => text.replace(/^0(?=\d:)/, ''));

describe('the times below a chart', () => {
  it('are weeks of a month of days, from Monday on', () => {
    const days = starts('2026-10-25T23:00:00Z', 30, DAY);
    expect(texts({ starts: days, interval: 'DAY', timeZone: 'Europe/Berlin' })).toEqual([
      '26 Oct',
      '2 Nov',
      '9 Nov',
      '16 Nov',
      '23 Nov',
    ]);
  });

  it('are months of a year of weeks, with the year where it begins', () => {
    const weeks = starts('2023-11-06T00:00:00Z', 53, 7 * DAY);
    const shown = texts({ starts: weeks, interval: 'WEEK', timeZone: 'UTC' });
    expect(shown).toContain('Jan 2024');
    expect(shown.length).toBeGreaterThan(4);
  });

  it('are hours of a day, with the date at midnight', () => {
    const hours = starts('2026-11-23T15:00:00Z', 24, HOUR);
    expect(texts({ starts: hours, interval: 'HOUR', timeZone: 'UTC' })).toEqual([
      '15:00',
      '18:00',
      '21:00',
      '24 Nov',
      '3:00',
      '6:00',
      '9:00',
      '12:00',
    ]);
  });

  it.each([
    ['of 23 hours', '2026-03-28T23:00:00Z', 23, 120],
    ['of 25 hours', '2026-10-24T22:00:00Z', 25, 100],
  ])('are those that the clocks show on a day %s', (_, from, count, width) => {
    const hours = starts(from, count, HOUR);
    const shown = texts({ starts: hours, interval: 'HOUR', timeZone: 'Europe/Berlin', width });
    expect(shown.slice(1)).toEqual(['3:00', '6:00', '9:00', '12:00', '15:00', '18:00', '21:00']);
  });

  it('are full hours where a zone is not a full number of hours from UTC', () => {
    const hours = starts('2026-11-22T18:15:00Z', 24, HOUR);
    for (const timeZone of ['Asia/Kathmandu', '+05:45']) {
      expect(texts({ starts: hours, interval: 'HOUR', timeZone }).slice(0, 3)).toEqual([
        '23 Nov',
        '3:00',
        '6:00',
      ]);
    }
  });

  it('begin a day whose midnight is skipped with its date', () => {
    // Clocks in Cairo go from 0:00 to 1:00 on 24 April 2026.
    const hours = starts('2026-04-23T20:00:00Z', 30, HOUR);
    expect(texts({ starts: hours, interval: 'HOUR', timeZone: 'Africa/Cairo' })).toContain('24 Apr');
  });

  it('has one for a point alone, and none for none', () => {
    expect(
      texts({ starts: starts('2026-11-23T00:00:00Z', 1, DAY), interval: 'DAY', timeZone: 'UTC' }),
    ).toEqual(['23 Nov']);
    expect(texts({ starts: [], interval: 'DAY', timeZone: 'UTC' })).toEqual([]);
  });

  it('are there and never one over another, whatever the zone, the language, the range and the width', () => {
    const axes = fc.record({
      interval: fc.constantFrom(...(Object.keys(STEP) as Interval[])),
      timeZone: fc.constantFrom(...ZONES),
      language: fc.constantFrom(...LANGUAGES),
      width: fc.constantFrom(...WIDTHS.map(({ axis }) => axis)),
      count: fc.integer({ min: 1, max: 400 }),
      from: fc.integer({ min: Date.parse('1990-01-01') / MINUTE, max: Date.parse('2040-01-01') / MINUTE }),
    });
    fc.assert(
      fc.property(axes, ({ count, from, ...axis }) => {
        const apart = STEP[axis.interval];
        const all = Array.from({ length: count }, (_, index) => from * MINUTE + index * apart);
        const ticks = ticksOf({ ...axis, starts: all });
        const { at } = placesOf(count);
        expect(ticks.length).toBeGreaterThan(0);
        let end = Number.NEGATIVE_INFINITY;
        for (const { index, text, anchor } of ticks) {
          const length = [...text].reduce((sum, letter) => sum + (letter > '\u2fff' ? 2 : 1), 0);
          const start = at(index) * axis.width - { start: 0, middle: length / 2, end: length }[anchor];
          expect(start).toBeGreaterThan(end);
          end = start + length;
        }
      }),
      { numRuns: 150 },
    );
  });
});
