import { enumName } from './enum-name.ts';

/** A range as `stats` takes it. */
export interface StatsRange {
  readonly preset?: string;
  readonly from?: string;
  readonly to?: string;
}

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
