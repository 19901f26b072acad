/** Keeps this many values for a loop that is slower than they come; then it drops the oldest. */
const MOST = 1_000;

/** What is pushed, for one loop. It ends when it is told to, when it fails, or when its signal aborts. */
export interface Queue<T> extends AsyncIterable<T> {
  push(value: T): void;
  fail(error: unknown): void;
  end(): void;
}

export function createQueue<T>(signal: AbortSignal): Queue<T> {
  const values: T[] = [];
  let failure: { error: unknown } | undefined;
  let ended = false;
  let wake = () => {};
  signal.addEventListener('abort', () => wake());

  return {
    push(value) {
      if (values.push(value) > MOST) values.shift();
      wake();
    },
    fail(error) {
      failure ??= { error };
      wake();
    },
    end() {
      ended = true;
      wake();
    },
    async *[Symbol.asyncIterator]() {
      while (!signal.aborted) {
        if (values.length > 0) yield values.shift() as T;
        else if (failure) throw failure.error;
        else if (ended) return;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
}
