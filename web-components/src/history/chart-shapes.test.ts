import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartShapes, placesOf, SIDE } from './chart-shapes.ts';

type Values = readonly (number | null)[];

function shapes(values: Values, { unfinished = false, before = [] as Values } = {}) {
  return chartShapes({ values, before, top: 10, unfinished, places: placesOf(values.length) });
}

const parts = (path: string) => path.split('M').length - 1;

describe('the lines of a chart', () => {
  it('go from the first point at the start to the last one at the end, zero at the bottom', () => {
    expect(shapes([0, 5, 10]).line).toBe('M0,1000L500,500L1000,0');
  });

  it('have gaps where there is no value, and dots where one is alone', () => {
    const { line, area, lone } = shapes([1, 2, null, 4, null, 6, 7]);
    expect([parts(line), parts(area), lone]).toEqual([3, 3, [3]]);
  });

  it('end before the last point where that goes on, and another one leads to it', () => {
    const { line, unfinished } = shapes([0, 10, 5], { unfinished: true });
    expect([line, unfinished]).toEqual(['M0,1000L500,0', 'M500,0L1000,500']);
  });

  it('are a dot in the middle for one point alone, and nothing for none', () => {
    expect(placesOf(1).at(0)).toBe(0.5);
    expect(shapes([3], { unfinished: true }).lone).toEqual([0]);
    expect(shapes([])).toEqual({ line: '', unfinished: '', area: '', before: '', lone: [] });
  });

  it('lie within the chart, with a part for each run of values', () => {
    const values = fc.array(fc.option(fc.double({ min: 0, max: 10, noNaN: true })), { maxLength: 60 });
    fc.assert(
      fc.property(values, (all) => {
        const { line } = shapes(all);
        const runs = all.filter((value, index) => value !== null && (all[index - 1] ?? null) === null).length;
        expect(parts(line)).toBe(runs);
        for (const number of line.match(/[\d.]+/g) ?? []) expect(Number(number)).toBeLessThanOrEqual(SIDE);
      }),
    );
  });

  it('have each point nearest to itself', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.double({ min: -0.5, max: 1.5, noNaN: true }),
        (count, share) => {
          const { at, nearest } = placesOf(count);
          const found = nearest(share);
          expect(nearest(at(found))).toBe(found);
          const inside = Math.min(1, Math.max(0, share));
          if (count > 1) expect(Math.abs(at(found) - inside)).toBeLessThanOrEqual(0.5 / (count - 1) + 1e-9);
        },
      ),
    );
  });
});
