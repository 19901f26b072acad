import { setImmediate as afterInput, setTimeout as pass } from 'node:timers/promises';
import type { Redis, Result } from 'ioredis';
import type { Budgets, Taking } from '../domain/ports.ts';

// Whoever is counted waits for it.
const PATIENCE_MS = 50;
// After Redis has not answered in time, nobody else waits for it for so long.
const REST_MS = 1_000;

/**
 * The moment at which a budget is whole again, as in the budgets of one process, by the clock of Redis: those of the
 * replicas differ. What is whole need not be kept, so keys expire then.
 */
const TAKE = `
local minute = 60000
local per_minute, weight = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local whole = tonumber(redis.call('GET', KEYS[1]) or now)
-- Further ahead than any can be: the clock was set back since, or is another server's.
if whole > now + minute + 1 or whole < now then whole = now end
local next = whole + math.max(weight, 1) * minute / per_minute
local wait = next - now - minute
if wait >= 1 then return math.ceil(wait) end
if weight > 0 then
  redis.call('SET', KEYS[1], string.format('%.3f', next), 'PX', math.ceil(next - now))
end
return 0
`;

declare module 'ioredis' {
  interface RedisCommander<Context> {
    takeFromBudget(key: string, perMinute: number, weight: number): Result<number, Context>;
  }
}

/**
 * The budgets of all replicas together. Where Redis does not answer in time, everything is let through until it does.
 * @param patienceMs how long whoever takes waits for an answer at most
 */
export function createRedisBudgets(redis: Redis, patienceMs = PATIENCE_MS): Budgets {
  redis.defineCommand('takeFromBudget', { numberOfKeys: 1, lua: TAKE });
  let restUntil = Number.NEGATIVE_INFINITY;

  /** @returns null where it cannot be said */
  async function ask(key: string, { perMinute, weight }: Taking): Promise<number | null> {
    try {
      const wait = await redis.takeFromBudget(`oxicount:budget:${key}`, perMinute, weight);
      // Late or not, it answers again.
      restUntil = Number.NEGATIVE_INFINITY;
      return wait;
    } catch {
      return null;
    }
  }

  async function patience(signal: AbortSignal): Promise<null> {
    try {
      await pass(patienceMs, null, { signal });
      // An answer that came while this process was busy is looked at after the timers.
      await afterInput();
      if (!signal.aborted) restUntil = performance.now() + REST_MS;
    } catch {
      // It was answered.
    }
    return null;
  }

  return {
    async take(key, taking) {
      if (redis.status !== 'ready' || performance.now() < restUntil) return 0;
      const answered = new AbortController();
      const wait = await Promise.race([ask(key, taking), patience(answered.signal)]);
      answered.abort();
      return wait ?? 0;
    },
  };
}
