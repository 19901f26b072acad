import type { OxicountError } from '@oxicount/sdk/slim';
import { paced } from '../widget/paced.ts';
import type { Follow, LiveState } from './following.ts';

// Figures that change more often than this cannot be read anyway, and every reading is work for the instance.
const PAUSE_MS = 2_000;

/** A subscription, and what its events are good for. */
export interface Source<Value> {
  readonly document: string;
  readonly variables: object;
  /** The value that an event carries. Absent: an event says that there is something new to read. */
  readonly pushed?: (data: never) => Value;
}

/** Who keeps a value that is to stay fresh. */
export interface Keeper<Value> {
  /** A value that was pushed: newer than any answer that is still on its way. */
  take(value: Value): void;
  /** There is something new to read. Called at most once in two seconds. */
  refresh(): void;
  /** How the connection stands, with the reason where it was refused for good. */
  enter(state: LiveState, refusal?: OxicountError): void;
}

/** Keeps a value fresh until the signal aborts. */
export type KeepFresh = <Value>(source: Source<Value>, keeper: Keeper<Value>, signal: AbortSignal) => void;

export function createKeepFresh(follow: Follow): KeepFresh {
  return ({ pushed, ...subscription }, keeper, signal) => {
    // Whoever wanted it may be gone before this module was there.
    if (signal.aborted) return;
    const again = paced(() => keeper.refresh(), PAUSE_MS);
    let connected = false;
    const stop = follow(subscription, {
      onData: (data) => (pushed ? keeper.take(pushed(data)) : again.call()),
      onState(state, refusal) {
        keeper.enter(state, refusal);
        if (state !== 'open') return;
        // What was counted while there was no connection. A value is pushed by itself.
        if (connected && !pushed) again.call();
        connected = true;
      },
    });
    signal.addEventListener('abort', () => {
      stop();
      again.stop();
    });
  };
}
