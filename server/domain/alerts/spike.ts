/** Fewer visits in an hour are no spike, however few there usually are. */
const LEAST_VISITS = 20;
/** How many times as many as usual. */
const TIMES = 5;
const SIGMAS = 3;

/** Days that say what is usual. */
export const USUAL_DAYS = 7;

/**
 * Visits in an hour from which they are a spike: five times the mean of an hour of the {@link USUAL_DAYS} before, and
 * three of its standard deviations (that of Poisson, the root of the mean) on top, and at least 20.
 * @param visits all of these days
 */
export function spikeThreshold(visits: number): number {
  const mean = visits / (USUAL_DAYS * 24);
  return Math.max(LEAST_VISITS, Math.ceil(TIMES * mean + SIGMAS * Math.sqrt(mean)));
}

/** Whether a spike is over, so that the next is told: below half of what one takes. */
export function isCalm(visits: number, threshold: number): boolean {
  return visits < threshold / 2;
}
