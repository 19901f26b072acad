import type { Day } from '../day.ts';
import type { Dimension, Filter } from '../dimensions/dimension.ts';
import type { FilterReason } from '../filter-reason.ts';
import type { Instant } from '../instant.ts';
import type { EngagingPage, EngagingRequest } from '../vote.ts';

/**
 * What is counted of some visits. All of them are sums over days, so those of longer times are sums of those of
 * shorter ones; of parts of a day, visitors are counted in each.
 */
export interface Figures {
  /** Visits that counted. */
  readonly visits: number;
  /** Hits of the pixel, which are no visits and are in none of the other figures. */
  readonly pixelViews: number;
  /** Pseudonyms with a visit, each once a day. */
  readonly visitors: number;
  /** Of these, those seen on the site on one of the days before. */
  readonly returningVisitors: number;
  /**
   * Visitors with a second visit on the same day. What remains of the visitors had one visit only. Means something
   * for whole days of a site, unfiltered or filtered by what is the same for all visits of a visitor.
   */
  readonly secondVisits: number;
  /** Visits that reported on leaving. */
  readonly timedVisits: number;
  /** What they reported, in seconds. */
  readonly spentSeconds: number;
}

export const NO_FIGURES: Figures = {
  visits: 0,
  pixelViews: 0,
  visitors: 0,
  returningVisitors: 0,
  secondVisits: 0,
  timedVisits: 0,
  spentSeconds: 0,
};

/** A span of time: whole days of the site, both ends included, or instants of which the last is excluded. */
export type Span =
  | { readonly unit: 'days'; readonly from: Day; readonly to: Day }
  | { readonly unit: 'instants'; readonly from: Instant; readonly to: Instant };

/** Which visits of a site to count. */
export interface Scope {
  readonly siteId: number;
  readonly span: Span;
  /** Empty: all. Whole days without a filter are read from roll-ups, everything else from the visits. */
  readonly filter: Filter;
}

/** What a list of top values is ordered by, most first. */
export const TOP_ORDERS = ['visits', 'visitors', 'pixelViews', 'spentSeconds', 'averageSeconds'] as const;
export type TopOrder = (typeof TOP_ORDERS)[number];

/** A part of a list of top values. Ties are in the order of the values, as code points. */
export interface TopRequest {
  readonly scope: Scope;
  readonly dimension: Dimension;
  readonly orderBy: TopOrder;
  /** Only values that contain this text, whatever the case of ASCII letters. */
  readonly search: string | null;
  /** Only values after this one in the order. */
  readonly after: { readonly amount: number; readonly value: string } | null;
  readonly limit: number;
}

/** A value of a dimension and its figures. */
export interface TopRow extends Figures {
  readonly value: string;
  /** What the list is ordered by; of averages the whole seconds, rounded down. */
  readonly amount: number;
}

/** Hits that were kept out, of one reason on one day. */
export interface FilteredHits {
  readonly day: Day;
  readonly reason: FilterReason;
  readonly hits: number;
}

/** What was visited lately, newest last. */
export interface RecentVisit {
  readonly path: string;
  readonly registeredAt: Instant;
  readonly pixel: boolean;
  /** 0 where the visit has no pseudonym. */
  readonly visitor: number;
  /** Null until the page reports on leaving. */
  readonly spentSeconds: number | null;
}

/** How the storage answers for statistics. */
export interface Statistics {
  totals(scope: Scope): Promise<Figures>;
  /** The days that have visits, for a span of whole days. */
  daily(scope: Scope): Promise<ReadonlyMap<Day, Figures>>;
  /**
   * Figures between each instant and the next: one fewer than there are instants, which rise. Read from the visits.
   * The scope's span is not looked at.
   */
  between(scope: Omit<Scope, 'span'>, instants: readonly Instant[]): Promise<Figures[]>;
  top(request: TopRequest): Promise<TopRow[]>;
  /** Hits kept out, by day and reason, both ends included. */
  filteredHits(siteId: number, from: Day, to: Day): Promise<FilteredHits[]>;
  /** Pages whose votes changed on some days, those with most changes first, then by path, as code points. */
  engagingPages(request: EngagingRequest): Promise<EngagingPage[]>;
  /** Visits and pixel views of a site registered since then. */
  recent(siteId: number, since: Instant): Promise<RecentVisit[]>;
  /** Day of the first visit or roll-up of the site; null where there is none. */
  firstDay(siteId: number): Promise<Day | null>;
}
