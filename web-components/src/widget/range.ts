import { enumName } from './enum-name.ts';

/** A range as `stats` takes it. */
export interface StatsRange {
  readonly preset?: string;
  readonly from?: string;
  readonly to?: string;
}

/** A time as the service resolved it. */
export interface ResolvedRange {
  /** Its name in the API; null for dates. */
  readonly preset: string | null;
  /** The first instant, and the first one after it, in ISO 8601. */
  readonly from: string;
  readonly to: string;
  /** Dates in the zone of the site; null for 24 hours, which are no whole days. */
  readonly firstDay: string | null;
  readonly lastDay: string | null;
}

/** What to ask for to be given a {@link ResolvedRange}. */
export const RANGE = 'range{preset from to firstDay lastDay}';

const DATES = /^(\d{4}-\d\d-\d\d)\/(\d{4}-\d\d-\d\d)?$/;

/**
 * The range that a `range` attribute names: a preset in lower case, such as `last-30-days`, or two dates as ISO 8601
 * writes an interval, such as `2024-03-01/2024-03-31`, of which the last may be left out for the present day. What is
 * neither is given to the service, which says what is wrong with it.
 */
export function rangeNamed(text: string): StatsRange {
  const [, from, to] = DATES.exec(text) ?? [];
  if (from === undefined) return { preset: enumName(text) };
  return to === undefined ? { from } : { from, to };
}
