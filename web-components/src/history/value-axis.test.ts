import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FigureKind } from './figure.ts';
import { valueTicks } from './value-axis.ts';

const KINDS: FigureKind[] = ['count', 'seconds', 'share'];

describe('the values beside a chart', () => {
  it.each([
    [0, 'count', [0, 1, 2]],
    [1, 'count', [0, 1, 2]],
    [3, 'count', [0, 1, 2, 3]],
    [297, 'count', [0, 100, 200, 300]],
    [9_007_199_254_740_991, 'count', [0, 5e15, 1e16]],
    [100, 'seconds', [0, 60, 120]],
    [2_000, 'seconds', [0, 900, 1800, 2700]],
    [40_000, 'seconds', [0, 18_000, 36_000, 54_000]],
    [0.6, 'share', [0, 0.2, 0.4, 0.6]],
    [1, 'share', [0, 0.5, 1]],
  ] as const)('up to %d %s are easy to read', (most, kind, ticks) => {
    expect(valueTicks(most, kind)).toEqual(ticks);
  });

  it('are three or four, evenly apart, from nothing to at least the greatest value, and use the room', () => {
    const greatest = fc.double({ min: 0, max: Number.MAX_SAFE_INTEGER, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), greatest, (kind, most) => {
        const ticks = valueTicks(most, kind);
        const [zero = -1, step = 0] = ticks;
        const top = ticks.at(-1) ?? 0;
        expect(zero).toBe(0);
        expect([3, 4]).toContain(ticks.length);
        expect(top).toBeGreaterThanOrEqual(most * (1 - 1e-9));
        if (most >= 1) expect(most / top).toBeGreaterThan(0.4);
        for (const [index, tick] of ticks.entries())
          expect(Math.abs(tick - index * step)).toBeLessThanOrEqual(top * 1e-9);
      }),
    );
  });

  it('never has a share above all', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (most) => {
        expect(valueTicks(most, 'share').at(-1)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
