import type { PrismaClient } from './generated/sqlite/client.ts';

/**
 * The part of a Prisma client that works in and outside of a transaction. The two generated clients have one shape;
 * the SQLite one names it.
 */
export type Queries = Omit<
  PrismaClient,
  '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends' | '$use'
>;

/** Visits and reports, each key at most once in all: a report of a visit comes in a later batch than the visit. */
export interface Batch {
  readonly visits: readonly VisitRow[];
  readonly leaves: readonly LeaveRow[];
}

export interface VisitKeyRow {
  readonly siteId: number;
  readonly pageId: number;
  readonly registeredAt: number;
  readonly nonce: number;
}

export interface VisitRow extends VisitKeyRow {
  readonly referrer: string | null;
}

export interface LeaveRow extends VisitKeyRow {
  readonly seconds: number;
}

/** What a batch changed. */
export interface BatchResult {
  /** Visits that were new, with their page as it then stood. */
  readonly counted: readonly (VisitKeyRow & { readonly path: string; readonly pageVisits: number })[];
  /** Reports whose visit had counted, with the seconds that then stood. */
  readonly left: readonly (VisitKeyRow & { readonly spentSeconds: number })[];
}

/**
 * One of the two databases. This is all that differs between them; what is the same is written once on top of it.
 * Failures reject with whatever the driver throws: {@link toFault} sorts them.
 */
export interface Database {
  readonly provider: 'sqlite' | 'postgresql';
  /** The client for reads and for the Prisma plugin of the GraphQL schema. Never writes. */
  readonly client: PrismaClient;
  /**
   * Runs the work in one transaction that excludes all others of this kind, in every process. For rare changes that
   * read before they write. Work must not nest writes: Prisma would open a transaction within.
   */
  exclusively<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /** Writes a batch in one transaction, with set-based statements: all of it or nothing. */
  apply(batch: Batch): Promise<BatchResult>;
  close(): Promise<void>;
}
