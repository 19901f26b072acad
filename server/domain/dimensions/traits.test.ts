import { describe, expect, test } from 'vitest';
import { callerOf } from '../bots/callers.testing.ts';
import { NO_TRAITS } from './dimension.ts';
import { type TraitsInput, traitsOf } from './traits.ts';

const input: TraitsInput = {
  caller: callerOf({
    origin: 'https://blog.example',
    address: '192.0.2.7',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
    languages: 'de-CH,de;q=0.9',
  }),
  referrer: 'https://www.google.ch/',
  query: '?utm_source=newsletter&utm_medium=email',
  ownOrigins: ['https://blog.example'],
  country: (address) => (address === '192.0.2.7' ? 'CH' : null),
};
const countryWith = (caller: object, country: TraitsInput['country'] = input.country) =>
  traitsOf({ ...input, caller: { ...input.caller, ...caller }, country }).country;

test('a visit has the traits that its request tells', () => {
  expect(traitsOf(input)).toEqual({
    referrer: 'google.com',
    campaign: 'newsletter / email',
    country: 'CH',
    browser: 'Firefox',
    system: 'Linux',
    device: 'desktop',
    language: 'de',
  });
});

test('a visit whose request tells nothing has no traits', () => {
  const silent = { ...input, caller: callerOf({}), referrer: undefined, query: undefined };
  expect(traitsOf(silent)).toEqual(NO_TRAITS);
});

test('a visit that a server sends has no browser, for its library is not what the page was read with', () => {
  const caller = callerOf({
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; de-CH) WindowsPowerShell/5.1.22621.4391',
  });
  const { browser, system, device } = traitsOf({ ...input, caller });
  expect([browser, system, device]).toEqual([null, null, null]);
});

describe('the country', () => {
  test('is the one that a trusted proxy says, before that of the address', () => {
    expect(countryWith({ country: 'at' })).toBe('AT');
  });

  test.each(['XX', 'T1', 'nowhere'])('is that of the address where the proxy says %s', (country) => {
    expect(countryWith({ country })).toBe('CH');
  });

  test.each<[string, TraitsInput['country']]>([
    ['does not know the address', () => null],
    ['answers with no country', () => 'ZZ'],
    [
      'fails',
      () => {
        throw new Error('The file of addresses is broken.');
      },
    ],
  ])('is not known where the look-up %s', (_, lookUp) => {
    expect(countryWith({}, lookUp)).toBeNull();
  });

  test('is not known where there is no address', () => {
    expect(countryWith({ address: null })).toBeNull();
  });
});
