import type { Client } from './client.ts';
import { createTrackedWindow, type TrackedWindow } from './tracked-window.ts';
import { trackPage } from './tracker/tracker.ts';

/** What to track. */
export interface TrackVisitOptions {
  /** Counts everything until the end for this path. Absent: the path in the address bar, whenever that changes. */
  readonly path?: string | undefined;
  /** Absent: the global `window`; where there is none, on a server, nothing happens. */
  readonly window?: TrackedWindow | undefined;
}

/**
 * Tracks visits as `count.js` does, by the same rules, with requests that go through a client.
 *
 * Without a path it is called once, when the application starts, and follows the address bar. With a path it tracks
 * that one page until the returned function is called, which is what a framework's effect wants. Ending reports the
 * visible seconds. It never throws, and is silent when it fails. However often it is called, the referrer and the
 * campaign of a document go with the first view that a client registers there.
 *
 * ```ts
 * useEffect(() => trackVisit(client, { path }), [client, path]);
 * ```
 *
 * @returns how to end it; more than once does no harm
 */
export function trackVisit(
  client: Pick<Client<'register' | 'postSleep' | 'pageLeft'>, 'register' | 'postSleep' | 'pageLeft'>,
  { path, window = globalThis.window as TrackedWindow | undefined }: TrackVisitOptions = {},
): () => void {
  if (!window) return () => {};
  // What has a path of its own follows no history, so there is no need to listen to it.
  const history = path === undefined ? window.history : { pushState() {}, replaceState() {} };
  const { world, end } = createTrackedWindow(window, history, client);
  trackPage(world, { url: '', ...(path === undefined ? {} : { path }) });
  return end;
}
