import type { ResolvedRange } from '../widget/range.ts';

/** Figures by the names of the schema: `{ visits: 12, bounceRate: 0.4 }`. */
export type FigureValues = Readonly<Record<string, number | null>>;

/** What an `<oxi-totals>` shows, and the `detail` of its `oxi-change`. */
export interface TotalsData {
  readonly range: ResolvedRange;
  readonly totals: FigureValues;
  /** Null where nothing is compared, or there is nothing before. */
  readonly comparison: {
    readonly range: ResolvedRange;
    readonly totals: FigureValues;
    /** As shares of what the figures were; null where that was nothing. */
    readonly change: FigureValues;
  } | null;
}
