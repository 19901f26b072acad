import { expect, it } from 'vitest';
import { usualInterval } from './interval.ts';

it.each([
  [null, null, 'HOUR'],
  ['2026-11-23', '2026-11-24', 'HOUR'],
  ['2026-11-22', '2026-11-24', 'DAY'],
  ['2026-01-01', '2026-04-02', 'DAY'],
  ['2026-01-01', '2026-04-03', 'WEEK'],
  ['2024-01-01', '2025-12-31', 'WEEK'],
  ['2024-01-01', '2026-01-01', 'MONTH'],
] as const)('a range from %s to %s is cut by %s', (firstDay, lastDay, interval) => {
  expect(usualInterval({ firstDay, lastDay })).toBe(interval);
});
