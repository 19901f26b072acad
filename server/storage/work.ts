import type { Queries } from './database.ts';

/** How work on the database is done; failures reject with faults. */
export interface Work {
  read<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /** In a transaction that excludes all others of this kind. */
  change<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
}
