import { describe, expect, it } from 'vitest';
import { minuteBars } from './minute-bars.ts';

const minute = (visits: number, pixelViews = 0) => ({ start: '2024-05-01T10:00:00Z', visits, pixelViews });

describe('bars of the last minutes', () => {
  it('are the views of each, compared to the most', () => {
    const { bars, sum, peak } = minuteBars([minute(2), minute(6, 2), minute(0)]);
    expect(bars.map(({ views, height }) => [views, height])).toEqual([
      [2, 0.25],
      [8, 1],
      [0, 0],
    ]);
    expect([sum, peak]).toEqual([10, 8]);
  });

  it('do not draw one reader as a rush', () => {
    expect(minuteBars([minute(1), minute(0)]).bars[0]?.height).toBe(0.25);
  });

  it('are none where there are no minutes', () => {
    expect(minuteBars([])).toEqual({ bars: [], sum: 0, peak: 0 });
  });
});
