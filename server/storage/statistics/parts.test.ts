import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Day, nextMonth, parseDay } from '../../domain/day.ts';
import { PERIOD } from '../rollup-sql.ts';
import { partsOf } from './parts.ts';

const date = (text: string): Day => parseDay(text) ?? Number.NaN;

/** First days of the roll-ups that are read. */
function read(from: Day, to: Day): { months: Day[]; days: Day[] } {
  const months: Day[] = [];
  const days: Day[] = [];
  for (const part of partsOf({ from, to })) {
    const next = part.period === PERIOD.month ? nextMonth : (day: Day) => day + 1;
    const found = part.period === PERIOD.month ? months : days;
    for (let day = part.from; day < part.end; day = next(day)) found.push(day);
  }
  return { months, days };
}

describe('the roll-ups that are read', () => {
  test.each([
    ['2024-02-01', '2024-02-29', 1, 0],
    ['2024-02-01', '2024-02-28', 0, 28],
    ['2024-02-02', '2024-02-29', 0, 28],
    ['2024-01-31', '2024-03-01', 1, 2],
    ['2024-01-15', '2024-02-14', 0, 31],
    ['2024-01-01', '2024-12-31', 12, 0],
    ['2023-12-31', '2024-12-30', 11, 31],
    ['2023-03-02', '2024-03-01', 11, 31],
    ['2024-03-31', '2024-03-31', 0, 1],
  ])('for %s to %s are %d months and %d days', (from, to, months, days) => {
    const found = read(date(from), date(to));
    expect([found.months.length, found.days.length]).toEqual([months, days]);
  });

  test('have every day once, and few days beside the months', () => {
    const day = fc.integer({ min: date('1999-12-01'), max: date('2004-03-31') });
    fc.assert(
      fc.property(day, fc.nat({ max: 800 }), (from, more) => {
        const { months, days } = read(from, from + more);
        const all = [
          ...days,
          ...months.flatMap((first) =>
            Array.from({ length: nextMonth(first) - first }, (_, index) => first + index),
          ),
        ];
        expect(all.sort((a, b) => a - b)).toEqual(
          Array.from({ length: more + 1 }, (_, index) => from + index),
        );
        expect(days.length).toBeLessThanOrEqual(60);
      }),
    );
  });
});
