/** What is counted since the beginning, with what it is. */
export const countedDescriptions = {
  visits: 'Registrations that lasted the minimum delay.',
  views: 'Visits, and hits of the pixel.',
} as const;

/** Visits, or views: visits and hits of the pixel. */
export type Counted = keyof typeof countedDescriptions;

/** All-time counts of a page or of a site. */
export type Totals = Readonly<Record<Counted, number>>;

/** What a page stands at. */
export interface PageTotals extends Totals {
  readonly siteId: number;
  readonly path: string;
}

/** What a count is of. */
export interface CountQuestion {
  /** Default: all pages of the site. */
  readonly path?: string | null | undefined;
  /** Default: visits. */
  readonly of?: Counted | null | undefined;
}
