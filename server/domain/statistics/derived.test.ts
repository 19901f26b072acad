import { describe, expect, test } from 'vitest';
import { changeOfFigures, deriveFigures, knowsBounces } from './derived.ts';
import { type Figures, NO_FIGURES } from './figures.ts';

const figures: Figures = {
  visits: 12,
  pixelViews: 3,
  visitors: 8,
  returningVisitors: 2,
  secondVisits: 2,
  timedVisits: 4,
  spentSeconds: 90,
};

describe('figures as they are shown', () => {
  test('say what follows from the sums', () => {
    expect(deriveFigures(figures, true)).toEqual({
      visits: 12,
      pixelViews: 3,
      views: 15,
      visitors: 8,
      returningVisitors: 2,
      bounces: 6,
      bounceRate: 0.75,
      timedVisits: 4,
      spentSeconds: 90,
      averageSpentSeconds: 22.5,
    });
  });

  test('say nothing of bounces where visitors may have more visits than these', () => {
    expect(deriveFigures(figures, false)).toMatchObject({ bounces: null, bounceRate: null, visitors: 8 });
  });

  test('have no averages and rates of nothing', () => {
    expect(deriveFigures(NO_FIGURES, true)).toMatchObject({
      views: 0,
      bounces: 0,
      bounceRate: null,
      averageSpentSeconds: null,
    });
  });
});

test.each([
  [[], true],
  [['country'], true],
  [['country', 'browser', 'system', 'device'], true],
  [['page'], false],
  [['entryPage'], false],
  [['referrer'], false],
  [['campaign'], false],
  [['language'], true],
  [['country', 'page'], false],
] as const)('that bounces are known of visits chosen by %j is %s', (dimensions, expected) => {
  expect(knowsBounces(dimensions)).toBe(expected);
});

describe('the change of figures', () => {
  test('is that of each, as a share of what it was', () => {
    const before = deriveFigures({ ...figures, visits: 6, secondVisits: 4, spentSeconds: 180 }, true);
    expect(changeOfFigures(deriveFigures(figures, true), before)).toEqual({
      visits: 1,
      pixelViews: 0,
      views: 6 / 9,
      visitors: 0,
      returningVisitors: 0,
      bounces: 0.5,
      bounceRate: 0.5,
      timedVisits: 0,
      spentSeconds: -0.5,
      averageSpentSeconds: -0.5,
    });
  });

  test('is none from nothing, and none of what is not known', () => {
    const change = changeOfFigures(deriveFigures(figures, false), deriveFigures(NO_FIGURES, true));
    expect(Object.values(change)).toEqual(Array(10).fill(null));
  });
});
