import type { OxicountError } from '@oxicount/sdk/slim';
import type { WatchVisible } from './page-visible.ts';

/**
 * - `connecting`: the first attempt is under way, or the page has come back into view
 * - `open`: events arrive as they happen
 * - `waiting`: the connection was lost; it is tried again after a pause
 * - `paused`: nobody is looking at the page, so no connection is held
 * - `refused`: the service said no for good, and it is not asked again
 */
export type LiveState = 'connecting' | 'open' | 'waiting' | 'paused' | 'refused';

/** Who follows a subscription. */
export interface Follower {
  /** The data of one event. */
  readonly onData: (data: never) => void;
  /** The state now, and then each change. On `open`, read again what may have been missed. */
  readonly onState?: (state: LiveState, refusal?: OxicountError) => void;
}

/** Follows a subscription until the returned function is called. */
export type Follow = (subscription: Subscription, follower: Follower) => () => void;

/** What is followed; what is equal is the same. */
export interface Subscription {
  readonly document: string;
  readonly variables: object;
}

/** What following needs of its surroundings, handed in so that tests need neither a page nor a network. */
export interface FollowingWorld {
  /** Opens the connection that all subscriptions share; `watch` hears when it is there and when it is lost. */
  readonly connect: (watch: (connected: boolean) => void) => Events;
  readonly watchVisible: WatchVisible;
}

/** The data of the events of a subscription, over as many connections as it takes. */
export type Events = (document: string, variables: object, signal: AbortSignal) => AsyncIterable<unknown>;

interface Stream {
  readonly followers: Set<Follower>;
  readonly begin: () => void;
  readonly pause: () => void;
}

/**
 * Subscriptions of one page to one instance: all of them share one connection, and followers of the same thing share
 * one subscription, which ends with the last of them. A hidden page holds no connection.
 */
export function createFollow({ connect, watchVisible }: FollowingWorld): Follow {
  const streams = new Map<string, Stream>();
  let state: LiveState = 'connecting';
  let events: Events | undefined;
  let unwatch: (() => void) | undefined;

  function enter(next: LiveState): void {
    if (next === state) return;
    state = next;
    for (const { followers } of streams.values()) tell(followers, next);
  }

  function open(): Events {
    events ??= connect((connected) => {
      // A connection that ends with the last subscription is not lost.
      if (state !== 'paused' && streams.size > 0) enter(connected ? 'open' : 'waiting');
    });
    return events;
  }

  /** Ends a subscription that nobody follows any more, or that was refused: it is not asked for again. */
  function drop(key: string, stream: Stream): void {
    if (streams.get(key) !== stream) return;
    stream.pause();
    streams.delete(key);
    if (streams.size > 0) return;
    unwatch?.();
    unwatch = undefined;
    state = 'connecting';
  }

  function createStream(key: string, { document, variables }: Subscription): Stream {
    const followers = new Set<Follower>();
    let running: AbortController | undefined;
    async function run(signal: AbortSignal): Promise<void> {
      try {
        for await (const data of open()(document, variables, signal)) {
          for (const follower of [...followers]) follower.onData(data as never);
        }
      } catch (error) {
        if (signal.aborted) return;
        tell(followers, 'refused', error as OxicountError);
        drop(key, stream);
      }
    }
    const stream: Stream = {
      followers,
      begin() {
        if (running) return;
        running = new AbortController();
        void run(running.signal);
      },
      pause() {
        running?.abort();
        running = undefined;
      },
    };
    return stream;
  }

  function seen(visible: boolean): void {
    if (visible) {
      if (state === 'paused') enter('connecting');
      for (const stream of streams.values()) stream.begin();
    } else {
      enter('paused');
      for (const stream of streams.values()) stream.pause();
    }
  }

  return (subscription, follower) => {
    const key = JSON.stringify([subscription.document, subscription.variables]);
    const stream = streams.get(key) ?? createStream(key, subscription);
    stream.followers.add(follower);
    follower.onState?.(state);
    if (!streams.has(key)) {
      streams.set(key, stream);
      if (!unwatch) unwatch = watchVisible(seen);
      else if (state !== 'paused') stream.begin();
    }
    return () => {
      stream.followers.delete(follower);
      if (stream.followers.size === 0) drop(key, stream);
    };
  };
}

function tell(followers: ReadonlySet<Follower>, state: LiveState, refusal?: OxicountError): void {
  for (const follower of [...followers]) follower.onState?.(state, refusal);
}
