import { describe, expect, test } from 'vitest';
import { countryOf } from './country.ts';

test.each([
  ['DE', 'DE'],
  ['de', 'DE'],
  ['Us', 'US'],
  ['GB', 'GB'],
  ['XK', 'XK'],
])('%s is %s', (given, expected) => {
  expect(countryOf(given)).toBe(expected);
});

describe('what is no country is none', () => {
  test.each([
    null,
    '',
    'XX',
    'T1',
    'ZZ',
    'A1',
    'UK',
    'EU',
    'UN',
    'SU',
    'D',
    'DEU',
    ' DE',
    'DE\n',
    'ß',
    'ŉ',
    '\ud800\ud800',
  ])('%j', (given) => {
    expect(countryOf(given)).toBeNull();
  });
});

test('every country has a name that can be shown', () => {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  const countries = codes.filter((code) => countryOf(code) !== null);
  expect(countries).toHaveLength(250);
  expect(countries.filter((code) => names.of(code) === undefined)).toEqual([]);
});
