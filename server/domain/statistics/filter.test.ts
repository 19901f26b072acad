import { expect, test } from 'vitest';
import { DIMENSIONS } from '../dimensions/dimension.ts';
import { type FilterInput, readFilter } from './filter.ts';

const site = { pathPatterns: ['/user/:id'] };

test('a filter has what is given, and nothing else', () => {
  expect(readFilter({}, site)).toEqual({});
  expect(
    readFilter({ page: null, referrer: undefined, country: 'DE', campaign: 'news / email' }, site),
  ).toEqual({
    country: 'DE',
    campaign: 'news / email',
  });
});

test.each([
  ['/a/', '/a'],
  ['/caf\u00e9', '/caf%C3%A9'],
  ['/user/17', '/user/:id'],
  ['/user/:id', '/user/:id'],
])('the page %s is %s, as a registration has it', (given, page) => {
  expect(readFilter({ page: given, entryPage: given }, site)).toEqual({ page, entryPage: page });
});

test.each(DIMENSIONS)('an empty %s is refused by name', (dimension) => {
  expect(() => readFilter({ [dimension]: '' }, site)).toThrow(
    expect.objectContaining({
      code: 'INVALID_ARGUMENT',
      message: `filter.${dimension} is empty; give a value, or leave it out for visits of any.`,
    }),
  );
});

test.each<[FilterInput, string, string]>([
  [
    { referrer: 'x'.repeat(1_025) },
    'INVALID_ARGUMENT',
    'filter.referrer is 1025 characters long; 1024 are the most.',
  ],
  [
    { country: 'D\u0000' },
    'INVALID_ARGUMENT',
    'filter.country is "D\\u0000"; it must not have control characters.',
  ],
  [{ campaign: '\ud800' }, 'INVALID_ARGUMENT', 'filter.campaign is "\\ud800"; '],
  [{ page: 'a' }, 'INVALID_PATH', 'filter.page: The path "a" must begin with a slash.'],
  [
    { page: '/a', entryPage: '//b' },
    'INVALID_PATH',
    'filter.entryPage: The path "//b" begins with two slashes',
  ],
  [{ page: '/\u0000' }, 'INVALID_PATH', 'filter.page: The path "/\\u0000" has a control character.'],
  [{ page: `/${'x'.repeat(1_024)}` }, 'INVALID_PATH', '1025 characters long'],
])('%j is refused with %s', (input, code, message) => {
  expect(() => readFilter(input, site)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) }),
  );
});

test('a value that no visit can have is one that no visit has', () => {
  expect(readFilter({ country: 'Atlantis', referrer: 'x'.repeat(1_024) }, site)).toEqual({
    country: 'Atlantis',
    referrer: 'x'.repeat(1_024),
  });
});
