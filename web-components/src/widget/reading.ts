import type { Source } from '../client/keep-fresh.ts';
import type { PageClient } from '../client/page-client.ts';

/** What an element asks for, and what keeps it up to date. */
export interface Reading<Value> {
  /** Names what is asked for: while it stays the same, nothing is asked again. */
  readonly key: string;
  readonly read: (client: PageClient, signal: AbortSignal) => Promise<Value>;
  /** What a live element subscribes to. */
  readonly source: Source<Value>;
}
