import type { Day } from '../day.ts';
import type { Dimension, Traits } from '../dimensions/dimension.ts';
import type { Instant } from '../instant.ts';
import type { Figures } from '../statistics/figures.ts';
import type { ImportedFilteredHits, ImportedPage, ImportedVoteDay } from './record.ts';

/** What is decided of a visit at counting, beyond whether it is one: its place among those of its visitor. */
export const MARKS = [
  /** First visit of its visitor on that day. */
  'first',
  /** Second visit of its visitor on that day. */
  'second',
  /** First visit of its visitor on this page that day. */
  'firstOnPage',
  /** First visit of its visitor with this referrer that day. */
  'firstOfReferrer',
  /** First visit of its visitor with this campaign that day. */
  'firstOfCampaign',
  /** Its visitor was on the site on one of the days before. */
  'returning',
] as const;

/** One of {@link MARKS}. */
export type Mark = (typeof MARKS)[number];

/** A visit of which everything is decided already. */
export interface DecidedVisit {
  /** As it names the page. */
  readonly path: string;
  readonly registeredAt: Instant;
  /** 48 bits that tell it from others of the same instant. */
  readonly nonce: number;
  readonly kind: 'visit' | 'pixel';
  readonly traits: Traits;
  readonly spentSeconds: number | null;
  /** What all visits of a visitor of a day have in common; 0 for none. */
  readonly visitor: number;
  readonly marks: readonly Mark[];
}

/** Figures of a day, with the path of the page where the dimension is one of pages. */
export interface DayFigures extends Figures {
  readonly day: Day;
  /** Null for all visits of the day. */
  readonly dimension: Dimension | null;
  readonly value: string;
}

/** What is kept beside visits and figures, of a page by its path. */
export type SideRecord = ImportedPage | ImportedFilteredHits | ImportedVoteDay;

/** What became of one of the visits of a batch. */
export type VisitOutcome = 'counted' | 'counted before' | 'pruned';

/** What a batch changed. */
export interface BatchOutcome<Outcome> {
  /** For each of the batch, in its order. */
  readonly outcomes: readonly Outcome[];
  /** Paths of the pages that were not there before. */
  readonly added: readonly string[];
}

/** How what another program counted gets into the database, in batches that others count between. */
export interface ImportStorage {
  /**
   * Counts visits once each, with their pages, roll-ups and all-time counts, in one transaction. Those of days whose
   * visits were removed from the site are left out.
   * @throws DomainError `SITE_NOT_FOUND` where the site is archived or gone, or has another time zone
   */
  addVisits(site: ImportSite, visits: readonly DecidedVisit[]): Promise<BatchOutcome<VisitOutcome>>;
  /**
   * Adds figures of days to their roll-ups and those of pages to their all-time counts, in one transaction. What the
   * same source said before of the same day and value is taken out again.
   * @param source the program that they come from
   * @throws as above
   */
  addFigures(
    site: ImportSite,
    source: string,
    figures: readonly DayFigures[],
  ): Promise<BatchOutcome<'added' | 'there already'>>;
  /**
   * Adds pages, votes and hits that were kept out, in one transaction. Where there are some already the larger number
   * stands, so that nothing is there twice.
   * @throws as above
   */
  addBeside(
    site: ImportSite,
    records: readonly SideRecord[],
  ): Promise<BatchOutcome<'added' | 'there already'>>;
}

/** Which site, and what its days were found with. */
export interface ImportSite {
  readonly id: number;
  readonly timeZone: string;
}
