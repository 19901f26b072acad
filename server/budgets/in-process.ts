import type { Budgets } from '../domain/ports.ts';

const MINUTE_MS = 60_000;
/** Keys of a generation at most: a flood of new ones makes earlier ones forgotten, and not the memory grow. */
const KEPT = 50_000;

/**
 * The budgets of an instance that is one process, by the generic cell rate algorithm: a key has one number, the moment
 * at which its budget is whole again. That is a minute after its last use at the latest, and what is whole need not be
 * kept. So keys live in two generations of a minute or more each, and the older one is dropped as a whole.
 */
export function createInProcessBudgets(kept = KEPT): Budgets {
  let young = new Map<string, number>();
  let old = new Map<string, number>();
  let youngSince = Number.NEGATIVE_INFINITY;

  return {
    async take(key, { perMinute, weight }, now) {
      if (young.size >= kept || now - youngSince >= MINUTE_MS) {
        old = young;
        young = new Map();
        youngSince = now;
      }
      const known = young.get(key) ?? old.get(key) ?? now;
      // Further ahead than any can be: the clock was set back since.
      const whole = known > now + MINUTE_MS + 1 ? now : Math.max(known, now);
      const then = whole + ((weight || 1) * MINUTE_MS) / perMinute;
      const wait = then - now - MINUTE_MS;
      // Fractions add up to less than a millisecond too much.
      if (wait >= 1) return wait;
      if (weight > 0) young.set(key, then);
      return 0;
    },
  };
}
