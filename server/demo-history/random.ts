import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { JumpableRandomGenerator } from 'pure-rand/types/JumpableRandomGenerator';

const BITS_24 = 2 ** 24;

/** Numbers that look random, and are the same in every run. */
export interface Random {
  /** From 0 to 1, 1 excluded. */
  fraction(): number;
  /** True as often as the probability says. */
  chance(probability: number): boolean;
  /** A whole number from 0 on, the limit excluded. */
  below(limit: number): number;
  /** A number of the normal distribution: 0 on average, with a standard deviation of 1. */
  normal(): number;
  /** 24 bits. */
  bits24(): number;
  /** The very numbers that come next here. */
  copy(): Random;
}

/**
 * Sequences of numbers that have nothing to do with each other, so that one can be drawn from more often without
 * changing the others.
 *
 * @param seed a whole number of 32 bits
 * @returns a function that gives the next sequence
 */
export function createSequences(seed: number): () => Random {
  const generator = xoroshiro128plus(seed);
  return () => {
    // The next 2^64 numbers are another's. And seeds that are alike begin alike.
    generator.jump();
    return randomOf(generator.clone());
  };
}

function randomOf(generator: JumpableRandomGenerator): Random {
  const fraction = () => uniformFloat64(generator);
  const below = (limit: number) => Math.floor(fraction() * limit);
  return {
    fraction,
    below,
    chance: (probability) => fraction() < probability,
    // Box and Muller's way; 0 has no logarithm.
    normal: () => Math.sqrt(-2 * Math.log(1 - fraction())) * Math.cos(2 * Math.PI * fraction()),
    bits24: () => below(BITS_24),
    copy: () => randomOf(generator.clone()),
  };
}
