import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createInProcessBudgets } from './in-process.ts';

const START = Date.UTC(2024, 2, 1);
const MINUTE = 60_000;
const one = (perMinute: number) => ({ perMinute, weight: 1 });

test.each([1, 7, 60, 1_800])('%i a minute are that many at once, and no more', async (perMinute) => {
  const budgets = createInProcessBudgets();
  for (let taken = 0; taken < perMinute; taken += 1) {
    expect(await budgets.take('a', one(perMinute), START)).toBe(0);
  }
  const wait = await budgets.take('a', one(perMinute), START);
  expect(wait).toBeCloseTo(MINUTE / perMinute, 0);
  expect(await budgets.take('a', one(perMinute), START + wait)).toBe(0);
  expect(await budgets.take('b', one(perMinute), START)).toBe(0);
});

test('all of it or nothing is taken, and asking takes nothing', async () => {
  const budgets = createInProcessBudgets();
  const take = (weight: number) => budgets.take('a', { perMinute: 10, weight }, START);
  expect(await take(7)).toBe(0);
  expect(await take(4)).toBeGreaterThan(0);
  for (let asked = 0; asked < 20; asked += 1) expect(await take(0)).toBe(0);
  expect(await take(3)).toBe(0);
  expect(await take(0)).toBeGreaterThan(0);
});

test('within any minute no more is let through than twice the budget, whatever comes when', async () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(pauses, fc.integer({ min: 1, max: 20 }), async (times, perMinute) => {
      const budgets = createInProcessBudgets();
      const taken: number[] = [];
      let now = START;
      for (const pause of times) {
        now += pause;
        if ((await budgets.take('a', one(perMinute), now)) === 0) taken.push(now);
      }
      for (const from of taken) {
        expect(taken.filter((at) => at >= from && at < from + MINUTE).length).toBeLessThanOrEqual(
          2 * perMinute,
        );
      }
    }),
  );
});

test('a clock that is set back locks nobody out', async () => {
  const budgets = createInProcessBudgets();
  await budgets.take('a', { perMinute: 5, weight: 5 }, START);
  const earlier = START - 3_600_000;
  expect(await budgets.take('a', { perMinute: 5, weight: 5 }, earlier)).toBe(0);
  expect(await budgets.take('a', one(5), earlier)).toBeGreaterThan(0);
  expect(await budgets.take('a', one(5), earlier + MINUTE)).toBe(0);
});

test('what is in use stays known from one generation of keys to the next', async () => {
  const budgets = createInProcessBudgets(3);
  const spent = { perMinute: 1, weight: 1 };
  expect(await budgets.take('a', spent, START)).toBe(0);
  for (const key of ['b', 'c', 'd']) await budgets.take(key, spent, START);
  expect(await budgets.take('a', spent, START)).toBeGreaterThan(0);
});

test('a flood of new keys makes earlier ones forgotten, and not the memory grow', async () => {
  const budgets = createInProcessBudgets(3);
  const spent = { perMinute: 1, weight: 1 };
  await budgets.take('a', spent, START);
  for (let key = 0; key < 100; key += 1) await budgets.take(`${key}`, spent, START);
  expect(await budgets.take('a', spent, START)).toBe(0);
});
