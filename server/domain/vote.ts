import type { Day } from './day.ts';
import type { Instant } from './instant.ts';
import type { Pseudonym } from './visit.ts';

/** What a visitor says of a page: up or down. */
export type Vote = 1 | -1;

/** What the votes on a page come to. */
export interface Tally {
  readonly up: number;
  readonly down: number;
}

/** What the votes on a page come to, and which page that is. */
export interface PageTally extends Tally {
  /** The slug of its site. */
  readonly site: string;
  readonly path: string;
}

/** A tally as it stood after one of its changes. */
export interface StandingTally extends Tally {
  /** How many changes it had by then: of two tallies of a page, that with more is the newer. */
  readonly changes: number;
}

/** A tally that has just changed. */
export interface VotedPage extends StandingTally {
  readonly siteId: number;
  readonly path: string;
}

/** Whose vote on which page. */
export interface Voter {
  readonly siteId: number;
  readonly pageId: number;
  /** Every pseudonym under which a vote of this visitor may stand. */
  readonly pseudonyms: readonly Pseudonym[];
}

/** A vote to be cast, changed or taken back. */
export interface NewVote extends Voter {
  /** Under which of the pseudonyms the vote is kept from now on. */
  readonly pseudonym: Pseudonym;
  /** Null to have none any more. */
  readonly vote: Vote | null;
  readonly at: Instant;
}

/** How often the votes on a page changed in some days, and what they come to now. */
export interface EngagingPage extends Tally {
  readonly path: string;
  readonly changes: number;
}

/** Whose changes to count. */
export interface EngagingRequest {
  readonly siteId: number;
  /** Both days are included. */
  readonly from: Day;
  readonly to: Day;
  /** Only this page. */
  readonly path: string | null;
  readonly limit: number;
}
