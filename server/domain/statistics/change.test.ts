import { expect, test } from 'vitest';
import { relativeChange } from './change.ts';

test.each([
  [15, 10, 0.5],
  [5, 10, -0.5],
  [10, 10, 0],
  [0, 10, -1],
  [4, 3, 1 / 3],
  [0.5, 0.25, 1],
])('from what it was, %d after %d is a change of %d', (now, before, expected) => {
  expect(relativeChange(now, before)).toBe(expected);
});

test('there is no change from nothing', () => {
  expect(relativeChange(5, 0)).toBeNull();
  expect(relativeChange(0, 0)).toBeNull();
});
