// What a shell answers for a command that a signal ended.
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Does work that is made of transactions, so that what is on disk is whole whenever it ends. A signal asks it to stop
 * after the one that is under way; a second one ends the program at once.
 */
export async function stoppable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stopping = new AbortController();
  const stop = (signal: NodeJS.Signals) => {
    if (stopping.signal.aborted) process.exit();
    process.exitCode = EXIT_CODES[signal as keyof typeof EXIT_CODES];
    stopping.abort();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    return await work(stopping.signal);
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** As {@link stoppable}, for work that a signal breaks off. @returns null where it did */
export function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
  return stoppable(async (signal) => {
    try {
      return await work(signal);
    } catch (error) {
      if (signal.aborted && error === signal.reason) return null;
      throw error;
    }
  });
}
