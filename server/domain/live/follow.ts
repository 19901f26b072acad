import type { Totals } from '../counted.ts';

/** Somebody who wants to know what a page or a site stands at. */
export interface Follower {
  tell(totals: Totals): void;
  /** Ends it with what went wrong. */
  fail(error: unknown): void;
}

/** Tells a follower the present totals, and others when they change. @returns a function that ends that */
export type Follow = (follower: Follower) => () => void;
