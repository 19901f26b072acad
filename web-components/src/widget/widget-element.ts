import type { OxicountError } from '@oxicount/sdk/slim';
import { LitElement, type PropertyDeclarations, type PropertyValues } from 'lit';
import type { LiveState } from '../client/following.ts';
import type { Keeper } from '../client/keep-fresh.ts';
import { type Connection, clientOf, type PageClient } from '../client/page-client.ts';
import { isPassing } from '../client/passing.ts';
import { instanceAt } from './instance.ts';
import { jsonAttribute } from './json-attribute.ts';
import { languageOf } from './language.ts';
import { whenNear } from './near-viewport.ts';
import type { Reading } from './reading.ts';

// A reading that failed is tried again after this long, and then after twice as long each time, up to a minute.
const RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 60_000;

/**
 * What the elements have in common: where they ask, when, and what becomes of the answer.
 *
 * An element asks when it comes near the viewport, and again when what it asks for changes; with `live`, whenever the
 * service says that there is something new. All elements of a page share one client. Until there is an answer, and
 * where there is none, it shows its own content.
 *
 * @typeParam Value what is read and shown, and the `detail` of `oxi-change`
 *
 * @attr {string} url - Base address of the instance. Default: the one that served this script.
 * @attr {string} site - Slug of the site. Default: the instance's only site.
 * @attr {string} path - Path of a page. Default: what `scope` says.
 * @attr {'page' | 'site'} scope - `page` for this page, `site` for the whole site. Default: the whole site.
 * @attr {boolean} live - Follow the figures as visits are counted.
 * @attr {string} token - Bearer token, for a site that is private. Whoever reads the page can read it.
 * @attr {string} lang - Language of numbers and dates. Default: the page's, as HTML has it.
 * @attr {string} data - What to show at first, as JSON.
 * @fires {CustomEvent<object>} oxi-change - The figures have come or changed. Bubbles.
 * @fires {CustomEvent<{ code: string, message: string }>} oxi-error - The figures could not be read. Bubbles.
 */
export abstract class WidgetElement<Value extends object> extends LitElement {
  static override properties: PropertyDeclarations = {
    url: {},
    site: {},
    path: {},
    scope: {},
    token: {},
    live: { type: Boolean },
    data: { converter: jsonAttribute },
    // Another language is another way to draw the same.
    _lang: { attribute: 'lang' },
  };

  /** Base address of the instance. Null: the one that served this script. */
  declare url: string | null;
  /** Slug of the site. Null: the instance's only site. */
  declare site: string | null;
  /** Path of a page. Null: what `scope` says. */
  declare path: string | null;
  /** `page` for this page, `site` for the whole site. Null: what the element usually shows. */
  declare scope: string | null;
  /** Bearer token, for sites that are private. Null: none. */
  declare token: string | null;
  /** Follow the figures as visits are counted. */
  declare live: boolean;
  /**
   * What is on show: the service's last answer, or the one that was given with the page. Undefined: nothing yet.
   */
  declare data: Value | undefined;

  #client: PageClient | undefined;
  #near = false;
  #notNear: (() => void) | undefined;
  /** What is asked for, and how. */
  #asked = '';
  /** What `data` is of. */
  #answered = '';
  #reading: AbortController | undefined;
  #following: AbortController | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #state: LiveState | undefined;
  #error: OxicountError | undefined;

  constructor() {
    super();
    this.url = null;
    this.site = null;
    this.path = null;
    this.scope = null;
    this.token = null;
    this.live = false;
    this.data = undefined;
  }

  /** Whether an answer is awaited. */
  get busy(): boolean {
    return this.#reading !== undefined;
  }

  /** Why there is no newer answer; undefined where the last one came. */
  get error(): OxicountError | undefined {
    return this.#error;
  }

  /** How a live element is connected; undefined for others. */
  get liveState(): LiveState | undefined {
    return this.#state;
  }

  /** What the element asks for; undefined for nothing yet. */
  protected abstract reading(): Reading<Value> | undefined;

  /** The page that is asked about; undefined for the whole site. */
  protected pageOf(usual: 'page' | 'site'): string | undefined {
    if (this.path !== null) return this.path;
    return (this.scope ?? usual) === 'page' ? location.pathname : undefined;
  }

  /** What the answer to another question is worth until the new one comes; usually nothing. */
  protected meanwhile(_data: Value | undefined): Value | undefined {
    return undefined;
  }

  protected get language(): string | undefined {
    return languageOf(this);
  }

  protected get instance(): string {
    return instanceAt(this.url);
  }

  /** Whom the element asks, and as whom. */
  protected get connection(): Connection {
    return { instance: this.instance, token: this.token ?? undefined };
  }

  /** Puts a value on show, and tells where it is another than before. */
  protected show(value: Value): void {
    if (JSON.stringify(value) === JSON.stringify(this.data)) return;
    this.data = value;
    this.#tell('change', value);
  }

  /** Tells why something did not come about. */
  protected report({ code, message }: OxicountError): void {
    this.#tell('error', { code, message });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#near) this.requestUpdate();
    else {
      this.#notNear = whenNear(this, () => {
        this.#near = true;
        this.requestUpdate();
      });
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#notNear?.();
    this.#stop();
  }

  /** What was rendered into the page on the server stays until this element draws the same again. */
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    this.shadowRoot?.replaceChildren();
    return super.createRenderRoot();
  }

  protected override willUpdate(_changed: PropertyValues): void {
    if (this.#near && this.isConnected) this.#ask();
  }

  /** Asks again. Resolves when the answer is there, or the reason why there is none. */
  async refresh(): Promise<void> {
    const reading = this.reading();
    if (!reading || !this.#client) return;
    clearTimeout(this.#retry);
    this.#reading?.abort();
    const running = new AbortController();
    this.#reading = running;
    this.requestUpdate();
    try {
      const value = await reading.read(this.#client, running.signal);
      if (running.signal.aborted) return;
      this.#reading = undefined;
      this.#take(value);
    } catch (error) {
      if (running.signal.aborted) return;
      this.#reading = undefined;
      this.#fail(error as OxicountError);
      if (!isPassing(error as OxicountError)) return;
      const pause = Math.min(RETRY_MS * 2 ** this.#failures++, LONGEST_RETRY_MS);
      this.#retry = setTimeout(() => void this.refresh(), pause);
    }
  }

  #ask(): void {
    const reading = this.reading();
    const { connection } = this;
    const asked = JSON.stringify([connection, reading?.key, this.live]);
    if (asked === this.#asked) return;
    this.#stop();
    this.#asked = asked;
    this.#error = undefined;
    if (!reading) return;
    // What was given with the page is of what the page asks for first.
    if (this.#answered && this.#answered !== reading.key) this.data = this.meanwhile(this.data);
    this.#answered = reading.key;
    this.#client = clientOf(connection);
    void this.refresh();
    if (!this.live) return;
    const following = new AbortController();
    this.#following = following;
    const keeper: Keeper<Value> = {
      take: (value) => {
        this.#reading?.abort();
        this.#reading = undefined;
        this.#take(value);
      },
      refresh: () => void this.refresh(),
      enter: (state, refusal) => {
        this.#state = state;
        if (refusal) this.#fail(refusal);
        this.requestUpdate();
      },
    };
    this.#client.keepFresh(reading.source, keeper, following.signal).catch((error) => this.#fail(error));
  }

  #stop(): void {
    this.#asked = '';
    this.#failures = 0;
    clearTimeout(this.#retry);
    this.#reading?.abort();
    this.#reading = undefined;
    this.#following?.abort();
    this.#state = undefined;
  }

  #take(value: Value): void {
    this.#error = undefined;
    this.#failures = 0;
    this.requestUpdate();
    this.show(value);
  }

  #fail(error: OxicountError): void {
    this.#error = error;
    this.requestUpdate();
    this.report(error);
  }

  #tell(what: 'change' | 'error', detail: object): void {
    this.dispatchEvent(new CustomEvent(`oxi-${what}`, { detail, bubbles: true, composed: true }));
  }
}
