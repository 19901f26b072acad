import { Repeater, type RepeaterBuffer } from '@repeaterjs/repeater';

/** What is open at the edges, so that the service can end it. */
export interface Subscriptions {
  /**
   * Values as they are pushed.
   *
   * @param waiting holds those that wait for a slow subscriber: bounded, and never full
   * @param begin called by the first `next()`; what it returns is called in the end. A stop with an error rejects
   */
  open<T>(
    waiting: RepeaterBuffer<unknown>,
    begin: (push: (value: T) => void, stop: (error?: unknown) => void) => () => void,
  ): AsyncIterableIterator<T>;
  /** Ends all that are open, and at once those that begin later. */
  close(): void;
}

export function createSubscriptions(): Subscriptions {
  const endings = new Set<() => void>();
  let closed = false;

  return {
    open: (waiting, begin) =>
      new Repeater(async (push, stop) => {
        if (closed) return stop();
        endings.add(stop);
        const end = begin(push, stop);
        await stop;
        end();
        endings.delete(stop);
      }, waiting),
    close() {
      closed = true;
      for (const end of endings) end();
    },
  };
}
