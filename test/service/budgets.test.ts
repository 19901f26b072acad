import { randomUUID } from 'node:crypto';
import { setTimeout as pass } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createInProcessBudgets } from '../../server/budgets/in-process.ts';
import { createRedisBudgets } from '../../server/budgets/redis.ts';
import { loadConfig } from '../../server/config/config.ts';
import type { Budgets } from '../../server/domain/ports.ts';
import { createRedisConnections } from '../../server/redis/connections.ts';
import { redisAbsence, redisUrl, startRedis } from '../support/redis.ts';

const absence = await redisAbsence();

/** Budgets of a process. @param patienceMs default: that of the service, which a machine with much to do can exceed */
async function connect(url: string, patienceMs?: number): Promise<Budgets> {
  const { redis } = loadConfig({ OXICOUNT_REDIS_URL: url });
  if (redis === null) throw new Error(`${url} is a Redis.`);
  const connections = createRedisConnections(redis);
  onTestFinished(connections.close);
  const budgets = createRedisBudgets(connections.commands, patienceMs);
  connections.open();
  await vi.waitFor(() => expect(connections.commands.status).toBe('ready'), { timeout: 10_000 });
  return budgets;
}

/** A client to look in with. */
function look(url: string): Redis {
  const client = new Redis(url);
  onTestFinished(() => client.disconnect());
  return client;
}

const name = () => `test:${randomUUID()}`;
// So much that a wait for more of it is short.
const perMinute = 600;
const PATIENT = 10_000;

const kinds: [string, () => Promise<Budgets>][] = [['one process', async () => createInProcessBudgets()]];
if (absence === null) kinds.push(['several processes', () => connect(redisUrl, PATIENT)]);

describe.each(kinds)('budgets of %s', (_name, open) => {
  test('are so much at once and no more, but for what comes back meanwhile', async () => {
    const budgets = await open();
    const key = name();
    const began = Date.now();
    const waits: number[] = [];
    for (let taken = 0; taken < 3 * perMinute; taken += 1) {
      waits.push(await budgets.take(key, { perMinute, weight: 1 }, Date.now()));
    }
    const back = ((Date.now() - began) * perMinute) / 60_000;
    const taken = waits.filter((wait) => wait === 0).length;
    expect(taken).toBeGreaterThanOrEqual(perMinute);
    expect(taken).toBeLessThanOrEqual(perMinute + back + 1);
    for (const wait of waits) expect(wait).toBeLessThanOrEqual(60_000 / perMinute + 1);
  });

  test('have enough after the wait that they tell', async () => {
    const budgets = await open();
    const key = name();
    expect(await budgets.take(key, { perMinute, weight: perMinute }, Date.now())).toBe(0);
    const wait = await budgets.take(key, { perMinute, weight: 2 }, Date.now());
    expect(wait).toBeGreaterThan(0);
    await pass(wait);
    expect(await budgets.take(key, { perMinute, weight: 2 }, Date.now())).toBe(0);
  });

  test('give all of what is asked for or nothing, and nothing to those who only ask', async () => {
    const budgets = await open();
    const key = name();
    const take = (weight: number) => budgets.take(key, { perMinute: 10, weight }, Date.now());
    expect(await take(7)).toBe(0);
    expect(await take(4)).toBeGreaterThan(0);
    for (let asked = 0; asked < 20; asked += 1) expect(await take(0)).toBe(0);
    expect(await take(3)).toBe(0);
    expect(await take(0)).toBeGreaterThan(0);
  });

  test('are each for itself', async () => {
    const budgets = await open();
    const taking = { perMinute: 1, weight: 1 };
    const [a, b] = [name(), name()];
    expect(await budgets.take(a, taking, Date.now())).toBe(0);
    expect(await budgets.take(a, taking, Date.now())).toBeGreaterThan(0);
    expect(await budgets.take(b, taking, Date.now())).toBe(0);
  });
});

describe.skipIf(absence !== null)(`budgets of several processes${absence ? ` (${absence})` : ''}`, () => {
  test('are one, however many take from them at once and whatever time their clocks show', async () => {
    const processes = await Promise.all(Array.from({ length: 4 }, () => connect(redisUrl, PATIENT)));
    const key = name();
    const hour = 3_600_000;
    const waits = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        processes[index % 4]?.take(key, { perMinute: 50, weight: 1 }, Date.now() + ((index % 3) - 1) * hour),
      ),
    );
    expect(waits.filter((wait) => wait === 0)).toHaveLength(50);
  });

  test('are kept for a minute at most', async () => {
    const budgets = await connect(redisUrl, PATIENT);
    const key = name();
    await budgets.take(key, { perMinute: 2, weight: 2 }, Date.now());
    const left = await look(redisUrl).pttl(`oxicount:budget:${key}`);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(60_000);
  });

  test('lock nobody out after the clock of Redis was set back', async () => {
    const budgets = await connect(redisUrl, PATIENT);
    const key = name();
    await look(redisUrl).set(`oxicount:budget:${key}`, `${Date.now() + 3_600_000}`, 'EX', 60);
    expect(await budgets.take(key, { perMinute: 5, weight: 5 }, Date.now())).toBe(0);
    expect(await budgets.take(key, { perMinute: 5, weight: 1 }, Date.now())).toBeGreaterThan(0);
  });

  test('let everything through while Redis is away, and hold again when it is back', async () => {
    const redis = await startRedis();
    const budgets = await connect(redis.url);
    const taking = { perMinute: 1, weight: 1 };
    expect(await budgets.take('a', taking, Date.now())).toBe(0);
    await redis.kill();
    const waits = await Promise.all(Array.from({ length: 100 }, () => budgets.take('a', taking, Date.now())));
    expect(new Set(waits)).toEqual(new Set([0]));
    await redis.start();
    await vi.waitFor(async () => expect(await budgets.take('a', taking, Date.now())).toBeGreaterThan(0), {
      timeout: 10_000,
      interval: 100,
    });
  });

  test('let everything through where Redis does not answer, and where it answers with an error', async () => {
    const redis = await startRedis();
    const budgets = await connect(redis.url);
    const taking = { perMinute: 1, weight: 1 };
    await look(redis.url).lpush('oxicount:budget:list', 'no number');
    expect(await budgets.take('list', taking, Date.now())).toBe(0);
    await pass(1_100);
    expect(await budgets.take('a', taking, Date.now())).toBe(0);
    expect(await budgets.take('a', taking, Date.now())).toBeGreaterThan(0);
    redis.freeze();
    for (let asked = 0; asked < 1_000; asked += 1)
      expect(await budgets.take('a', taking, Date.now())).toBe(0);
    redis.wake();
    await vi.waitFor(async () => expect(await budgets.take('a', taking, Date.now())).toBeGreaterThan(0), {
      timeout: 15_000,
      interval: 100,
    });
  });
});
