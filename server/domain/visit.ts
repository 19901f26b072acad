import type { Day } from './day.ts';
import type { Traits } from './dimensions/dimension.ts';
import type { Instant } from './instant.ts';

/** Everything that makes a visit itself. */
export interface VisitKey {
  readonly siteId: number;
  readonly pageId: number;
  readonly registeredAt: Instant;
  /** 48 random bits that tell registrations of one page in one millisecond apart. */
  readonly nonce: number;
}

/** What a visit id says once it is opened. */
export interface SealedVisit extends VisitKey {
  /** The registration was kept out: what follows is answered as for any other, and counts nowhere. */
  readonly filtered: boolean;
}

/** A counted visit as it is read back. */
export interface Visit extends VisitKey {
  readonly path: string;
  readonly referrer: string | null;
  /** Visible seconds; null until the page reports on leaving. */
  readonly spentSeconds: number | null;
}

/** What a page says on leaving. */
export interface LeaveReport extends VisitKey {
  /** Visible seconds, already capped by the time since the registration. */
  readonly seconds: number;
}

/** A visit to be counted, or a hit of the pixel. */
export interface NewVisit extends VisitKey {
  /** A hit of the pixel has no visitor. */
  readonly kind: 'visit' | 'pixel';
  readonly traits: Traits;
  /** Null where the reader is not to be told apart. */
  readonly visitor: Visitor | null;
  /** Where it is known already, as of visits that come from elsewhere. */
  readonly spentSeconds?: number | null;
}

/** One browser on one site on one day. */
export interface Visitor extends Pseudonym {
  /** The same browser on the days before whose salts are still there. */
  readonly earlier: readonly Pseudonym[];
}

/** What a browser is called on a day: 48 bits that say nothing once the salt of that day is gone. Never 0. */
export interface Pseudonym {
  readonly day: Day;
  readonly pseudonym: number;
}
