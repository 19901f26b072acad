import { describe, expect, test } from 'vitest';
import { dayOf } from './day.ts';
import { createMemoryStorage } from './memory-storage.testing.ts';
import { createSalts } from './salts.ts';
import { createClock, START, seededBytes } from './world.testing.ts';

const DAY_MS = 86_400_000;
const TODAY = dayOf(START, 'UTC');

/** Processes of one instance that keep salts for so many days. */
function instance(days = 7) {
  const clock = createClock();
  const storage = createMemoryStorage();
  let seed = 0;
  const process = () => {
    seed += 1;
    return createSalts({ storage, days, clock: clock.now, randomBytes: seededBytes(seed) });
  };
  return { clock, storage, process };
}

const hex = (value: Uint8Array | undefined) => Buffer.from(value ?? []).toString('hex');

test('a salt is made on demand, once for all processes', async () => {
  const { storage, process } = instance();
  const [one, other] = [process(), process()];
  const made = await Promise.all(
    Array.from({ length: 20 }, (_, index) => (index % 2 ? one : other).of(TODAY)),
  );
  expect(new Set(made.map((standing) => hex(standing?.salt.value))).size).toBe(1);
  expect(hex(made[0]?.salt.value)).toMatch(/^[0-9a-f]{64}$/);
  expect(storage.calls('ensureSalt')).toBe(2);
});

test('each day has its own', async () => {
  const salts = instance().process();
  const today = await salts.of(TODAY);
  const tomorrow = await salts.of(TODAY + 1);
  expect(hex(today?.salt.value)).not.toBe(hex(tomorrow?.salt.value));
});

test('those of the days before come along, and no more than are kept', async () => {
  const { clock, process } = instance(3);
  const salts = process();
  for (let day = TODAY; day < TODAY + 5; day += 1) {
    await salts.of(day);
    clock.pass(DAY_MS);
  }
  clock.pass(-DAY_MS);
  expect((await salts.of(TODAY + 4))?.earlier.map(({ day }) => day)).toEqual([TODAY + 2, TODAY + 3]);
});

describe('a salt that is destroyed', () => {
  test('is gone from the storage and from memory, and is never made again', async () => {
    const { clock, storage, process } = instance(3);
    const salts = process();
    await salts.of(TODAY);
    clock.pass(3 * DAY_MS - 1);
    // It is still that day somewhere in the west, for a site there.
    await salts.destroyOld();
    expect(await storage.salts(0)).toHaveLength(1);
    clock.pass(1);
    await salts.destroyOld();
    expect(await storage.salts(0)).toEqual([]);
    expect(await salts.of(TODAY)).toBeNull();
    expect(await process().of(TODAY)).toBeNull();
    expect(await storage.salts(0)).toEqual([]);
  });

  test('is not used by a process that did not hear of it', async () => {
    const { clock, process } = instance(3);
    const [one, other] = [process(), process()];
    await other.of(TODAY);
    clock.pass(4 * DAY_MS);
    await one.destroyOld();
    expect(await other.of(TODAY)).toBeNull();
    expect((await other.of(TODAY + 4))?.earlier).toEqual([]);
  });
});

test('a salt that another process made for a late visit is taken up', async () => {
  const { clock, process } = instance();
  const [one, other] = [process(), process()];
  await one.of(TODAY + 1);
  await other.of(TODAY);
  clock.pass(60_000);
  expect((await one.of(TODAY + 1))?.earlier.map(({ day }) => day)).toEqual([TODAY]);
});

test('while the storage is away, the salts that are known still serve for a while', async () => {
  const { clock, storage, process } = instance();
  const salts = process();
  await salts.of(TODAY);
  storage.away(true);
  clock.pass(59_000);
  expect((await salts.of(TODAY))?.salt.day).toBe(TODAY);
  await expect(salts.of(TODAY + 1)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  storage.away(false);
  expect((await salts.of(TODAY + 1))?.salt.day).toBe(TODAY + 1);
});
