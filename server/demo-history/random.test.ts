import { expect, test } from 'vitest';
import { createSequences, type Random } from './random.ts';

const draw = (random: Random, count = 1_000) => Array.from({ length: count }, () => random.fraction());
const average = (numbers: readonly number[]) =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

test('a seed gives the same numbers in every run', () => {
  expect(draw(createSequences(7)(), 3)).toEqual([0.8600722159258091, 0.1369242932905953, 0.7882593841973976]);
});

test.each([
  [7, 8],
  [0, 1],
  [0, 2 ** 32 - 1],
])('the seeds %d and %d have nothing in common', (one, other) => {
  const [first, second] = [draw(createSequences(one)()), draw(createSequences(other)())];
  const both = average(first.map((number, index) => (number - 0.5) * ((second[index] ?? 0) - 0.5)));
  // Independent ones have 0, within 1 / 12 / sqrt(1,000); the same have 1 / 12.
  expect(Math.abs(both)).toBeLessThan(0.01);
});

test('sequences of one seed have nothing in common either', () => {
  const sequence = createSequences(7);
  const numbers = Array.from({ length: 5 }, () => draw(sequence(), 100)).flat();
  expect(new Set(numbers).size).toBe(500);
});

test('a copy gives what comes next, and takes nothing from the original', () => {
  const random = createSequences(7)();
  draw(random, 10);
  const ahead = draw(random.copy());
  expect(draw(random)).toEqual(ahead);
});

test('numbers are spread as they should be', () => {
  const random = createSequences(7)();
  const fractions = draw(random, 20_000);
  expect(Math.min(...fractions)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...fractions)).toBeLessThan(1);
  expect(average(fractions)).toBeCloseTo(0.5, 1);
  const normals = fractions.map(() => random.normal());
  expect(average(normals)).toBeCloseTo(0, 1);
  expect(average(normals.map((number) => number ** 2))).toBeCloseTo(1, 1);
  const wholes = fractions.map(() => random.below(6));
  expect(new Set(wholes)).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  expect(average(fractions.map(() => Number(random.chance(0.2))))).toBeCloseTo(0.2, 1);
});
