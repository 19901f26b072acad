import { expect, it } from 'vitest';
import { intoView } from './into-view.ts';

it.each([
  ['is in sight', { left: 20, right: 220 }, 0],
  ['ends beyond the right edge', { left: 250, right: 450 }, -138],
  ['begins beyond the left edge', { left: -30, right: 170 }, 38],
  ['is wider than what is in sight', { left: 50, right: 450 }, -42],
])('a box that %s is moved by as little as it takes', (_what, box, shift) => {
  expect(intoView(box, 320)).toBe(shift);
});
