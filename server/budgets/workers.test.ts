import { expect, test } from 'vitest';
import { createInProcessBudgets } from './in-process.ts';
import { type AskForBudgets, answerFrom, createWorkersBudgets } from './workers.ts';

const NOW = Date.UTC(2024, 2, 1);
const one = { perMinute: 10, weight: 1 };

test('workers take from one budget, however their callers are spread', async () => {
  const ask = answerFrom(createInProcessBudgets());
  const workers = [createWorkersBudgets(ask), createWorkersBudgets(ask), createWorkersBudgets(ask)];
  const waits = await Promise.all(
    Array.from({ length: 30 }, (_, index) => workers[index % 3]?.take('a', one, NOW)),
  );
  expect(waits.filter((wait) => wait === 0)).toHaveLength(10);
  expect(await workers[0]?.take('b', one, NOW)).toBe(0);
});

test('what is asked for meanwhile goes into one more question, and each caller gets its own answer', async () => {
  const questions: string[][] = [];
  const budgets = createWorkersBudgets(async (requests) => {
    questions.push(requests.map(({ key }) => key));
    return requests.map(({ key }) => Number(key));
  });
  const keys = Array.from({ length: 50 }, (_, index) => String(index));
  expect(await Promise.all(keys.map((key) => budgets.take(key, one, NOW)))).toEqual(keys.map(Number));
  expect(questions).toEqual([keys.slice(0, 1), keys.slice(1)]);
});

test.each<[string, AskForBudgets]>([
  ['does not answer', () => new Promise(() => {})],
  ['fails', () => Promise.reject(new Error('gone'))],
])('where the process that keeps them %s, everything is let through', async (_what, ask) => {
  const budgets = createWorkersBudgets(ask);
  expect(await Promise.all([budgets.take('a', one, NOW), budgets.take('b', one, NOW)])).toEqual([0, 0]);
});
