import { fetchSiteCounts, type SiteCountsOptions } from './site-counts.ts';

/** The parts of what Astro hands to a loader that this one uses. */
export interface AstroLoaderContext {
  readonly store: {
    clear(): void;
    set(entry: { id: string; data: Record<string, unknown>; digest?: string | number }): unknown;
  };
  readonly logger: { warn(message: string): void };
  parseData(entry: { id: string; data: Record<string, unknown> }): Promise<Record<string, unknown>>;
  generateDigest(data: Record<string, unknown>): string | number;
}

/** A loader for a content collection of Astro 5 and later. */
export interface AstroLoader {
  readonly name: string;
  load(context: AstroLoaderContext): Promise<void>;
}

/**
 * Loader for a content collection of Astro: an entry a page with visits, the most visited first. Its id is the path,
 * such as `/posts/hello`, its data `{ path, count }`. A build never fails for it: see {@link fetchSiteCounts}.
 *
 * ```ts
 * const visits = defineCollection({ loader: oxicountLoader({ url: 'https://stats.example.org', site: 'blog' }) });
 * export const collections = { visits };
 * ```
 */
export function oxicountLoader(options: SiteCountsOptions): AstroLoader {
  return {
    name: 'oxicount',
    async load({ store, logger, parseData, generateDigest }) {
      const { pages } = await fetchSiteCounts({ warn: (message) => logger.warn(message), ...options });
      store.clear();
      for (const { path, count } of pages) {
        const data = await parseData({ id: path, data: { path, count } });
        store.set({ id: path, data, digest: generateDigest(data) });
      }
    },
  };
}
