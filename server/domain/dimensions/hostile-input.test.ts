import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLibrary } from '../bots/library.ts';
import { filterReason } from '../bots.ts';
import { filterReasons } from '../filter-reason.ts';
import { TRAITS } from './dimension.ts';
import { traitsOf } from './traits.ts';

const unit = fc.nat(0xffff).map((code) => String.fromCharCode(code));
const piece = fc.oneof(
  fc.string({ unit }),
  fc.constantFrom(
    ...[
      '(',
      ')',
      '/',
      '.',
      '1',
      ' ',
      ';',
      ',',
      '"',
      '-',
      '%',
      '%00',
      '?',
      '&',
      '=',
      '\u0000',
      '\ud800',
      '\u0301',
    ],
    ...[
      'Mozilla/5.0 (',
      'Macintosh',
      ' FxiOS',
      'Version/1',
      'Safari/1',
      'Chrome/1',
      'Gecko/1 Firefox/1',
      'silk',
      'opt/1_1',
    ],
    ...[
      'en',
      'und',
      '*',
      ';q=',
      '0.5',
      'x-',
      'https://',
      'android-app://',
      'google.',
      'co.uk',
      'm.',
      'xn--',
      'utm_source=',
      'ref=',
    ],
    ...['"Chromium";v="1"', '?1', '"Windows"', 'prefetch', "'; DROP TABLE oxi_visits; --"],
  ),
);
// Up to 8 KB, which is what servers take: the same piece again and again is what makes patterns slow.
const text = fc.oneof(
  piece,
  fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
  fc.tuple(piece, piece, piece).map(([a, b, c]) => a + b.repeat(8192 / Math.max(b.length, 1)) + c),
);
const header = fc.option(text);
const caller = fc.record({
  origin: header,
  address: header,
  userAgent: header,
  languages: header,
  country: header,
  globalPrivacyControl: fc.boolean(),
  claimed: fc.constant(null),
  addressShared: fc.boolean(),
  doNotTrack: fc.boolean(),
  token: header,
  hints: fc.record({ purpose: header, fetchSite: header, brands: header, mobile: header, platform: header }),
});
const input = fc.record({
  caller,
  referrer: header,
  query: header,
  ownOrigins: fc.array(text, { maxLength: 2 }),
  country: fc.func(text),
});

test('whatever a request says, it has traits that can be kept, and a reason to be kept out or none', () => {
  fc.assert(
    fc.property(input, (given) => {
      const traits = traitsOf(given);
      expect(Object.keys(traits).sort()).toEqual([...TRAITS].sort());
      for (const value of Object.values(traits)) {
        if (value === null) continue;
        expect(value).toMatch(/^\P{Cc}{1,253}$/u);
        expect(value.isWellFormed()).toBe(true);
      }
      const reason = filterReason(given.caller);
      expect(reason === null || reason in filterReasons).toBe(true);
      expect(typeof isLibrary(given.caller.userAgent)).toBe('boolean');
    }),
  );
});
