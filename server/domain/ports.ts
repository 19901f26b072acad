import type { WebhookStorage } from './alerts/storage.ts';
import type { AuditEntry, AuditNote } from './audit.ts';
import type { PageTotals, Totals } from './counted.ts';
import type { Day } from './day.ts';
import type { FilterReason } from './filter-reason.ts';
import type { Instant } from './instant.ts';
import type { Page, PageCount, PageCountRequest } from './page.ts';
import type { AdministeredSite, Site, SiteDeclaration } from './site.ts';
import type { Statistics } from './statistics/figures.ts';
import type { StoredToken, Token } from './token.ts';
import type { LeaveReport, NewVisit, Pseudonym, Visit, VisitKey } from './visit.ts';
import type { NewVote, StandingTally, Vote, VotedPage, Voter } from './vote.ts';

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
   * those declared earlier and now gone, revives those that came back. Other sites stay as they are, but for base
   * URLs that the configuration gives to one of its own. What changed is noted in the audit log.
   */
  declareSites(declarations: readonly SiteDeclaration[], now: Instant): Promise<void>;

  /** Adds a site that the configuration does not declare, or finds the one with its slug. */
  addSite(site: SiteDeclaration, now: Instant): Promise<Site>;

  findPage(siteId: number, path: string): Promise<Page | null>;
  /**
   * Adds the page, or finds the one that somebody else added meanwhile.
   * @throws DomainError `SITE_NOT_FOUND` where the site is gone, or its deletion has begun
   */
  addPage(siteId: number, path: string, now: Instant): Promise<Page>;
  /** All-time counts of a page; 0 where the page is unknown. */
  pageTotals(siteId: number, path: string): Promise<Totals>;
  /** All-time counts of all pages of a site, which are summed up. */
  siteTotals(siteId: number): Promise<Totals>;
  /** Pages with at least one visit, in the order asked for. */
  pageCounts(siteId: number, request: PageCountRequest): Promise<PageCount[]>;

  /**
   * Counts a visit once, however often its key comes. Calls that arrive together share one transaction.
   * Resolves after the commit, and after {@link CommitListener} was told.
   */
  countVisit(visit: NewVisit): Promise<CountOutcome>;
  /** Keeps the largest number of seconds reported for a counted visit. Shares transactions like countVisit. */
  reportLeave(report: LeaveReport): Promise<LeaveOutcome>;
  /** Counts a hit that was kept out. Shares transactions like countVisit. */
  countFiltered(hit: FilteredHit): Promise<void>;
  /** Visits of a page through an index, never more than the limit. */
  visits(range: VisitRange): Promise<Visit[]>;
  readonly statistics: Statistics;
  readonly rollups: RollupStorage;
  readonly votes: VoteStorage;
  readonly tokens: TokenStorage;
  readonly administration: AdministrationStorage;
  readonly webhooks: WebhookStorage;

  /** What pseudonyms are made with, of that day and later. */
  salts(from: Day): Promise<Salt[]>;
  /** Adds the salt of a day unless it has one, and returns the one that then stands. */
  ensureSalt(candidate: Salt): Promise<Salt>;
  /** Destroys the salts of earlier days, and all that was kept under pseudonyms made with them. */
  destroySalts(before: Day): Promise<void>;
  /**
   * Removes visits of a site that were registered before an instant, oldest first and at most so many at once.
   * @param through the last day that ends before the instant; roll-ups up to it stand from now on
   * @returns how many were removed
   */
  pruneVisits(siteId: number, before: Instant, through: Day, limit: number): Promise<number>;
  /**
   * Takes the lease of a job that one process of all does, unless another holds it or it was finished since then.
   * @returns whether this process does it
   */
  leaseJob(name: string, lease: JobLease): Promise<boolean>;
  /** Says that a job was done, and gives the lease back. */
  finishJob(name: string, now: Instant): Promise<void>;

  /** Keys that seal visit ids, newest first. */
  secrets(): Promise<Uint8Array[]>;
  /** Adds the first key unless there is one already, and returns the keys that then stand. */
  ensureSecret(candidate: Uint8Array, now: Instant): Promise<Uint8Array[]>;
  /** Adds a key that seals from now on. */
  addSecret(value: Uint8Array, now: Instant): Promise<void>;

  /** Resolves when the database answers and takes writes. */
  ping(): Promise<void>;
  /** How the replica is that figures are read from; null where there is none. */
  readReplica(): Promise<ReadReplica | null>;
  /** Finishes what was accepted, then closes. */
  close(): Promise<void>;
}

/** A copy of the database that figures are read from. */
export interface ReadReplica {
  /** `away`: figures are read from the database itself until it is back. */
  readonly state: 'in use' | 'away';
  /** How far it is behind, in seconds; null where it cannot be told. */
  readonly lagSecs: number | null;
}

/** Votes on pages: at most one of a visitor stands on a page, and the tally of the page is theirs. */
export interface VoteStorage {
  /** What the votes on a page come to; nothing where the page is unknown. */
  tally(siteId: number, path: string): Promise<StandingTally>;
  /** The vote of a visitor that stands on a page. */
  standing(voter: Voter): Promise<Vote | null>;
  /** Whether a visit counted on the site under one of these pseudonyms. */
  hasVisit(siteId: number, pseudonyms: readonly Pseudonym[]): Promise<boolean>;
  /**
   * Makes a vote the only one of its visitor that stands on the page, or none where it is null. What stands already
   * changes nothing. Of several calls for one page each sees what the one before has left, in all processes.
   * Resolves after the commit, and after {@link CommitListener} was told.
   * @returns the tally as it then stands, or that there is no such page on the site
   */
  cast(vote: NewVote): Promise<StandingTally | 'page gone'>;
}

/** Bearer tokens. What changes is noted in the audit log by the same transaction. */
export interface TokenStorage {
  find(prefix: string): Promise<StoredToken | null>;
  /** In the order they were made, those that expired or were revoked included. @param siteId null for all */
  list(siteId: number | null): Promise<Token[]>;
  add(token: StoredToken, note: AuditNote): Promise<void>;
  /** Adds the token unless there is one that administers the instance and is good. @returns whether it was added */
  addFirst(token: StoredToken, note: AuditNote): Promise<boolean>;
  /** @returns whether it was good until now */
  revoke(prefix: string, note: AuditNote): Promise<boolean>;
  noteUse(prefix: string, now: Instant): Promise<void>;
}

/** Sites as those who administer them see them. What changes is noted in the audit log by the same transaction. */
export interface AdministrationStorage {
  /** All, in the order they were created. */
  sites(): Promise<AdministeredSite[]>;
  /** @throws DomainError `CONFLICT` where another site has the slug or a base URL, archived ones included */
  createSite(site: SiteDeclaration, note: Omit<AuditNote, 'site'>): Promise<Site>;
  /**
   * What is left out stays. Roll-ups have to be made anew after the zone has changed.
   * @throws DomainError `CONFLICT` as above, or `SITE_NOT_FOUND` where it is gone
   */
  changeSite(change: SiteChange, note: AuditNote): Promise<void>;
  /**
   * @param archivedAt null to restore it
   * @throws DomainError `SITE_NOT_FOUND` where it is gone or going
   */
  archiveSite(siteId: number, archivedAt: Instant | null, note: AuditNote): Promise<void>;
  /** Archives the site and says that its rows are to be removed. */
  beginDeletion(siteId: number, note: AuditNote): Promise<void>;
  /**
   * Removes at most so many rows of a site whose deletion has begun, or the site where no others are left.
   * @param note what is noted then; the changes say how many rows and visits there were
   * @returns null where there is no such site any more
   */
  deleteRows(siteId: number, limit: number, note: AuditNote): Promise<Deletion | null>;
  /** Newest first. */
  audit(request: AuditRequest): Promise<AuditEntry[]>;
}

/** What of a site is to be another. */
export type SiteChange = Pick<Site, 'id'> & Partial<SiteDeclaration>;

/** How far a site was deleted. */
export interface Deletion {
  /** Rows that were removed so far, visits included. */
  readonly rows: number;
  readonly visits: number;
  /** Whether nothing is left. */
  readonly complete: boolean;
}

/** Which part of the audit log to read. */
export interface AuditRequest {
  /** Of one site, or of `any` and so of nothing that is about no site; null for all. */
  readonly siteId: number | 'any' | null;
  /** Only entries that are older; null for the newest. */
  readonly before: number | null;
  readonly limit: number;
}

/** What a pseudonym of a day is made with. */
export interface Salt {
  readonly day: Day;
  readonly value: Uint8Array;
}

/** A hit that was kept out. */
export interface FilteredHit {
  readonly siteId: number;
  readonly at: Instant;
  readonly reason: FilterReason;
}

/** How long a job is held, and when it is due. */
export interface JobLease {
  readonly now: Instant;
  /** From then on another process may take it. */
  readonly until: Instant;
  /** Nothing is to do where it was finished after this. */
  readonly dueSince: Instant;
}

/** Making roll-ups anew from the visits, while others count. */
export interface RollupStorage {
  /** Sites whose roll-ups have to be made anew. */
  due(): Promise<number[]>;
  /** Says that those of a site have to be. */
  markDue(siteId: number): Promise<void>;
  /**
   * Drops what days before the first visit and after the last have, but for pruned ones, as another zone may have
   * left it.
   * @param until a day that is not before the last one
   * @returns the days from that of the first visit to the later of those of the last and `until`, those with imported
   * figures among them; none where there is neither, and null where the zone is another
   */
  begin(siteId: number, timeZone: string, until: Day): Promise<DayRange | 'none' | null>;
  /**
   * Makes the roll-ups of these days of a site anew, in one transaction, unless the site has another zone by now.
   * Days that were pruned keep what they have.
   * @param days rising, each with its first instant and that of the day after
   * @returns false where the zone is another
   */
  recount(siteId: number, timeZone: string, days: readonly DaySpan[]): Promise<boolean>;
  /** Makes the roll-ups of a month anew from those of its days. */
  recountMonth(siteId: number, first: Day, next: Day): Promise<void>;
  /** Says that nothing is due any more, unless the site has another zone by now. @returns false where it has */
  finish(siteId: number, timeZone: string): Promise<boolean>;
}

/** Days of a calendar, both ends included. */
export interface DayRange {
  readonly from: Day;
  readonly to: Day;
}

/** A day and the time it takes, the end excluded. */
export interface DaySpan {
  readonly day: Day;
  readonly from: Instant;
  readonly to: Instant;
}

/** What a transaction changed. */
export interface Commit {
  /** Visits that were counted. */
  readonly counted: readonly Visit[];
  /** Pages that visits or hits of the pixel were counted on, with what they then stood at. */
  readonly pages: readonly PageTotals[];
  /** Pages whose votes changed. */
  readonly voted: readonly VotedPage[];
  /** Sites that anything changed on: visits, reports on leaving, hits of the pixel. */
  readonly sites: readonly number[];
}

/** Told of every transaction after its commit, and before the callers are. */
export type CommitListener = (commit: Commit) => void;

/**
 * Carries what was counted and voted to whoever watches, and what was changed to whoever keeps it in memory: in this
 * process at once, and in all replicas where there are others. Losing it loses liveness only.
 */
export interface EventBus {
  publish(commit: Commit): void;
  /**
   * @param missed told after commits of other replicas may have been lost: what stands has to be read again
   * @returns a function that ends the subscription
   */
  subscribe(listener: CommitListener, missed: () => void): () => void;
  announce(change: Change): void;
  /** Told of every change; also of `anything`, after some may have been lost. */
  onChange(listener: (change: Change) => void): void;
  /** Whom it reaches now. */
  reach(): Reach;
}

/** Something that processes keep in memory, and that one of them has changed. */
export type Change =
  | { readonly of: 'sites' | 'secrets' | 'anything' }
  | { readonly of: 'token'; readonly prefix: string };

/** `this process` where there are to be no others; `this process only` where the others cannot be reached. */
export type Reach = 'this process' | 'this process only' | 'all replicas';

/** What is taken from a budget. */
export interface Taking {
  /** How much there is at once, and how much comes back within each minute; at least 1. */
  readonly perMinute: number;
  /** How much is taken, at most what there is at once; 0 takes nothing and asks whether 1 is left. */
  readonly weight: number;
}

/**
 * Budgets that refill, of this process or of all replicas. Losing them loses the limits only: where they cannot be
 * reached, everything is let through, and no promise rejects.
 */
export interface Budgets {
  /**
   * Takes all of it or nothing, in one step that no other comes between.
   * @returns milliseconds until there is enough; 0 where it was taken
   */
  take(key: string, taking: Taking, now: Instant): Promise<number>;
}

/** Country of an address, as ISO 3166-1 alpha-2; null where it is not known. */
export type CountryLookup = (address: string) => string | null;

/**
 * Asks a site whether a page exists.
 * @param origin the only origin that may be asked
 * @param path a normalised path, which begins with one slash
 */
export type OriginProbe = (origin: string, path: string) => Promise<ProbeOutcome>;

/** What the site said of a path. */
export type ProbeOutcome = 'exists' | 'missing' | 'unreachable';
