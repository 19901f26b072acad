import { expect, it } from 'vitest';
import { refusalOf } from './refusal.ts';

const of = (message: string, code = 'INVALID_ARGUMENT') => refusalOf({ code, message }, ['id', 'baseUrls']);

it('a refusal is said at the field that its message begins with', () => {
  expect(of('baseUrls is empty; a site is served from at least one.')).toEqual({
    field: 'baseUrls',
    line: undefined,
    reason: 'is empty; a site is served from at least one.',
  });
  expect(of('slug is "A b"; it should be a short name.')).toMatchObject({ field: 'id' });
});

it('of a field with several lines, the line is said that is wrong', () => {
  expect(of('baseUrls[1] is "x"; it should be a scheme and a host.')).toEqual({
    field: 'baseUrls',
    line: 2,
    reason: 'is "x"; it should be a scheme and a host.',
  });
});

it('what is about no field of the form is said of the form, in full', () => {
  for (const [message, code] of [
    ['The site blog is in the configuration.', 'SITE_DECLARED'],
    ['filter is odd.', 'INVALID_ARGUMENT'],
    ['baseUrls is another site.', 'CONFLICT'],
  ] as const) {
    expect(of(message, code)).toEqual({ field: undefined, line: undefined, reason: message });
  }
});
