/** Figures by the names of the schema: `{ visits: 12, bounceRate: 0.4 }`. */
export type FigureValues = Readonly<Record<string, number | null>>;

/** A time as the service resolved it. */
export interface ResolvedRange {
  readonly preset: string | null;
  readonly from: string;
  readonly to: string;
  /** The first day, in the time zone of the site; null for 24 hours. */
  readonly firstDay: string | null;
  readonly lastDay: string | null;
}

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
