// Less than a tenth of the time goes into reads.
const REST_FACTOR = 10;
// A clock that is set while a read is under way must not stop the next one for hours.
const LONGEST_REST_MS = 300_000;

/** How long to rest after a read that took so long, in milliseconds. */
export function restAfter(tookMs: number, shortestMs: number): number {
  return Math.min(Math.max(shortestMs, tookMs * REST_FACTOR), LONGEST_REST_MS);
}
