import type { Instant } from './instant.ts';

/** Everything that makes a visit itself; sealed into the visit id. */
export interface VisitKey {
  readonly siteId: number;
  readonly pageId: number;
  readonly registeredAt: Instant;
  /** 48 random bits that tell registrations of one page in one millisecond apart. */
  readonly nonce: number;
}

/** A counted visit as it is read back. */
export interface Visit extends VisitKey {
  readonly path: string;
  readonly referrer: string | null;
  /** Visible seconds; null until the page reports on leaving. */
  readonly spentSeconds: number | null;
}

/** A visit that was just counted, with what its page then stands at. */
export interface CountedVisit extends Visit {
  /** All-time visits of the page once this one and those of the same batch are counted. */
  readonly pageVisits: number;
}

/** What a page says on leaving. */
export interface LeaveReport extends VisitKey {
  /** Visible seconds, already capped by the time since the registration. */
  readonly seconds: number;
}
