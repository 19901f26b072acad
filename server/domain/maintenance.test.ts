import { describe, expect, test } from 'vitest';
import { dayOf, startOfDay } from './day.ts';
import { NO_TRAITS } from './dimensions/dimension.ts';
import { createMaintenance } from './maintenance.ts';
import { createMemoryStorage } from './memory-storage.testing.ts';
import { createRollups } from './rollups.ts';
import { createSalts } from './salts.ts';
import { blog, createClock, START, seededBytes } from './world.testing.ts';

const DAY_MS = 86_400_000;
const ZONE = 'Europe/Berlin';

/** An instance of several processes on one storage. */
async function instance(retentionDays: number | null = null) {
  const clock = createClock();
  const storage = createMemoryStorage();
  await storage.declareSites([{ ...blog, timeZone: ZONE, retentionDays }], START);
  const page = await storage.addPage(1, '/a', START);
  const process = () => {
    const options = { storage, clock: clock.now };
    const salts = createSalts({ ...options, days: 7, randomBytes: seededBytes() });
    return createMaintenance({
      ...options,
      salts,
      rollups: createRollups(options),
      administration: { finishDeletions: async () => {} },
    });
  };
  let nonce = 0;
  const countAt = (registeredAt: number) => {
    nonce += 1;
    const key = { siteId: 1, pageId: page.id, registeredAt, nonce };
    return storage.countVisit({ ...key, kind: 'visit', traits: NO_TRAITS, visitor: null });
  };
  return { clock, storage, process, countAt };
}

describe('visits are kept for as many days as the site says', () => {
  test('to the first millisecond of the oldest day', async () => {
    const { storage, process, countAt } = await instance(3);
    const oldest = startOfDay(dayOf(START, ZONE) - 2, ZONE);
    for (const at of [oldest - 90 * DAY_MS, oldest - 1, oldest, START]) await countAt(at);
    await process().run();
    expect(storage.counted().map(({ registeredAt }) => registeredAt)).toEqual([oldest, START]);
  });

  test('in small batches', async () => {
    const { storage, process, countAt } = await instance(3);
    for (let visit = 0; visit < 2_500; visit += 1) await countAt(START - 10 * DAY_MS + visit);
    await process().run();
    expect(storage.counted()).toEqual([]);
    expect(storage.calls('pruneVisits')).toBe(4);
  });

  test('and for ever where it says nothing', async () => {
    const { storage, process, countAt } = await instance();
    await countAt(0);
    await process().run();
    expect(storage.counted()).toHaveLength(1);
  });
});

describe('of several processes', () => {
  test('one removes, once a day', async () => {
    const { clock, storage, process } = await instance(3);
    const processes = [process(), process(), process()];
    const removals = async () => {
      const before = storage.calls('pruneVisits');
      for (const one of processes) await one.run();
      return storage.calls('pruneVisits') - before;
    };
    expect(await removals()).toBe(1);
    clock.pass(DAY_MS - 1);
    expect(await removals()).toBe(0);
    clock.pass(1);
    expect(await removals()).toBe(1);
  });

  test('another takes over from one that died at it', async () => {
    const { clock, storage, process, countAt } = await instance(3);
    await countAt(START - 30 * DAY_MS);
    await storage.leaseJob('retention', { now: START, until: START + 60_000, dueSince: START - DAY_MS });
    await process().run();
    expect(storage.counted()).toHaveLength(1);
    clock.pass(60_000);
    await process().run();
    expect(storage.counted()).toEqual([]);
  });

  test('one that fails at it tries again when its lease is over', async () => {
    const { clock, storage, process, countAt } = await instance(3);
    await countAt(START - 30 * DAY_MS);
    storage.away(true);
    await expect(process().run()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    storage.away(false);
    clock.pass(3_600_000);
    await process().run();
    expect(storage.counted()).toEqual([]);
  });
});

test('roll-ups that are due are made anew', async () => {
  const { storage, process, countAt } = await instance();
  await countAt(START);
  await storage.rollups.markDue(1);
  await process().run();
  expect(await storage.rollups.due()).toEqual([]);
});
