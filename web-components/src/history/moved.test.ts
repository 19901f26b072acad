import { describe, expect, it } from 'vitest';
import { moved } from './moved.ts';

const here = { index: 10, points: 30, direction: 'ltr' } as const;

describe('a key in a chart', () => {
  it.each([
    ['ArrowRight', 11],
    ['ArrowLeft', 9],
    ['ArrowUp', 11],
    ['ArrowDown', 9],
    ['PageUp', 13],
    ['PageDown', 7],
    ['Home', 0],
    ['End', 29],
  ])('%s leads to a point', (key, index) => expect(moved(key, here)).toBe(index));

  it('leads the other way where the page is written from right to left', () => {
    expect(moved('ArrowRight', { ...here, direction: 'rtl' })).toBe(9);
  });

  it('stays within the chart', () => {
    expect([moved('ArrowLeft', { ...here, index: 0 }), moved('PageUp', { ...here, index: 29 })]).toEqual([
      0, 29,
    ]);
  });

  it('leads nowhere when it is another one', () => {
    expect([moved('a', here), moved('Tab', here), moved('toString', here)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
