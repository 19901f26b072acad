import type { OxicountError } from '@oxicount/sdk/slim';
import type { LiveState } from '../client/following.ts';
import { clientOf, type PageClient } from '../client/page-client.ts';
import { isPassing } from '../client/passing.ts';
import type { Place } from './place.ts';
import { Signing } from './sign-in/signing.ts';
import { isEmpty, type Site, SiteList } from './site-list/site-list.ts';
import { watchSite } from './watch.ts';

/** Whom a dashboard asks, and as whom. */
export interface DeskOptions {
  /** Base address of the instance. */
  readonly instance: string;
  /** That the page gives; null where people sign in themselves. */
  readonly token: string | null;
  /** That came with a link which somebody shared; undefined where none did. */
  readonly shared?: string | undefined;
  /** Called after anything has changed. */
  readonly changed: () => void;
  /** Called when the service answers again after a while in which it did not. */
  readonly recovered: () => void;
}

/**
 * What a dashboard knows besides figures: who is signed in, which sites there are, and how the connection stands. The
 * list of sites tells too whether the service answers at all.
 */
export class Desk {
  readonly list: SiteList;
  readonly #options: DeskOptions;
  readonly #signing: Signing;
  #watched = '';
  #unwatch: (() => void) | undefined;
  #failed = false;
  /** How the connection stands; undefined where none is wanted. */
  state: LiveState | undefined;

  /** Begins to read the sites at once. */
  constructor(options: DeskOptions) {
    this.#options = options;
    this.#signing = new Signing(options.instance, options.changed);
    if (options.shared !== undefined) this.#signing.take(options.shared);
    this.list = new SiteList(
      () => this.client,
      () => this.#listed(),
    );
    void this.list.read();
  }

  /** Undefined where the page has a token of its own. */
  get signing(): Signing | undefined {
    return this.#options.token === null ? this.#signing : undefined;
  }

  get token(): string | undefined {
    return this.#options.token ?? this.#signing.token;
  }

  get client(): PageClient {
    return clientOf({ instance: this.#options.instance, token: this.token });
  }

  /** The site that a place is on; undefined until the sites are read, and where there is no such site. */
  siteAt({ site }: Place): Site | undefined {
    const { sites } = this.list;
    return site === undefined ? sites?.[0] : sites?.find(({ id }) => id === site);
  }

  /** Signs in and, where that worked, shows what may be seen now. Resolves to whether it did. */
  async signIn(token: string, stay: boolean): Promise<boolean> {
    const done = await this.#signing.signIn(token, stay);
    if (done) await this.list.read();
    return done;
  }

  async signOut(): Promise<void> {
    this.#signing.signOut();
    await this.list.read();
  }

  /** Watches a site, for the state of the connection and the first of its visits; undefined: none. */
  watch(site: Site | undefined): void {
    const wanted = site ? `${site.id} ${this.token}` : '';
    if (wanted === this.#watched) return;
    this.#watched = wanted;
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.state = undefined;
    if (!site) return;
    this.#unwatch = watchSite(this.client, site.id, {
      counted: () => {
        const now = this.list.sites?.find(({ id }) => id === site.id);
        if (now && isEmpty(now)) void this.list.read();
      },
      entered: (state) => {
        this.state = state;
        if (state === 'open' && this.list.error) void this.list.read();
        this.#options.changed();
      },
    });
  }

  /** Takes note of a failure of a panel, and looks whether it is one of all. */
  heard(failure: { readonly code: string }): void {
    const isCommon = isPassing(failure) || failure.code === 'INVALID_TOKEN';
    if (isCommon && !this.list.error && !this.list.reading) void this.list.read();
  }

  /** Ends all reading and listening; a desk is not used again. */
  stop(): void {
    this.list.stop();
    this.#unwatch?.();
  }

  #listed(): void {
    const { error } = this.list;
    if (error && this.#refused(error)) return;
    const recovered = this.#failed && !error;
    this.#failed = error !== undefined;
    this.#options.changed();
    if (recovered) this.#options.recovered();
  }

  /** Without a token that is refused, there may be something to see. */
  #refused({ code }: OxicountError): boolean {
    if (code !== 'INVALID_TOKEN' || this.signing?.token === undefined) return false;
    this.signing.lose();
    void this.list.read();
    return true;
  }
}
