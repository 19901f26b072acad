import pLimit from 'p-limit';

// All subscribers want what they follow at the same moment, and whoever counts must not wait for them.
const READS_AT_ONCE = 3;

/** Reads what stands once for all who want it at the same time, and little at a time. */
export type ReadAgain = <T>(what: string, read: () => Promise<T>) => Promise<T>;

export function createReadAgain(): ReadAgain {
  const limit = pLimit(READS_AT_ONCE);
  const waiting = new Map<string, Promise<unknown>>();
  return <T>(what: string, read: () => Promise<T>) => {
    let reading = waiting.get(what) as Promise<T> | undefined;
    if (!reading) {
      reading = limit(() => {
        // Who wants it from now on may know of something newer.
        waiting.delete(what);
        return read();
      });
      waiting.set(what, reading);
    }
    return reading;
  };
}
