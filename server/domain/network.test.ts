import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainAddress } from '../http/address.ts';
import { networkOf } from './network.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
])('%s is limited as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('addresses of IPv6 are of one network exactly where their first 64 bits are equal', () => {
  const groups = fc.array(fc.constantFrom('0', '0', '1', 'db8'), { minLength: 8, maxLength: 8 });
  const spelt = (parts: readonly string[]) => networkOf(plainAddress(parts.join(':')) ?? '');
  fc.assert(
    fc.property(groups, groups, (one, other) => {
      const equal = one.slice(0, 4).join() === other.slice(0, 4).join();
      expect(spelt(one) === spelt(other)).toBe(equal);
    }),
  );
});
