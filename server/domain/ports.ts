import type { Instant } from './instant.ts';
import type { Page, PageCount } from './page.ts';
import type { Site, SiteDeclaration } from './site.ts';
import type { CountedVisit, LeaveReport, Visit, VisitKey } from './visit.ts';

/** What time it is. */
export type Clock = () => Instant;

/** A cryptographically strong source of bytes. */
export type RandomBytes = (size: number) => Uint8Array;

/** Which visits of a page to read, newest or oldest first. */
export interface VisitRange {
  readonly siteId: number;
  readonly pageId: number;
  readonly order: 'newest first' | 'oldest first';
  /** Only visits that come after this one in that order. */
  readonly after?: VisitPosition | undefined;
  /** Only visits that come before this one in that order. */
  readonly before?: VisitPosition | undefined;
  readonly limit: number;
}

/** Where a visit stands among those of its page. */
export type VisitPosition = Pick<VisitKey, 'registeredAt' | 'nonce'>;

/** What became of a visit that was handed to {@link Storage.countVisit}. */
export type CountOutcome = 'counted' | 'counted before' | 'page gone';

/** What became of a report that was handed to {@link Storage.reportLeave}: the seconds that now stand. */
export type LeaveOutcome = { readonly spentSeconds: number } | 'not counted';

/**
 * What the domain asks of a database. Two implementations pass one contract (`test/storage/contract.ts`).
 *
 * Every promise settles within a bounded time. A method that cannot reach the database rejects with the DomainError
 * `UNAVAILABLE` and has changed nothing that was acknowledged. A promise that resolves means: on disk.
 */
export interface Storage {
  /** Active sites, in the order they were created. */
  sites(): Promise<Site[]>;
  /**
   * Makes the declared sites of the database those of the configuration: adds and updates the ones given, archives
   * those declared earlier and now gone, revives those that came back. Other sites stay as they are.
   */
  declareSites(declarations: readonly SiteDeclaration[], now: Instant): Promise<void>;

  findPage(siteId: number, path: string): Promise<Page | null>;
  /** Adds the page, or finds the one that somebody else added meanwhile. */
  addPage(siteId: number, path: string, now: Instant): Promise<Page>;
  /** Visits of a page; 0 where the page is unknown. */
  pageVisits(siteId: number, path: string): Promise<number>;
  /** Visits of all pages of a site. */
  siteVisits(siteId: number): Promise<number>;
  /** Pages with at least one visit, most visits first, then by path. */
  pageCounts(siteId: number, limit: number): Promise<PageCount[]>;

  /**
   * Counts a visit once, however often its key comes. Calls that arrive together share one transaction.
   * Resolves after the commit, and after {@link CommitListener} was told.
   */
  countVisit(visit: NewVisit): Promise<CountOutcome>;
  /** Keeps the largest number of seconds reported for a counted visit. Shares transactions like countVisit. */
  reportLeave(report: LeaveReport): Promise<LeaveOutcome>;
  /** Visits of a page through an index, never more than the limit. */
  visits(range: VisitRange): Promise<Visit[]>;

  /** Keys that seal visit ids, newest first. */
  secrets(): Promise<Uint8Array[]>;
  /** Adds the first key unless there is one already, and returns the keys that then stand. */
  ensureSecret(candidate: Uint8Array, now: Instant): Promise<Uint8Array[]>;
  /** Adds a key that seals from now on. */
  addSecret(value: Uint8Array, now: Instant): Promise<void>;

  /** Resolves when the database answers and takes writes. */
  ping(): Promise<void>;
  /** Finishes what was accepted, then closes. */
  close(): Promise<void>;
}

/** A visit to be counted. */
export interface NewVisit extends VisitKey {
  /** Normalised host of the referrer. */
  readonly referrer: string | null;
}

/** Told of every batch of newly counted visits, after its commit and before the callers are. */
export type CommitListener = (visits: readonly CountedVisit[]) => void;

/** Carries what was counted to whoever watches, in this process or in all replicas. Losing it loses liveness only. */
export interface EventBus {
  publish(visits: readonly CountedVisit[]): void;
  /** @returns a function that ends the subscription */
  subscribe(listener: CommitListener): () => void;
}

/**
 * Asks a site whether a page exists.
 * @param origin the only origin that may be asked
 * @param path a normalised path, which begins with one slash
 */
export type OriginProbe = (origin: string, path: string) => Promise<ProbeOutcome>;

/** What the site said of a path. */
export type ProbeOutcome = 'exists' | 'missing' | 'unreachable';
