import type { Instant } from '../domain/instant.ts';
import type { Random } from './random.ts';

/**
 * Draws instants in a span of time and gives them in their order, one by one, without having all of them: each is
 * the least of as many as are left to come.
 *
 * @param weights how likely each of the equal parts of the span is
 * @returns a function that gives the next instant; null once all were given
 */
export function createArrivals(options: {
  readonly random: Random;
  readonly count: number;
  readonly from: Instant;
  /** Excluded. */
  readonly to: Instant;
  readonly weights: readonly number[];
}): () => Instant | null {
  const { random, from, to, weights } = options;
  const part = (to - from) / weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = options.count;
  /** Of all that is likely, how much has passed. */
  let passed = 0;
  let at = 0;
  let before = 0;

  return () => {
    if (left === 0) return null;
    passed += (1 - passed) * (1 - (1 - random.fraction()) ** (1 / left));
    left -= 1;
    const sought = passed * total;
    while (at < weights.length - 1 && sought >= before + (weights[at] ?? 0)) {
      before += weights[at] ?? 0;
      at += 1;
    }
    const within = Math.min(1, (sought - before) / (weights[at] || 1));
    return Math.min(to - 1, Math.floor(from + part * (at + within)));
  };
}
