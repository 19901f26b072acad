import { expect, it } from 'vitest';
import { figuresTable, totalsTable } from './tables.ts';

it('totals are a row each, with what they were where they are compared', () => {
  expect(totalsTable({ visits: 3, bounceRate: null })).toEqual([
    ['figure', 'value'],
    ['visits', 3],
    ['bounceRate', null],
  ]);
  expect(totalsTable({ visits: 3 }, { totals: { visits: 2 }, change: { visits: 0.5 } })).toEqual([
    ['figure', 'value', 'before', 'change'],
    ['visits', 3, 2, 0.5],
  ]);
});

it('a list is a row for each value', () => {
  expect(figuresTable('country', [{ of: 'DE', figures: { visits: 2, views: 3 } }])).toEqual([
    ['country', 'visits', 'views'],
    ['DE', 2, 3],
  ]);
  expect(figuresTable('country', [])).toEqual([['country']]);
});
