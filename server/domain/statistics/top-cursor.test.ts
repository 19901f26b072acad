import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DIMENSIONS } from '../dimensions/dimension.ts';
import { TOP_ORDERS } from './figures.ts';
import { decodeTopCursor, encodeTopCursor, type TopListKind } from './top-cursor.ts';

const kind: TopListKind = { dimension: 'page', orderBy: 'visits' };
const raw = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url');

test('a cursor leads back to where it was made, whatever the value', () => {
  const anyKind = fc.record({
    dimension: fc.constantFrom(...DIMENSIONS),
    orderBy: fc.constantFrom(...TOP_ORDERS),
  });
  const character = fc.oneof(
    fc.constantFrom('/', '%', '"', '\\', ','),
    fc.integer({ min: 0xa0, max: 0xd7ff }).map((code) => String.fromCharCode(code)),
    fc.integer({ min: 0x10000, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
  );
  const anyPlace = fc.record({ amount: fc.maxSafeNat(), value: fc.string({ unit: character }) });
  fc.assert(
    fc.property(anyKind, anyPlace, (list, place) => {
      const cursor = encodeTopCursor(list, place);
      expect(cursor).toMatch(/^[\w-]+$/);
      expect(decodeTopCursor(list, cursor)).toEqual(place);
    }),
  );
});

describe('what is no cursor of the list is refused by name', () => {
  test.each([
    ['nothing', ''],
    ['a word', 'nonsense'],
    ['a number', raw(1)],
    ['null', raw(null)],
    ['an object', raw({ length: 4 })],
    ['too few parts', raw(['page', 'visits', 1])],
    ['a negative amount', raw(['page', 'visits', -1, '/a'])],
    ['a broken amount', raw(['page', 'visits', 1.5, '/a'])],
    ['an amount beyond numbers', raw(['page', 'visits', 1e300, '/a'])],
    ['an amount in letters', raw(['page', 'visits', '1', '/a'])],
    ['a value that is none', raw(['page', 'visits', 1, null])],
    ['a value with a control character', raw(['page', 'visits', 1, '/\u0000'])],
    ['a value that is too long', raw(['page', 'visits', 1, 'x'.repeat(1_025)])],
    ['8 MB', 'x'.repeat(8_388_608)],
  ])('%s', (_what, cursor) => {
    expect(() => decodeTopCursor(kind, cursor)).toThrow(
      expect.objectContaining({
        code: 'INVALID_ARGUMENT',
        message: expect.stringMatching(/^after is ".{0,60}"; it must be a cursor of this list\.$/),
      }),
    );
  });

  test.each<TopListKind>([
    { dimension: 'page', orderBy: 'visitors' },
    { dimension: 'referrer', orderBy: 'visits' },
  ])('one of a list of $dimension by $orderBy', (other) => {
    const cursor = encodeTopCursor(other, { amount: 1, value: '/a' });
    expect(() => decodeTopCursor(kind, cursor)).toThrow('it is of a list of another dimension or order');
  });
});
