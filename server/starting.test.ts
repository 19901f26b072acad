import { expect, test } from 'vitest';
import { DomainError } from './domain/errors.ts';
import { patiently } from './starting.ts';

test('the start waits for a database that is busy, and goes on when it is free', async () => {
  const answers = [new DomainError('UNAVAILABLE', 'busy'), new DomainError('UNAVAILABLE', 'busy'), 'ready'];
  const work = async () => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  expect(await patiently(work)).toBe('ready');
  expect(answers).toEqual([]);
});

test('the start does not wait for what waiting does not mend', async () => {
  let calls = 0;
  const work = async () => {
    calls += 1;
    throw new TypeError('a mistake');
  };
  await expect(patiently(work)).rejects.toThrow('a mistake');
  expect(calls).toBe(1);
});
