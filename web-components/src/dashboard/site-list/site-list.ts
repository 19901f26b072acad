import type { OxicountError } from '@oxicount/sdk/slim';
import { documentOf } from '../../client/document.ts';
import type { PageClient } from '../../client/page-client.ts';
import { isPassing } from '../../client/passing.ts';
import { VIEWER, type Viewer } from '../viewer.ts';

/** A tracked property, as far as the dashboard needs it. */
export interface Site {
  readonly id: string;
  readonly name: string;
  readonly baseUrls: readonly string[];
  readonly timeZone: string;
  readonly minDelaySecs: number;
  /** Since the beginning; null where it is not for the viewer. */
  readonly views: number | null;
}

/** Whether nothing was ever counted on a site: no visit, and no pixel view by readers without JavaScript. */
export const isEmpty = ({ views }: Site): boolean => views === 0;

const SITES = documentOf<{ sites: readonly Site[]; viewer: Viewer | null }>(
  `query Sites{sites{id name baseUrls timeZone minDelaySecs views} ${VIEWER}}`,
);

/** While the service is away, it is asked again this often. */
const RETRY_MS = 5_000;

/**
 * The sites that may be seen, and who sees them. A failed reading keeps the last answer beside the error, so that a screen can go on
 * showing what was known, and is repeated after a while where the reason may pass.
 */
export class SiteList {
  readonly #client: () => PageClient;
  readonly #changed: () => void;
  #reading: AbortController | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  /** Undefined until the first answer. */
  sites: readonly Site[] | undefined;
  /** Null without a token; undefined until the first answer. */
  viewer: Viewer | null | undefined;
  error: OxicountError | undefined;

  constructor(client: () => PageClient, changed: () => void) {
    this.#client = client;
    this.#changed = changed;
  }

  /** Whether an answer is awaited. */
  get reading(): boolean {
    return this.#reading !== undefined;
  }

  async read(): Promise<void> {
    this.stop();
    const own = new AbortController();
    this.#reading = own;
    try {
      const { sites, viewer } = await this.#client().request(SITES, {}, { signal: own.signal });
      if (this.#reading !== own) return;
      this.sites = sites;
      this.viewer = viewer;
      this.error = undefined;
    } catch (error) {
      if (this.#reading !== own) return;
      this.error = error as OxicountError;
      if (isPassing(this.error)) this.#retry = setTimeout(() => void this.read(), RETRY_MS);
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
}
