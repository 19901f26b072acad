import { expect, test } from 'vitest';
import { formatToken, hashOf, isSame, newTokenText, parseToken } from './token-text.ts';
import { seededBytes } from './world.testing.ts';

const FORM = /^oxi_[0-9a-f]{12}_[\w-]{43}$/;

test('a token has one form, and is taken apart into what it was made of', () => {
  const randomBytes = seededBytes(7);
  for (let round = 0; round < 50; round += 1) {
    const made = newTokenText(randomBytes);
    expect(formatToken(made)).toMatch(FORM);
    expect(parseToken(formatToken(made))).toEqual(made);
  }
  expect(formatToken(newTokenText((size) => new Uint8Array(size)))).toBe(
    `oxi_${'0'.repeat(12)}_${'A'.repeat(43)}`,
  );
});

test('its secret is 256 bits, none of which its prefix tells', () => {
  const asked: number[] = [];
  newTokenText((size) => {
    asked.push(size);
    return new Uint8Array(size);
  });
  expect(asked).toEqual([6, 32]);
});

const good = formatToken(newTokenText(seededBytes()));

test.each([
  '',
  'oxi_',
  good.slice(0, -1),
  `${good}A`,
  `${good}\n`,
  ` ${good}`,
  good.replace('oxi_', 'OXI_'),
  good.replace('oxi_', 'ghp_'),
  `oxi_${'g'.repeat(12)}_${'A'.repeat(43)}`,
  `oxi_${'A'.repeat(12)}_${'A'.repeat(43)}`,
  `oxi_${'0'.repeat(12)}_${'+'.repeat(43)}`,
  `oxi_${'0'.repeat(12)}-${'A'.repeat(43)}`,
])('%j is no token', (text) => {
  expect(parseToken(text)).toBeNull();
});

test('hashes are the same where what was hashed is, and of any length they are only compared', () => {
  expect(isSame(hashOf('a'), hashOf('a'))).toBe(true);
  expect(isSame(hashOf('a'), hashOf('b'))).toBe(false);
  expect(isSame(hashOf('a'), hashOf('a').slice(1))).toBe(false);
  expect(isSame(new Uint8Array(), hashOf('a'))).toBe(false);
});
