import type { Dimension, Trait } from '../domain/dimensions/dimension.ts';

/** The dimension of roll-ups of all visits. */
export const TOTAL = 0;

/** What a dimension is called in the database; never to be changed. */
export const DIMENSION_CODES = {
  page: 1,
  entryPage: 2,
  referrer: 3,
  campaign: 4,
  country: 5,
  browser: 6,
  system: 7,
  device: 8,
  language: 9,
} as const satisfies Record<Dimension, number>;

/** The column of `oxi_visits` that has the value of a dimension. */
export const DIMENSION_COLUMNS = {
  page: 'page_id',
  entryPage: 'page_id',
  referrer: 'referrer_id',
  campaign: 'campaign_id',
  country: 'country_id',
  browser: 'browser_id',
  system: 'system_id',
  device: 'device_id',
  language: 'language_id',
} as const satisfies Record<Dimension, string>;

/** Dimensions whose values are pages; those of the others are in `oxi_dimension_values`. */
export function isOfPages(dimension: Dimension): dimension is Exclude<Dimension, Trait> {
  return dimension === 'page' || dimension === 'entryPage';
}
