/** After so many beats without a word a process is taken to be gone, with what it could not tell any more. */
const SILENT_BEATS = 3;

/** Notices what other processes had to tell and did not reach this one. */
export interface Peers {
  /**
   * Notes a message.
   * @param number how many batches its sender had to tell until now
   * @param batches how many of them it holds
   * @returns whether others before it were missed
   */
  heard(from: string, number: number, batches: 0 | 1): boolean;
  /** Forgets one that has ended, and told everything before. */
  left(from: string): void;
  /** To be called at each beat of the others. @returns whether one is gone without a word */
  beat(): boolean;
}

export function createPeers(): Peers {
  const known = new Map<string, { number: number; silentBeats: number }>();
  return {
    heard(from, number, batches) {
      // What it told before it was first heard was told before this process listened.
      const before = known.get(from)?.number ?? number - batches;
      known.set(from, { number: Math.max(before, number), silentBeats: 0 });
      return number - batches > before;
    },
    left(from) {
      known.delete(from);
    },
    beat() {
      let gone = false;
      for (const [from, peer] of known) {
        peer.silentBeats += 1;
        if (peer.silentBeats < SILENT_BEATS) continue;
        known.delete(from);
        gone = true;
      }
      return gone;
    },
  };
}
