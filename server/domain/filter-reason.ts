/** Why a hit is kept out, with what it means to an owner. */
export const filterReasons = {
  crawler: 'The user agent is that of a crawler, a monitor or another program.',
  headless: 'The browser is one without a window, as programs drive it.',
  prefetch: 'The page was fetched in case somebody opens it.',
  prerender: 'The page was rendered in case somebody opens it.',
  contradiction: 'The headers contradict each other in a way that no real browser does.',
} as const;

/** One of {@link filterReasons}. */
export type FilterReason = keyof typeof filterReasons;
