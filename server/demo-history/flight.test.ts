import { expect, test } from 'vitest';
import { deferred, settled } from '../domain/world.testing.ts';
import { createFlight } from './flight.ts';

test('is full with as much as may go on, and waits until less does', async () => {
  const flight = createFlight(2);
  const [one, other] = [deferred<void>(), deferred<void>()];
  flight.add(one.promise);
  expect(flight.isFull()).toBe(false);
  flight.add(other.promise);
  expect(flight.isFull()).toBe(true);

  let isDown = false;
  const down = flight.downTo(0).then(() => {
    isDown = true;
  });
  one.resolve();
  await settled();
  expect([isDown, flight.isFull()]).toEqual([false, false]);
  other.resolve();
  await down;
  await flight.downTo(0);
});

test('a failure is told once everything else has ended', async () => {
  const flight = createFlight(10);
  const [one, other] = [deferred<void>(), deferred<void>()];
  flight.add(one.promise);
  flight.add(other.promise);
  let failure: unknown;
  const down = flight.downTo(0).catch((error) => {
    failure = error;
  });
  one.reject(new Error('first'));
  await settled();
  expect(failure).toBeUndefined();
  other.reject(new Error('second'));
  await down;
  expect(failure).toEqual(new Error('first'));
});
