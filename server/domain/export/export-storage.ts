import type { Day } from '../day.ts';
import type { FilterReason } from '../filter-reason.ts';
import type { DayFigures, DecidedVisit } from '../import/import-storage.ts';
import type { Instant } from '../instant.ts';

/** A page with its all-time counts. */
export interface ExportedPage {
  readonly path: string;
  readonly addedAt: Instant;
  readonly visits: number;
  readonly pixelViews: number;
  readonly votesUp: number;
  readonly votesDown: number;
}

/** Hits that were kept out on a day. */
export interface ExportedFilteredHits {
  readonly day: Day;
  readonly reason: FilterReason;
  readonly hits: number;
}

/** How often the votes on a page changed on a day. */
export interface ExportedVoteDay {
  readonly day: Day;
  readonly path: string;
  readonly changes: number;
}

/** Days, both ends included; null for no end. */
export interface ExportDays {
  readonly from: Day | null;
  readonly to: Day | null;
}

/** Which visits, by when they were registered; the end is excluded. */
export interface ExportSpan {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * Everything of a site, in the order of keys and in parts, each of which is read when it is asked for: nothing is held
 * up meanwhile, and nothing but a part is in memory.
 */
export interface ExportStorage {
  /** The last day whose visits were removed. @throws DomainError `SITE_NOT_FOUND` where the site is gone */
  prunedThrough(siteId: number): Promise<Day | null>;
  pages(siteId: number): AsyncIterable<readonly ExportedPage[]>;
  /** Oldest first. The visitor is what is stored. */
  visits(siteId: number, span: ExportSpan): AsyncIterable<readonly DecidedVisit[]>;
  /** All figures of days. */
  rollups(siteId: number, days: ExportDays): AsyncIterable<readonly DayFigures[]>;
  /** Those that are no sums over visits that are there: of days that were pruned, and imported ones. */
  figuresWithoutVisits(siteId: number, days: ExportDays): AsyncIterable<readonly DayFigures[]>;
  filteredHits(siteId: number, days: ExportDays): AsyncIterable<readonly ExportedFilteredHits[]>;
  voteDays(siteId: number, days: ExportDays): AsyncIterable<readonly ExportedVoteDay[]>;
}
