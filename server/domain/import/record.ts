import type { Day } from '../day.ts';
import type { Dimension, Traits } from '../dimensions/dimension.ts';
import type { FilterReason } from '../filter-reason.ts';
import type { Instant } from '../instant.ts';
import type { Figures } from '../statistics/figures.ts';
import type { DecidedVisit } from './import-storage.ts';

/** A visit, or a hit of the pixel, that another program counted. */
export interface ImportedVisit {
  readonly type: 'visit';
  readonly kind: 'visit' | 'pixel';
  /**
   * What tells the record from all others of its source, the same each time that it is read: an id, or what the
   * line says with how often it said so before. The key of the visit is made from it, so that it counts once.
   */
  readonly identity: string;
  /** As the source has it; the path rules of the site are applied to it. */
  readonly path: string;
  readonly registeredAt: Instant;
  /** Visible seconds; null where the source does not know. */
  readonly spentSeconds: number | null;
  /** Already the values that this program counts by. */
  readonly traits: Traits;
  /** What the source calls whoever visited, on that day at least; it is not stored. Null where it does not say. */
  readonly visitor: string | null;
  /** What was decided when it counted, where this program wrote it: then it is taken as it is. */
  readonly decided?: Pick<DecidedVisit, 'nonce' | 'visitor' | 'marks'>;
}

/** A page, and what its votes come to. */
export interface ImportedPage {
  readonly type: 'page';
  readonly path: string;
  readonly addedAt: Instant;
  readonly votesUp: number;
  readonly votesDown: number;
}

/** How often hits were kept out on a day. */
export interface ImportedFilteredHits {
  readonly type: 'filtered hits';
  readonly day: Day;
  readonly reason: FilterReason;
  readonly hits: number;
}

/** How often the votes on a page changed on a day. */
export interface ImportedVoteDay {
  readonly type: 'vote day';
  readonly day: Day;
  readonly path: string;
  readonly changes: number;
}

/** Figures of a day that another program has no single visits of. */
export interface ImportedFigures extends Figures {
  readonly type: 'figures';
  /** In the time zone that the source counts in. */
  readonly day: Day;
  /** Null for all visits of the day. */
  readonly dimension: Dimension | null;
  /** A path where the dimension is one of pages. Empty for all visits. */
  readonly value: string;
}

/** A record that does not become a visit. */
export interface LeftOut {
  readonly type: 'left out';
  /** Where it stands: `line 17`, `imported_pages.csv line 3`. */
  readonly where: string;
  /** Completes "left out: ...", the same for all of its kind: `the path is not one of a page`. */
  readonly why: string;
}

export type ImportRecord =
  | ImportedVisit
  | ImportedFigures
  | ImportedPage
  | ImportedFilteredHits
  | ImportedVoteDay
  | LeftOut;

/** What to import, in the order in which it happened as far as the source has one. */
export interface ImportSource {
  /** What it is in messages: `goatcounter export blog.csv`. */
  readonly name: string;
  /** How much there is to read, in {@link unit}; null where it cannot be told before. */
  readonly size: number | null;
  /** What the size is counted in. */
  readonly unit: 'bytes' | 'rows';
  /** How much of {@link size} was read so far, for the progress that is shown. */
  read(): number;
  /** @throws DomainError `INVALID_ARGUMENT` where it is not what it should be at all */
  records(): AsyncIterable<ImportRecord>;
}
