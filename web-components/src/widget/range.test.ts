import { describe, expect, it } from 'vitest';
import { rangeNamed } from './range.ts';

describe('the range that an attribute names', () => {
  it.each([
    ['last-30-days', { preset: 'LAST_30_DAYS' }],
    ['today', { preset: 'TODAY' }],
    ['all-time', { preset: 'ALL_TIME' }],
    ['2024-03-01/2024-03-31', { from: '2024-03-01', to: '2024-03-31' }],
    ['2024-03-01/', { from: '2024-03-01' }],
  ])('%s', (text, range) => expect(rangeNamed(text)).toEqual(range));

  it.each([
    ['last-blue-moon', 'LAST_BLUE_MOON'],
    ['2024-03-01', '2024_03_01'],
    ['2024-3-1/2024-3-9', '2024_3_1/2024_3_9'],
  ])('%s is none, and is left to the service to refuse by name', (text, preset) =>
    expect(rangeNamed(text)).toEqual({ preset }));
});
