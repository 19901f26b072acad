import type { Limits } from '../domain/limits.ts';
import type { Budgets } from '../domain/ports.ts';
import type { Instruments } from './instruments.ts';

/** Counts what limits refuse. */
export interface MeasuredLimits {
  budgets(budgets: Budgets): Budgets;
  limits(limits: Limits): Limits;
}

export function measureLimits({ counter }: Instruments): MeasuredLimits {
  const refused = counter('oxicount_limit_refusals_total');
  return {
    budgets: ({ take }) => ({
      async take(key, taking, now) {
        const waitMs = await take(key, taking, now);
        // What comes after the name is a hash of whoever is limited.
        if (waitMs > 0) refused({ limit: key.slice(0, key.indexOf(':')) });
        return waitMs;
      },
    }),
    limits: (limits) => ({
      ...limits,
      hold(what, caller) {
        try {
          return limits.hold(what, caller);
        } catch (error) {
          refused({ limit: what });
          throw error;
        }
      },
    }),
  };
}
