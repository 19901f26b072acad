import type { LimitSettings } from '../domain/limits.ts';
import { defaultOf, type Values } from './check.ts';

const KEYS = {
  tracking: 'limits.tracking',
  reads: 'limits.reads',
  votes: 'limits.votes',
  failedTokens: 'limits.failed_tokens',
  newPages: 'limits.new_pages',
  newPagesOfSite: 'limits.new_pages_of_site',
  subscriptions: 'limits.subscriptions',
} as const satisfies Record<keyof LimitSettings, string>;

/** Everything of `[limits]`, defaults filled in. */
export function limitsOf(values: Values): LimitSettings {
  const limits = Object.entries(KEYS).map(([name, key]) => [name, values.get(key) ?? defaultOf(key)]);
  return Object.fromEntries(limits) as Record<keyof LimitSettings, number>;
}
