import type { LiveState } from '../client/following.ts';
import type { PageClient } from '../client/page-client.ts';
import { visitsOf } from '../client/visits-of.ts';

/** Who watches a site. */
export interface Watcher {
  /** Visits were counted. Called at most once in two seconds. */
  counted(): void;
  /** The connection is in another state. */
  entered(state: LiveState): void;
}

/** Watches whether visits of a site are counted, and how the connection stands, until the returned function is called. */
export function watchSite(client: PageClient, site: string, watcher: Watcher): () => void {
  const ended = new AbortController();
  client
    .keepFresh<never>(
      visitsOf(site, undefined),
      { take: () => {}, refresh: () => watcher.counted(), enter: (state) => watcher.entered(state) },
      ended.signal,
    )
    .catch(() => watcher.entered('refused'));
  return () => ended.abort();
}
