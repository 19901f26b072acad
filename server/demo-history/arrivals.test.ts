import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createArrivals } from './arrivals.ts';
import { createSequences } from './random.ts';

function all(options: Omit<Parameters<typeof createArrivals>[0], 'random'>, seed = 1): number[] {
  const next = createArrivals({ ...options, random: createSequences(seed)() });
  const instants: number[] = [];
  for (let at = next(); at !== null; at = next()) instants.push(at);
  return instants;
}

test('exactly as many arrive as are to, in order and within their time', () => {
  const weights = fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: 1, maxLength: 25 });
  fc.assert(
    fc.property(
      fc.nat(100),
      fc.integer({ min: 1, max: 90_000_000 }),
      weights,
      fc.nat(),
      (count, length, given, seed) => {
        fc.pre(given.some((weight) => weight > 0.001));
        const instants = all({ count, from: 1_000, to: 1_000 + length, weights: given }, seed);
        expect(instants).toHaveLength(count);
        expect(instants).toEqual([...instants].sort((a, b) => a - b));
        const outside = instants.filter((at) => !Number.isInteger(at) || at < 1_000 || at >= 1_000 + length);
        expect(outside).toEqual([]);
      },
    ),
  );
});

test('more arrive where the weight is, and nobody where there is none', () => {
  const instants = all({ count: 10_000, from: 0, to: 4_000, weights: [1, 0, 6, 3] });
  const share = (part: number) => instants.filter((at) => Math.floor(at / 1_000) === part).length / 10_000;
  expect([0, 1, 2, 3].map((part) => Number(share(part).toFixed(1)))).toEqual([0.1, 0, 0.6, 0.3]);
});
