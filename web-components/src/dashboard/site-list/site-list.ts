import type { OxicountError } from '@oxicount/sdk/slim';
import type { PageClient } from '../../client/page-client.ts';

/** A tracked property, as far as the dashboard needs it. */
export interface Site {
  readonly id: string;
  readonly name: string;
  readonly baseUrls: readonly string[];
  readonly timeZone: string;
  readonly minDelaySecs: number;
  /** Since the beginning. */
  readonly visits: number;
}

const SITES = 'query Sites{sites{id name baseUrls timeZone minDelaySecs visits}}';
const VIEWS = 'query Views($site:ID!){stats(site:$site range:{preset:ALL_TIME}){totals{views}}}';

/** While the service is away, it is asked again this often. */
const RETRY_MS = 5_000;
const PASSING = ['NETWORK', 'TIMEOUT', 'UNAVAILABLE'];

/**
 * The sites that may be seen. A failed reading keeps the last answer beside the error, so that a screen can go on
 * showing what was known, and is repeated after a while where the reason may pass.
 */
export class SiteList {
  readonly #client: () => PageClient;
  readonly #changed: () => void;
  #reading: AbortController | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #pixelOnly = new Set<string>();
  /** Undefined until the first answer. */
  sites: readonly Site[] | undefined;
  error: OxicountError | undefined;

  constructor(client: () => PageClient, changed: () => void) {
    this.#client = client;
    this.#changed = changed;
  }

  /** Whether an answer is awaited. */
  get reading(): boolean {
    return this.#reading !== undefined;
  }

  /** Whether nothing was ever counted on a site. */
  isEmpty(site: Site): boolean {
    return site.visits === 0 && !this.#pixelOnly.has(site.id);
  }

  async read(): Promise<void> {
    this.stop();
    const own = new AbortController();
    this.#reading = own;
    try {
      const sites = await this.#ask(own.signal);
      if (this.#reading !== own) return;
      this.sites = sites;
      this.error = undefined;
    } catch (error) {
      if (this.#reading !== own) return;
      this.error = error as OxicountError;
      if (PASSING.includes(this.error.code)) this.#retry = setTimeout(() => void this.read(), RETRY_MS);
    }
    this.#reading = undefined;
    this.#changed();
  }

  /** Gives up what is under way or to come. */
  stop(): void {
    clearTimeout(this.#retry);
    this.#reading?.abort();
    this.#reading = undefined;
  }

  async #ask(signal: AbortSignal): Promise<readonly Site[]> {
    const client = this.#client();
    const { sites } = (await client.request(SITES as never, {} as never, { signal })) as {
      sites: readonly Site[];
    };
    // Readers without JavaScript make pixel views and no visits.
    const unvisited = sites.filter(({ id, visits }) => visits === 0 && !this.#pixelOnly.has(id));
    await Promise.all(
      unvisited.map(async ({ id: site }) => {
        const { stats } = (await client.request(VIEWS as never, { site } as never, { signal })) as {
          stats: { totals: { views: number } };
        };
        if (stats.totals.views > 0) this.#pixelOnly.add(site);
      }),
    );
    return sites;
  }
}
