/**
 * How much a figure has changed, as a share of what it was: 0.5 is half as much again, -1 is nothing left. Not rounded.
 * Null where it was 0, of which nothing is a share.
 */
export function relativeChange(now: number, before: number): number | null {
  return before === 0 ? null : (now - before) / before;
}
