import type { Totals } from '../domain/counted.ts';
import type { ReadReplica } from '../domain/ports.ts';
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
  readonly filtered: readonly FilteredRow[];
  /** The zones that the days of the rows are in. */
  readonly zones: readonly ZoneRow[];
}

export interface PageKey {
  readonly siteId: number;
  readonly pageId: number;
}

export interface VisitKeyRow extends PageKey {
  readonly registeredAt: number;
  readonly nonce: number;
}

/** The roll-ups that a row goes into. */
export interface DayRow {
  readonly day: number;
  /** First day of its month. */
  readonly month: number;
}

export interface VisitRow extends VisitKeyRow, DayRow {
  /** A hit of the pixel: 1. */
  readonly pixel: 0 | 1;
  readonly spentSeconds: number | null;
  /** 0 for none; then nothing else about the visitor counts. */
  readonly visitor: number;
  readonly visitorDay: number;
  /** The same visitor before, as `[day, pseudonym]`. */
  readonly earlier: readonly (readonly [number, number])[];
  readonly referrerId: number;
  readonly campaignId: number;
  readonly countryId: number;
  readonly browserId: number;
  readonly systemId: number;
  readonly deviceId: number;
  readonly languageId: number;
}

export interface LeaveRow extends VisitKeyRow, DayRow {
  readonly seconds: number;
}

export interface FilteredRow {
  readonly siteId: number;
  readonly day: number;
  readonly reason: string;
  readonly hits: number;
}

export interface ZoneRow {
  readonly siteId: number;
  readonly timeZone: string;
}

/** What a batch changed. */
export interface BatchResult {
  /** Visits and pixel views that were new, with the path of their page and what it then stood at. */
  readonly counted: readonly (VisitKeyRow & { readonly path: string; readonly totals: Totals })[];
  /** Reports whose visit had counted, with the seconds that then stood. */
  readonly left: readonly (VisitKeyRow & { readonly spentSeconds: number })[];
}

/** Connections to a server, of one kind. */
export interface PoolLoad {
  readonly name: 'requests' | 'figures' | 'jobs' | 'replica';
  /** Open ones. */
  readonly total: number;
  /** Open ones that nobody uses. */
  readonly idle: number;
  /** Who waits for one. */
  readonly waiting: number;
  readonly most: number;
}

/** How busy the way to the database is. */
export interface DatabaseLoad {
  /** None where there is no server. */
  readonly pools: readonly PoolLoad[];
  /** How often a transaction waited for another program that writes, where there is no server that knows. */
  readonly busyWaits: number;
}

/**
 * One of the two databases. This is all that differs between them; what is the same is written once on top of it.
 * Failures reject with whatever the driver throws: {@link toFault} sorts them.
 */
export interface Database {
  readonly provider: 'sqlite' | 'postgresql';
  /** The client for reads and for the Prisma plugin of the GraphQL schema. Never writes. */
  readonly client: PrismaClient;
  /** Runs reads that may take long and be a moment behind: of a replica, where there is one. */
  figures<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /** Null where there is none. */
  readReplica(): Promise<ReadReplica | null>;
  /**
   * Runs the work in one transaction that excludes all others of this kind, in every process. For rare changes that
   * read before they write. Work must not nest writes: Prisma would open a transaction within.
   */
  exclusively<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /**
   * Runs the work in one transaction during which no batch of this site is written, in any process.
   * @returns null where there is no such site
   */
  holding<T>(siteId: number, work: (queries: Queries) => Promise<T>): Promise<T | null>;
  /**
   * Runs the work in one transaction during which no other of this kind runs for the page, in any process.
   * @returns null where the site has no such page
   */
  holdingPage<T>(page: PageKey, work: (queries: Queries) => Promise<T>): Promise<T | null>;
  /**
   * Writes a batch in one transaction, with set-based statements: all of it or nothing.
   * @returns null where a site has another zone than the batch says, and nothing was written
   */
  apply(batch: Batch): Promise<BatchResult | null>;
  load(): DatabaseLoad;
  /** Resolves when the database answers and takes writes, as far as it knows. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
