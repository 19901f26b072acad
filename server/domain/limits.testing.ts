import { randomBytes } from 'node:crypto';
import { createInProcessBudgets } from '../budgets/in-process.ts';
import { createLimits, type LimitSettings, type Limits } from './limits.ts';

/** For tests of something else, which all come from one address. */
export const unlimited: LimitSettings = {
  tracking: 0,
  reads: 0,
  votes: 0,
  failedTokens: 0,
  newPages: 0,
  newPagesOfSite: 0,
  subscriptions: 0,
};

/** Limits that let everything through. */
export function noLimits(): Limits {
  const budgets = createInProcessBudgets();
  return createLimits({ settings: unlimited, budgets, clock: Date.now, key: randomBytes(32) });
}
