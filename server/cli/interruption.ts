// What a shell answers for a command that a signal ended.
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Does work that can be ended by a signal in an orderly way; a second one ends the process.
 * @returns what the work does, or null where it was ended
 */
export async function interruptibly<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
  const stopping = new AbortController();
  const stop = (signal: NodeJS.Signals) => {
    if (stopping.signal.aborted) process.exit();
    process.exitCode = EXIT_CODES[signal as keyof typeof EXIT_CODES];
    stopping.abort();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    return await work(stopping.signal);
  } catch (error) {
    if (stopping.signal.aborted && error === stopping.signal.reason) return null;
    throw error;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}
