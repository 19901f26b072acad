/** A visit that has counted. */
export interface SingleVisit {
  readonly id: string;
  /** When the page was first visible, as ISO 8601. */
  readonly registeredAt: string;
  /** Host that led here; null for none. */
  readonly referrer: string | null;
  /** Seconds the page was visible; null until it reported on leaving. */
  readonly spentSeconds: number | null;
}

/** What an `<oxi-visits>` shows, and the `detail` of its `oxi-change`. */
export interface VisitsData {
  /** Newest first. */
  readonly visits: readonly SingleVisit[];
  /** How many there are, since the beginning. */
  readonly total: number;
  /** Where the visits after those on show end; null where there are none. */
  readonly newer: string | null;
  /** Where the visits before those on show begin; null where there are none. */
  readonly older: string | null;
  /** Of the site; null where it is not known. */
  readonly timeZone: string | null;
}
