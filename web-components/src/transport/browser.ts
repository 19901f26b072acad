import { type CountOf, createCountOf } from './counts.ts';
import { createLive } from './live.ts';
import type { Live } from './live-stream.ts';
import { type Ask, createAsk } from './query.ts';

/** What all widgets of a page share, so that many of them make few requests. */
export interface Connection {
  readonly ask: Ask;
  readonly countOf: CountOf;
  readonly live: Live;
}

let shared: Connection | undefined;

/** The page's connection, made when the first widget asks for it. */
export function connection(): Connection {
  if (!shared) {
    const fetch = (request: Request) => globalThis.fetch(request);
    const ask = createAsk(fetch);
    const live = createLive({ fetch, wait, random: Math.random, watchVisible });
    shared = { ask, countOf: createCountOf(ask), live };
  }
  return shared;
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}

/**
 * Hidden tabs hold no connection: over HTTP/1.1 a browser opens six to a host for all its tabs together, so six
 * forgotten tabs would silence the seventh. Leaving the page counts too, so that it can go to the back/forward cache.
 */
function watchVisible(changed: (visible: boolean) => void): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const look = () => changed(document.visibilityState === 'visible');
  document.addEventListener('visibilitychange', look, { signal });
  window.addEventListener('pagehide', () => changed(false), { signal });
  window.addEventListener('pageshow', look, { signal });
  look();
  return () => stop.abort();
}
