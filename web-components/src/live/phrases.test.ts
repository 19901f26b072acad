import { describe, expect, it } from 'vitest';
import { fill } from '../format/fill.ts';
import { countPhrase } from './phrases.ts';

const ownWords = { 'views-one': '{count} view', 'views-other': '{count} views' };
const POLISH = {
  'views-one': '{count} odsłona',
  'views-few': '{count} odsłony',
  'views-other': '{count} odsłon',
};

describe('a phrase about a number', () => {
  it.each([
    [1, '1 view'],
    [0, '0 views'],
    [1234, '1,234 views'],
  ])('%i is %s', (count, phrase) =>
    expect(countPhrase('views', count, { language: 'en', words: undefined, ownWords })).toBe(phrase));

  it.each([
    [1, '1 odsłona'],
    [3, '3 odsłony'],
    [5, '5 odsłon'],
  ])('%i takes the form that the language has for it: %s', (count, phrase) =>
    expect(countPhrase('views', count, { language: 'pl', words: POLISH, ownWords })).toBe(phrase));

  it("stays in the page's language where it has one form for all numbers", () => {
    const words = { 'views-other': 'Aufrufe: {count}' };
    expect(countPhrase('views', 1, { language: 'de', words, ownWords })).toBe('Aufrufe: 1');
  });

  it('keeps names that it has no value for', () => {
    expect(fill('{peak} of {all}', { peak: '3' })).toBe('3 of {all}');
  });
});
