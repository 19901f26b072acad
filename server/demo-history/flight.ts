/** Work that goes on beside what starts it, within a bound. */
export interface Flight {
  /** Whether as much goes on as may. */
  isFull(): boolean;
  add(work: Promise<unknown>): void;
  /**
   * Resolves when no more than so much goes on. Rejects with the first failure there was, once that is so.
   */
  downTo(most: number): Promise<void>;
}

export function createFlight(most: number): Flight {
  let underway = 0;
  let failure: { readonly error: unknown } | undefined;
  let waiting: { readonly most: number; readonly resolve: () => void } | undefined;

  function land(): void {
    underway -= 1;
    if (waiting && underway <= waiting.most) {
      waiting.resolve();
      waiting = undefined;
    }
  }

  return {
    isFull: () => underway >= most,
    add(work) {
      underway += 1;
      work.then(land, (error) => {
        failure ??= { error };
        land();
      });
    },
    async downTo(left) {
      if (underway > left) {
        await new Promise<void>((resolve) => {
          waiting = { most: left, resolve };
        });
      }
      if (failure) throw failure.error;
    },
  };
}
