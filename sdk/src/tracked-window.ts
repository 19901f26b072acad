import type { Operations } from './generated/operations.ts';
import { OxicountError } from './oxicount-error.ts';
import type { World } from './tracker/world.ts';

/** The parts of a `window` that tracking needs. */
export interface TrackedWindow
  extends Omit<World, 'fetch' | 'navigator' | 'addEventListener' | 'navigation'> {
  addEventListener(
    type: string,
    listener: (event: { type: string }) => void,
    options: { signal: AbortSignal },
  ): void;
  /** The Navigation API, where the browser has it. */
  readonly navigation?: Pick<TrackedWindow, 'addEventListener'>;
}

type Tracking = Pick<Operations, 'register' | 'postSleep' | 'pageLeft'>;
type Listener = (event: { type: string }) => void;

// The document that each client has registered a view of. Only its first one was led to from elsewhere.
const tracked = new WeakMap<Tracking, TrackedWindow['document']>();

/**
 * A window whose network is a client: the tracker's routes are operations there. It can end, and looks like a page that
 * nobody sees from then on.
 */
export function createTrackedWindow(
  window: TrackedWindow,
  history: World['history'],
  client: Tracking,
): { world: World; end(): void } {
  const listeners: Listener[] = [];
  const ending = new AbortController();
  const { signal } = ending;
  let arrives = false;

  const world: World = {
    document: {
      get hidden() {
        return signal.aborted || window.document.hidden;
      },
      get referrer() {
        return window.document.referrer;
      },
    },
    location: window.location,
    history,
    ...(window.navigation ? { navigation: listened(window.navigation) } : {}),
    get localStorage() {
      return window.localStorage;
    },
    performance: window.performance,
    setTimeout: (work, milliseconds) => window.setTimeout(work, milliseconds),
    ...listened(window),
    fetch(route) {
      // The tracker knows which view of this world is the first. It does not know of other worlds before this one.
      arrives ||= tracked.get(client) !== window.document;
      tracked.set(client, window.document);
      return answerOf(client, route, arrives);
    },
    navigator: {
      sendBeacon(route) {
        void answerOf(client, route, false).catch(() => {});
        return true;
      },
    },
  };
  return {
    world,
    end() {
      if (signal.aborted) return;
      ending.abort();
      for (const listener of listeners) listener({ type: 'pagehide' });
    },
  };

  function listened(target: Pick<TrackedWindow, 'addEventListener'>): Pick<World, 'addEventListener'> {
    return {
      addEventListener(type, listener) {
        listeners.push(listener);
        target.addEventListener(type, listener, { signal });
      },
    };
  }
}

/**
 * The answer that the instance's route would give.
 *
 * @param arrives whether to tell where the reader came from, where the route says it
 */
async function answerOf(
  client: Tracking,
  route: string,
  arrives: boolean,
): Promise<{ status: number; json(): Promise<unknown> }> {
  // Reports are sent when a page goes away, and must not go with it.
  const options = { keepalive: true };
  const { pathname, searchParams } = new URL(route, 'http://instance');
  const [, name, visitId = '', seconds] = pathname.split('/');
  try {
    if (name === 'register') {
      const registration = await client.register({ path: searchParams.get('path') ?? '/' }, options);
      return { status: 200, json: async () => registration };
    }
    if (name === 'post-sleep') {
      const referrer = searchParams.get('referrer_origin');
      // What remains is of the page's own query.
      searchParams.delete('referrer_origin');
      const arrival = { referrer, query: String(searchParams) };
      await client.postSleep({ visitId, ...(arrives ? arrival : {}) }, options);
    } else {
      await client.pageLeft({ visitId, secondsOnPage: Number(seconds) }, options);
    }
    return { status: 200, json: async () => undefined };
  } catch (error) {
    // What passes is tried again by the tracker's own rule.
    const passes =
      error instanceof OxicountError && ['NETWORK', 'TIMEOUT', 'UNAVAILABLE'].includes(error.code);
    if (passes) throw error;
    return { status: 400, json: () => Promise.reject(error) };
  }
}
