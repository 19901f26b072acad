import { describe, expect, it } from 'vitest';
import { orderNamed } from './order.ts';
import { withoutValue } from './without-value.ts';

const values = [
  { value: 'DE', figure: 60, share: 0.6 },
  { value: 'FR', figure: 30, share: 0.3 },
];
const list = { values, total: 100, more: false, baseUrl: null };
const by = (dimension: string, order = 'visits') => ({ dimension, order: orderNamed(order) });

describe('visits without a value', () => {
  it('are what all values leave of the total', () => {
    expect(withoutValue(list, by('country'))).toEqual({ figure: 10, share: 0.1 });
    expect(withoutValue(list, by('referrer', 'spent-seconds'))).toEqual({ figure: 10, share: 0.1 });
  });

  it.each([
    ['there are more values', { ...list, more: true }, by('country')],
    ['the total is not known', { ...list, total: null }, by('country')],
    ['nothing is left', { ...list, total: 90 }, by('country')],
    ['a visit came in between two readings', { ...list, total: 89 }, by('country')],
    ['visitors can have several values', list, by('country', 'visitors')],
    ['averages do not add up', list, by('country', 'average-seconds')],
    ['every visit has a page', list, by('page')],
    ['only first visits have an entry page', list, by('entry-page')],
    ['the dimension is not known', list, by('unheard-of')],
  ])('are not told of where %s', (_reason, data, what) => expect(withoutValue(data, what)).toBeUndefined());
});
