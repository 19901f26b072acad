/** What a visit is told apart by besides its page, in the order in which they are shown. */
export const TRAITS = ['referrer', 'campaign', 'country', 'browser', 'system', 'device', 'language'] as const;

/** One of {@link TRAITS}. */
export type Trait = (typeof TRAITS)[number];

/** What is known of a visit; null where it is not known, or not one of the values that count. */
export type Traits = Readonly<Record<Trait, string | null>>;

/** What figures can be broken down and filtered by. An entry page is the first page of a visitor on a day. */
export const DIMENSIONS = ['page', 'entryPage', ...TRAITS] as const;

/** One of {@link DIMENSIONS}. */
export type Dimension = (typeof DIMENSIONS)[number];

/** Only visits that have all of these values. Pages are named by their path. */
export type Filter = Readonly<Partial<Record<Dimension, string>>>;

/** Traits of a visit that nothing is known of. */
export const NO_TRAITS: Traits = {
  referrer: null,
  campaign: null,
  country: null,
  browser: null,
  system: null,
  device: null,
  language: null,
};
