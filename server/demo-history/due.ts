import type { Instant } from '../domain/instant.ts';

/** What is to happen, earliest first. */
export interface Due<T> {
  add(at: Instant, what: T): void;
  /** Takes out what is due first. */
  next(): { readonly at: Instant; readonly what: T } | undefined;
}

/** A binary heap. What is due at one time comes in an order that is the same in every run. */
export function createDue<T>(): Due<T> {
  const heap: { at: Instant; what: T }[] = [];

  const isBefore = (one: number, other: number) =>
    (heap[one]?.at ?? Number.POSITIVE_INFINITY) < (heap[other]?.at ?? Number.POSITIVE_INFINITY);

  function swap(one: number, other: number): void {
    const [first, second] = [heap[one], heap[other]];
    if (first && second) [heap[one], heap[other]] = [second, first];
  }

  function rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!isBefore(at, parent)) return;
      swap(at, parent);
      at = parent;
    }
  }

  function sink(): void {
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const child = isBefore(left + 1, left) ? left + 1 : left;
      if (!isBefore(child, at)) return;
      swap(at, child);
      at = child;
    }
  }

  return {
    add(at, what) {
      heap.push({ at, what });
      rise(heap.length - 1);
    },
    next() {
      const [first] = heap;
      const last = heap.pop();
      if (first && last && heap.length > 0) {
        heap[0] = last;
        sink();
      }
      return first;
    },
  };
}
