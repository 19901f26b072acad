import type { Dimension } from '../dimensions/dimension.ts';
import { relativeChange } from './change.ts';
import type { Figures } from './figures.ts';

/** Figures as they are shown: sums, and what follows from them. */
export interface DerivedFigures {
  readonly visits: number;
  readonly pixelViews: number;
  /** Visits and pixel views. */
  readonly views: number;
  readonly visitors: number;
  readonly returningVisitors: number;
  /** Visitors who had one visit on that day. Null where that cannot be said; see {@link knowsBounces}. */
  readonly bounces: number | null;
  /** Share of the visitors, 0 to 1. Null where bounces are, and where there are no visitors. */
  readonly bounceRate: number | null;
  readonly timedVisits: number;
  readonly spentSeconds: number;
  /** Of timed visits, not rounded. Null where there is none. */
  readonly averageSpentSeconds: number | null;
}

/** The relative change of each figure, as {@link relativeChange} has it. Null also where one of the two is. */
export type FiguresChange = { readonly [Name in keyof DerivedFigures]: number | null };

// All visits that a visitor has on a day agree on these: the pseudonym is made of what they are read from, and the
// language is that of the first.
const SAME_FOR_A_VISITOR: readonly Dimension[] = ['country', 'browser', 'system', 'device', 'language'];

/**
 * Whether the visits of whole days that are chosen by these dimensions are all that their visitors had, so that it can
 * be said who had one only.
 */
export function knowsBounces(dimensions: readonly Dimension[]): boolean {
  return dimensions.every((dimension) => SAME_FOR_A_VISITOR.includes(dimension));
}

/** @param hasBounces whether these are visits of whole days, chosen by dimensions that {@link knowsBounces} */
export function deriveFigures(figures: Figures, hasBounces: boolean): DerivedFigures {
  const { visits, pixelViews, visitors, returningVisitors, secondVisits, timedVisits, spentSeconds } =
    figures;
  // After a change of the time zone a second visit may be of another day than the first.
  const bounces = hasBounces ? Math.max(0, visitors - secondVisits) : null;
  return {
    visits,
    pixelViews,
    views: visits + pixelViews,
    visitors,
    returningVisitors,
    bounces,
    bounceRate: bounces === null ? null : ratio(bounces, visitors),
    timedVisits,
    spentSeconds,
    averageSpentSeconds: ratio(spentSeconds, timedVisits),
  };
}

export function changeOfFigures(now: DerivedFigures, before: DerivedFigures): FiguresChange {
  const changes = Object.entries(now).map(([name, figure]) => {
    const earlier = before[name as keyof DerivedFigures];
    return [name, figure === null || earlier === null ? null : relativeChange(figure, earlier)];
  });
  return Object.fromEntries(changes) as FiguresChange;
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
