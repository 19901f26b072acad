import { describe, expect, it } from 'vitest';
import { dayIn } from './calendar.ts';
import { daysOf, nextRange, PRESETS } from './range-days.ts';

// A Thursday.
const today = '2024-03-14';

describe('the days of a range', () => {
  it.each([
    ['today', '2024-03-14', '2024-03-14'],
    ['yesterday', '2024-03-13', '2024-03-13'],
    ['last-7-days', '2024-03-08', '2024-03-14'],
    ['last-30-days', '2024-02-14', '2024-03-14'],
    ['last-365-days', '2023-03-16', '2024-03-14'],
    ['this-week', '2024-03-11', '2024-03-14'],
    ['this-month', '2024-03-01', '2024-03-14'],
    ['last-month', '2024-02-01', '2024-02-29'],
    ['this-year', '2024-01-01', '2024-03-14'],
    ['last-year', '2023-01-01', '2023-12-31'],
    ['2024-01-02/2024-01-05', '2024-01-02', '2024-01-05'],
    ['2024-01-02/', '2024-01-02', '2024-03-14'],
  ])('%s is from %s to %s', (range, from, to) => expect(daysOf(range, today)).toEqual({ from, to }));

  it.each(['last-24-hours', 'all-time', 'nonsense'])('of %s only the service can know', (range) =>
    expect(daysOf(range, today)).toBeUndefined());

  it('are those of the clocks of the site', () => {
    const now = new Date('2024-03-14T23:30:00Z');
    expect([dayIn('UTC', now), dayIn('Asia/Tokyo', now)]).toEqual(['2024-03-14', '2024-03-15']);
    expect(dayIn('Atlantis/Capital', now)).toMatch(/^2024-03-1[45]$/);
  });
});

describe('a step through time', () => {
  it.each([
    ['today', -1, 'yesterday'],
    ['yesterday', 1, 'today'],
    ['yesterday', -1, '2024-03-12/2024-03-12'],
    ['last-24-hours', -1, 'yesterday'],
    ['last-7-days', -1, '2024-03-01/2024-03-07'],
    ['2024-03-01/2024-03-07', 1, '2024-03-08/2024-03-14'],
    ['2024-03-04/2024-03-10', 1, '2024-03-11/2024-03-14'],
    ['this-month', -1, '2024-02-01/2024-02-29'],
    ['last-month', -1, '2024-01-01/2024-01-31'],
    ['2024-01-01/2024-01-31', 1, '2024-02-01/2024-02-29'],
    ['2024-02-01/2024-02-29', 1, '2024-03-01/2024-03-14'],
    ['this-week', -1, '2024-03-04/2024-03-10'],
    ['this-year', -1, '2023-01-01/2023-12-31'],
    ['2023-10-01/2023-12-31', -1, '2023-07-01/2023-09-30'],
    ['2023-12-01/2023-12-31', -1, '2023-11-01/2023-11-30'],
  ] as const)('from %s by %i leads to %s', (range, direction, next) =>
    expect(nextRange(range, direction, today)).toBe(next));

  it.each([
    'today',
    'last-30-days',
    'this-year',
    'last-24-hours',
    'all-time',
  ])('leads nowhere after %s', (range) => expect(nextRange(range, 1, today)).toBeUndefined());

  it('leads nowhere before all time', () => expect(nextRange('all-time', -1, today)).toBeUndefined());

  it('back and forth ends where it began, for every preset that ends before the present day', () => {
    for (const { name, days } of PRESETS) {
      if (!days || days(today).to >= today) continue;
      const before = nextRange(name, -1, today) as string;
      const again = nextRange(before, 1, today) as string;
      expect(daysOf(again, today)).toEqual(days(today));
    }
  });
});
