import { isIPv4, isIPv6, SocketAddress } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainAddress } from './address.ts';

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['192.0.2.1:4711', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:c000:201', '192.0.2.1'],
  ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
  ['[::ffff:192.0.2.1]:443', '192.0.2.1'],
  ['[192.0.2.1]', '192.0.2.1'],
  ['2001:db8::1', '2001:db8::1'],
  ['2001:0DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['[fe80::1%25eth0]:80', 'fe80::1'],
  ['::1', '::1'],
  ['::', '::'],
])('%s is the address %s', (given, address) => {
  expect(plainAddress(given)).toBe(address);
});

test.each([
  '',
  ' ',
  '-',
  'unknown',
  'localhost',
  '_hidden',
  '192.0.2',
  '192.0.2.256',
  '192.0.2.1.5',
  '0x7f.1',
  '192.0.2.1:',
  '192.0.2.1:port',
  '2001:db8:::1',
  '[2001:db8::1',
  '[2001:db8::1]x',
  '192.0.2.1, 192.0.2.2',
  '\u0000',
  'x'.repeat(10_000),
])('%j is no address', (given) => {
  expect(plainAddress(given)).toBeNull();
});

test('every address is written as the connections of readers have it, and comes out as it went in', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV6(), fc.ipV4()), (given) => {
      const address = plainAddress(given) ?? '';
      const family = isIPv4(given) ? 'ipv4' : 'ipv6';
      const spelt = new SocketAddress({ address: given, family }).address.replace(/^::ffff:(?=.*\.)/, '');
      // What has only zeros before its last 32 bits is written with dots by some, and is nobody's address.
      if (!/^::\d+\.\d+\.\d+\.\d+$/.test(spelt)) expect(address).toBe(spelt);
      expect(isIPv4(address) || isIPv6(address)).toBe(true);
      expect(plainAddress(address)).toBe(address);
    }),
  );
});

test('whatever is given, there is an address or none', () => {
  const part = fc.constantFrom('::', ':', '.', '[', ']', '%', 'ffff', '127.0.0.1', '80', '0', ' ', 'é');
  const text = fc.oneof(
    fc.string(),
    fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (given) => {
      const address = plainAddress(given);
      expect(address === null || isIPv4(address) || isIPv6(address)).toBe(true);
    }),
  );
});
