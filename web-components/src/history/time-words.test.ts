import { describe, expect, it } from 'vitest';
import { clockOf } from './clock.ts';
import type { Interval } from './history-data.ts';
import { pointTimes } from './point-times.ts';
import { rangeWords, spanWords } from './time-words.ts';

interface Series {
  readonly starts: readonly string[];
  readonly to: string;
  readonly interval: Interval;
  readonly timeZone?: string;
}

function words({ starts, to, interval, timeZone = 'UTC' }: Series): string[] {
  const clock = clockOf(timeZone, 'en-GB');
  const points = starts.map((start) => ({ start, value: 1 }));
  // Versions of the locale data differ in spaces around a dash.
  return pointTimes(points, { to }, interval).map((span) =>
    spanWords(span, interval, clock).replace(/\s*–\s*/, '–'),
  );
}

describe('the time of a point', () => {
  it('is an hour to its last minute, also before midnight', () => {
    const series = { starts: ['2026-11-23T14:00:00Z', '2026-11-23T23:00:00Z'], to: '2026-11-24T00:00:00Z' };
    expect(words({ ...series, interval: 'HOUR' })).toEqual([
      'Mon, 23 Nov 2026, 14:00–14:59',
      'Mon, 23 Nov 2026, 23:00–23:59',
    ]);
  });

  it('is the hour that it is part of, where the range goes on', () => {
    const series = { starts: ['2026-11-23T14:00:00Z'], to: '2026-11-24T00:00:00Z' };
    expect(words({ ...series, interval: 'HOUR' })).toEqual(['Mon, 23 Nov 2026, 14:00–14:59']);
  });

  it('tells the two hours apart that the clocks show twice', () => {
    const series = { starts: ['2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z'], to: '2026-10-25T02:00:00Z' };
    const [first, second] = words({ ...series, interval: 'HOUR', timeZone: 'Europe/Berlin' });
    expect(first).toContain('02:00');
    expect(second).toContain('02:00');
    expect(first).not.toBe(second);
  });

  it('is a minute', () => {
    const series = { starts: ['2026-11-23T14:05:00Z'], to: '2026-11-23T14:06:00Z' };
    expect(words({ ...series, interval: 'MINUTE' })).toEqual(['Mon, 23 Nov 2026, 14:05']);
  });

  it('is the date in the zone of the site', () => {
    const series = { starts: ['2026-11-22T18:15:00Z'], to: '2026-11-23T18:15:00Z' };
    expect(words({ ...series, interval: 'DAY', timeZone: '+05:45' })).toEqual(['Mon, 23 Nov 2026']);
  });

  it('is a week from its first to its last day, shorter where the range is', () => {
    const series = { starts: ['2026-11-12T00:00:00Z', '2026-11-16T00:00:00Z'], to: '2026-11-20T00:00:00Z' };
    expect(words({ ...series, interval: 'WEEK' })).toEqual(['12–15 Nov 2026', '16–19 Nov 2026']);
  });

  it('is a whole month by its name, and a part of one by its days', () => {
    const series = { starts: ['2026-09-10T00:00:00Z', '2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z'] };
    expect(words({ ...series, to: '2026-11-25T00:00:00Z', interval: 'MONTH' })).toEqual([
      '10–30 Sept 2026',
      'October 2026',
      '1–24 Nov 2026',
    ]);
  });
});

describe('a range in words', () => {
  const clock = clockOf('Europe/Berlin', 'en-GB');

  it('has its first and last day', () => {
    const range = { preset: null, from: '2026-09-30T22:00:00Z', to: '2026-10-31T23:00:00Z' };
    expect(rangeWords({ ...range, firstDay: '2026-10-01', lastDay: '2026-10-31' }, clock)).toMatch(
      /^1\s?–\s?31 Oct 2026$/,
    );
  });

  it('has its times where it is 24 hours', () => {
    const range = { preset: 'LAST_24_HOURS', from: '2026-11-22T14:00:00Z', to: '2026-11-23T14:00:00Z' };
    expect(rangeWords({ ...range, firstDay: null, lastDay: null }, clock)).toMatch(
      /22 Nov,? 15:00.+23 Nov,? 15:00/,
    );
  });
});
