import { describe, expect, test } from 'vitest';
import { type Day, formatDay, parseDay } from '../domain/day.ts';
import { planDays } from './days.ts';
import { createSequences } from './random.ts';

const HOUR = 3_600_000;

function date(text: string): Day {
  return parseDay(text) ?? Number.NaN;
}

function plan(first: string, last: string, timeZone = 'UTC', visits = 100_000) {
  const random = createSequences(1)();
  return planDays({ random, visits, first: date(first), last: date(last), timeZone, spikes: [] });
}

const visitsOf = ({ firstVisit, endVisit }: { firstVisit: number; endVisit: number }) =>
  endVisit - firstVisit;

describe('visits are spread over days', () => {
  test.each([1, 7, 364, 99_999])('and %d of them all find one', (visits) => {
    const days = plan('2024-01-01', '2024-12-31', 'UTC', visits);
    expect(days).toHaveLength(366);
    expect(days.reduce((sum, day) => sum + visitsOf(day), 0)).toBe(visits);
    expect(days.every((day) => visitsOf(day) >= 0)).toBe(true);
  });

  test('that follow each other without a gap, in the zone of the site', () => {
    const days = plan('2024-10-26', '2024-10-28', 'Europe/Berlin');
    expect(days.map(({ day, from, to }) => [formatDay(day), (to - from) / HOUR])).toEqual([
      ['2024-10-26', 24],
      ['2024-10-27', 25],
      ['2024-10-28', 24],
    ]);
    expect(days.map(({ to }) => to).slice(0, -1)).toEqual(days.map(({ from }) => from).slice(1));
  });

  test('with none on a day that the zone left out', () => {
    const days = plan('2011-12-29', '2011-12-31', 'Pacific/Apia');
    expect(days.map((day) => visitsOf(day) > 0)).toEqual([true, false, true]);
    expect(() => plan('2011-12-30', '2011-12-30', 'Pacific/Apia')).toThrow(/Pacific\/Apia.*2011-12-30/);
  });
});
