/**
 * What a subscription brings, as it happens, for a `for await` loop. It connects with the first step of the loop and
 * lets go when the loop is left, however that happens, or when its signal aborts.
 *
 * A lost connection is made again, with pauses that grow to half a minute, and the loop notices nothing. Rejects with
 * an `OxicountError` only where the instance refuses for good.
 */
export interface Subscription<T> extends AsyncIterable<T> {
  /** The next event, or the end. */
  next(): Promise<IteratorResult<T, undefined>>;
  /** Ends it from outside of the loop. */
  return(): Promise<IteratorResult<T, undefined>>;
  [Symbol.asyncIterator](): Subscription<T>;
}

/** Turns what `begin` gives into a subscription that can be ended while it waits. */
export function createSubscription<T>(
  begin: (signal: AbortSignal) => AsyncIterable<T>,
  signal?: AbortSignal,
): Subscription<T> {
  const own = new AbortController();
  const abort = () => own.abort();
  const values = run();

  async function* run() {
    if (signal?.aborted) return;
    signal?.addEventListener('abort', abort);
    try {
      yield* begin(own.signal);
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  return {
    next: () => values.next() as Promise<IteratorResult<T, undefined>>,
    return() {
      abort();
      return values.return(undefined) as Promise<IteratorResult<T, undefined>>;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
