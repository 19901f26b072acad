/** What an `<oxi-top>` shows, and the `detail` of its `oxi-change`. */
export interface TopData {
  /** Those with most first. */
  readonly values: readonly TopValue[];
  /** The figure of all visits, with those that have no value; null for averages. Absent: not known. */
  readonly total?: number | null;
  /** Whether there are more values after these. */
  readonly more: boolean;
  /** Where more can be read on. Absent: all of them are read again then. */
  readonly cursor?: string | null;
  /** First origin of the site, for links to its pages. Null: there are no links. */
  readonly baseUrl: string | null;
}

/** A value of a dimension. */
export interface TopValue {
  /** As a filter takes it. */
  readonly value: string;
  /** Of visits with this value, what the list is ordered by: a number of them, or seconds. */
  readonly figure: number;
  /** What part of the total that is, from 0 to 1; null where it is no part of anything. */
  readonly share: number | null;
}
