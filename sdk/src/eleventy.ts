import { fetchSiteCounts, type SiteCounts, type SiteCountsOptions } from './site-counts.ts';

/** Options of the plugin: where counts come from, and where they are kept between builds. */
export interface EleventyOptions extends SiteCountsOptions {
  /** The language that the shortcode writes numbers in, such as `de`. Default: `en`. */
  readonly lang?: string | undefined;
}

/** An entry of a collection, as far as the plugin looks at it. */
export interface EleventyItem {
  /** False where no page is written. */
  readonly url: string | false;
}

/** The parts of Eleventy's configuration that the plugin uses: Eleventy 3 has them. */
export interface EleventyConfig {
  on(event: 'eleventy.before', run: () => Promise<void>): unknown;
  addGlobalData(name: string, data: () => Promise<unknown>): unknown;
  addAsyncFilter(name: string, filter: (address: string) => Promise<unknown>): unknown;
  addAsyncShortcode(
    name: string,
    shortcode: (this: { readonly page: EleventyItem }, address?: string) => Promise<string>,
  ): unknown;
  addCollection(
    name: string,
    collect: (api: { getAll(): EleventyItem[] }) => Promise<EleventyItem[]>,
  ): unknown;
}

/**
 * Eleventy plugin. Counts are fetched once a build, and a build never fails for them: see {@link fetchSiteCounts}.
 *
 * - global data `visits`: `visits.total`, `visits.pages` (each with `path` and `count`), `visits.fetchedAt`
 * - filter `visits`: `{{ page.url | visits }}` is a number
 * - shortcode `visits`: `{% visits %}` is the number of the page that it stands on, written for people
 * - collection `mostRead`: pages with visits, the most visited first
 *
 * ```js
 * import oxicount from '@oxicount/sdk/eleventy';
 * export default (config) => config.addPlugin(oxicount, { url: 'https://stats.example.org', site: 'blog' });
 * ```
 */
export default function oxicount(config: EleventyConfig, options: EleventyOptions): void {
  let fetching: Promise<SiteCounts> | undefined;
  const visits = () => {
    fetching ??= fetchSiteCounts(options);
    return fetching;
  };
  const number = new Intl.NumberFormat(options.lang ?? 'en');

  // With --watch one process builds many times.
  config.on('eleventy.before', async () => {
    fetching = undefined;
  });
  config.addGlobalData('visits', visits);
  config.addAsyncFilter('visits', async (address) => (await visits()).of(address));
  config.addAsyncShortcode(
    'visits',
    async function (this: { readonly page: EleventyItem }, address?: string) {
      return number.format((await visits()).of(address || this.page.url || '/'));
    },
  );
  config.addCollection('mostRead', async (api) => {
    const { of } = await visits();
    const read = ({ url }: EleventyItem) => (url === false ? 0 : of(url));
    return api
      .getAll()
      .filter((item) => read(item) > 0)
      .sort((a, b) => read(b) - read(a));
  });
}
