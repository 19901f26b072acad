import { SlidingBuffer } from '@repeaterjs/repeater';
import { expect, test } from 'vitest';
import { DomainError } from '../errors.ts';
import { createSubscriptions } from '../subscriptions.ts';
import { createClock } from '../world.testing.ts';
import { whileAllowed } from './while-allowed.ts';

/** Values that a test pushes, for a reader whom a test refuses. */
function createScene() {
  const clock = createClock();
  let refusal: DomainError | undefined;
  let push: (value: number) => void = () => {};
  let ended = false;
  let checks = 0;
  const values = createSubscriptions().open<number>(new SlidingBuffer(8), (given) => {
    push = given;
    return () => {
      ended = true;
    };
  });
  const check = async () => {
    checks += 1;
    if (refusal) throw refusal;
  };
  return {
    clock,
    allowed: whileAllowed(values, check, clock.now),
    push: (value: number) => push(value),
    refuse(code: 'INVALID_TOKEN' | 'UNAVAILABLE') {
      refusal = new DomainError(code, 'No more.');
    },
    isEnded: () => ended,
    checks: () => checks,
  };
}

test('a reader who may have the values no more is told so instead of the next, and they end', async () => {
  const { clock, allowed, push, refuse, isEnded } = createScene();
  const first = allowed.next();
  push(1);
  expect(await first).toEqual({ done: false, value: 1 });
  refuse('INVALID_TOKEN');
  clock.pass(5_000);
  push(2);
  await expect(allowed.next()).rejects.toMatchObject({ code: 'INVALID_TOKEN' });
  expect(isEnded()).toBe(true);
  expect((await allowed.next()).done).toBe(true);
});

test('many values in a moment are checked once', async () => {
  const { clock, allowed, push, checks } = createScene();
  const first = allowed.next();
  clock.pass(5_000);
  for (const value of [1, 2, 3]) push(value);
  await first;
  await allowed.next();
  await allowed.next();
  expect(checks()).toBe(1);
});

test('while it cannot be checked, the values go on', async () => {
  const { clock, allowed, push, refuse } = createScene();
  const first = allowed.next();
  refuse('UNAVAILABLE');
  clock.pass(5_000);
  push(1);
  expect(await first).toEqual({ done: false, value: 1 });
});

test('leaving ends what is behind it', async () => {
  const { allowed, push, isEnded } = createScene();
  const first = allowed.next();
  push(1);
  await first;
  await allowed.return?.();
  expect(isEnded()).toBe(true);
});
