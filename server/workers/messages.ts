import type { BudgetRequest } from '../budgets/workers.ts';
import type { Config } from '../config/config.ts';
import type { Told } from '../events/workers.ts';

/** What a worker is to be, as the primary tells it. */
export interface Assignment {
  /** 1 to the number of workers; the one that takes the place of another has the same. */
  readonly number: number;
  /** It starts before all others, and does for all of them what is done once. */
  readonly isFirst: boolean;
  /** As the primary read it, so that all workers have the same for as long as it runs. */
  readonly config: Config;
}

/** What a worker says to the primary. */
export type FromWorker =
  | { readonly type: 'hello' }
  | { readonly type: 'ready' }
  | { readonly type: 'told'; readonly told: Told }
  | { readonly type: 'take'; readonly id: number; readonly requests: readonly BudgetRequest[] }
  | { readonly type: 'scrape'; readonly id: number }
  | { readonly type: 'measured'; readonly id: number; readonly report: unknown };

/** What the primary says to a worker. */
export type FromPrimary =
  | { readonly type: 'welcome'; readonly assignment: Assignment }
  | { readonly type: 'told'; readonly told: Told }
  | { readonly type: 'taken'; readonly id: number; readonly waits: readonly number[] }
  | { readonly type: 'measure'; readonly id: number }
  | { readonly type: 'scraped'; readonly id: number; readonly reports: readonly unknown[] };
