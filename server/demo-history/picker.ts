import type { Random } from './random.ts';

/** Draws one of some things, each as often as its weight says. */
export type Picker<T> = (random: Random) => T;

/** @param weightOf 0 or more; above 0 for at least one of the things */
export function createPicker<T>(things: readonly T[], weightOf: (thing: T) => number): Picker<T> {
  const sums = new Float64Array(things.length);
  let sum = 0;
  for (const [index, thing] of things.entries()) {
    sum += weightOf(thing);
    sums[index] = sum;
  }
  return (random) => things[firstAbove(sums, random.fraction() * sum)] as T;
}

/** @param shares things with their weights */
export function createTablePicker<T>(shares: Iterable<readonly [T, number]>): Picker<T> {
  const pick = createPicker([...shares], ([, share]) => share);
  return (random) => pick(random)[0];
}

function firstAbove(rising: Float64Array, value: number): number {
  let low = 0;
  let high = rising.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
