/** Somebody who wants to know what something stands at. */
export interface Follower<T> {
  tell(value: T): void;
  /** Ends it with what went wrong. */
  fail(error: unknown): void;
}

/** Tells a follower the present value, and others when it changes. @returns a function that ends that */
export type Follow<T> = (follower: Follower<T>) => () => void;
