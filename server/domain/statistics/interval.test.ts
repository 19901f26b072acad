import { describe, expect, test } from 'vitest';
import { defaultInterval } from './interval.ts';
import { rangeOfDays, rangeOfInstants } from './range.ts';

describe('the interval that shows a range well', () => {
  test.each([
    [1, 'HOUR'],
    [2, 'HOUR'],
    [3, 'DAY'],
    [30, 'DAY'],
    [92, 'DAY'],
    [93, 'WEEK'],
    [365, 'WEEK'],
    [731, 'WEEK'],
    [732, 'MONTH'],
    [20_000, 'MONTH'],
  ])('is for %d days %s', (days, expected) => {
    expect(defaultInterval(rangeOfDays(null, 19_783, 19_783 + days - 1, 'UTC'))).toBe(expected);
  });

  test('is the hour for 24 hours, wherever they begin', () => {
    const noon = Date.UTC(2024, 2, 1, 12);
    expect(defaultInterval(rangeOfInstants(null, noon - 86_400_000, noon, 'UTC'))).toBe('HOUR');
  });
});
