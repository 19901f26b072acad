import type { ResolvedRange } from '../widget/range.ts';
import type { FigureName } from './figure.ts';

/** What a series is cut into. */
export type Interval = 'MINUTE' | 'HOUR' | 'DAY' | 'WEEK' | 'MONTH';

/** The figure in one interval. */
export interface HistoryPoint {
  /** The first instant, in ISO 8601. */
  readonly start: string;
  /** Null where there is nothing to make the figure of, such as an average of no visits. */
  readonly value: number | null;
}

/** An earlier time, to compare with. */
export interface HistoryComparison {
  readonly range: ResolvedRange;
  readonly total: number | null;
  /** From its total to that of the range, as a share: 0.5 is half as much again. Null where it had nothing. */
  readonly change: number | null;
  readonly points: readonly HistoryPoint[];
}

/** What an `<oxi-history>` shows, and the `detail` of its events. */
export interface HistoryData {
  /** Of which figure. Absent: of that which the element is for. */
  readonly figure?: FigureName;
  readonly range: ResolvedRange;
  /** IANA zone or fixed offset of the site. */
  readonly timeZone: string;
  readonly interval: Interval;
  readonly points: readonly HistoryPoint[];
  readonly total: number | null;
  /** Null where nothing is compared, or nothing was before. */
  readonly comparison: HistoryComparison | null;
}
