/** What an `<oxi-live>` shows, and the `detail` of its `oxi-change`. */
export interface LiveData {
  /** The moment that is told of, ISO 8601. */
  readonly at: string;
  /** Who is here now. */
  readonly visitors: number;
  /** Where they are, the most visitors first. Absent: not asked for. */
  readonly pages?: readonly { readonly path: string; readonly visitors: number }[];
  /** The last 30 minutes, oldest first. Absent: not asked for. */
  readonly minutes?: readonly LiveMinute[];
}

/** A minute of the clock. */
export interface LiveMinute {
  /** When it began, ISO 8601. */
  readonly start: string;
  readonly visits: number;
  readonly pixelViews: number;
}
