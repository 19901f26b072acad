import { describe, expect, test } from 'vitest';
import { type Figures, NO_FIGURES } from './figures.ts';
import { addFigures, sumDays } from './sums.ts';

const day: Figures = {
  visits: 1,
  pixelViews: 2,
  visitors: 3,
  returningVisitors: 4,
  secondVisits: 5,
  timedVisits: 6,
  spentSeconds: 7,
};
const times = (factor: number): Figures => ({
  visits: factor,
  pixelViews: 2 * factor,
  visitors: 3 * factor,
  returningVisitors: 4 * factor,
  secondVisits: 5 * factor,
  timedVisits: 6 * factor,
  spentSeconds: 7 * factor,
});

describe('figures of a longer time', () => {
  test('are the sums of those of shorter ones', () => {
    expect(addFigures(day, times(10))).toEqual(times(11));
    expect(addFigures(day, NO_FIGURES)).toEqual(day);
  });

  test('are summed from the days of each bucket, of which some have none', () => {
    const daily = new Map([
      [9, times(1_000)],
      [10, times(1)],
      [12, times(2)],
      [13, times(4)],
      [16, times(1_000)],
    ]);
    const buckets = [
      { from: 10, to: 12 },
      { from: 13, to: 13 },
      { from: 14, to: 15 },
    ];
    expect(sumDays(daily, buckets)).toEqual([times(3), times(4), NO_FIGURES]);
  });
});
