import type { RepeaterBuffer } from '@repeaterjs/repeater';

/** Stands where values may have been lost. */
const GAP = null;

/** Holds at most so many values for a slow reader. The oldest give way to a gap, which is a null. */
export interface GapBuffer extends RepeaterBuffer<unknown> {
  /** Pushes a gap, unless the value before is one that is still to be read. */
  pushGap(push: (gap: null) => void): void;
}

/** A value as a repeater hands it over: a promise, which does not show whether it is a gap. */
interface Waiting {
  readonly value: unknown;
  readonly isGap: boolean;
}

export function createGapBuffer(capacity: number): GapBuffer {
  const waiting: Waiting[] = [];
  let isGap = false;
  return {
    get empty() {
      return waiting.length === 0;
    },
    full: false,
    add(value) {
      if (isGap && waiting.at(-1)?.isGap) return;
      waiting.push({ value, isGap });
      const behindGap = Number(waiting[0]?.isGap);
      if (waiting.length - behindGap <= capacity) return;
      // The gap in front, if there is one, the oldest value, and a gap right behind that become one.
      const gone = 1 + behindGap;
      waiting.splice(0, waiting[gone]?.isGap ? gone + 1 : gone, { value: GAP, isGap: true });
    },
    remove: () => waiting.shift()?.value,
    pushGap(push) {
      isGap = true;
      push(GAP);
      isGap = false;
    },
  };
}
