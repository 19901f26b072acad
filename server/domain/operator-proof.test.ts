import { expect, test } from 'vitest';
import { createOperatorProof } from './operator-proof.ts';

const key = new Uint8Array(32).fill(7);

test('a proof holds for minutes, where the secrets are the same', () => {
  let now = 1_000_000_000_000;
  const clock = () => now;
  const proof = createOperatorProof(key, clock);
  const text = proof.make();
  expect(createOperatorProof(key, clock).holds(text)).toBe(true);
  expect(createOperatorProof(new Uint8Array(32), clock).holds(text)).toBe(false);
  now += 599_000;
  expect(proof.holds(text)).toBe(true);
  now += 2_000;
  expect(proof.holds(text)).toBe(false);
  now -= 1_300_000;
  expect(proof.holds(text)).toBe(false);
});

test.each([
  '',
  '1',
  'x.y',
  `1.${'0'.repeat(63)}`,
  `1000000000000.${'0'.repeat(64)}`,
  `1e12.${'0'.repeat(64)}`,
])('what is none is refused: %j', (text) => {
  expect(createOperatorProof(key, () => 1_000_000_000_000).holds(text)).toBe(false);
});
