import { css, html, LitElement, type PropertyValues } from 'lit';
import { formatCount } from './format.ts';
import { endpointOf, instanceAt } from './instance.ts';
import { languageOf } from './language.ts';
import { connection } from './transport/browser.ts';

const COUNT_SUBSCRIPTION =
  'subscription Count($site: ID, $path: String!) { count(site: $site, path: $path) }';

/**
 * How often a page has been read.
 *
 * Shows its own content until the number is there, and keeps showing it when the number cannot be had. Elements that
 * appear together ask in one request; with `live`, those for the same page share one connection.
 *
 * @element oxi-count
 * @attr {string} url - Base address of the instance. Default: the one that served this script.
 * @attr {string} site - Slug of the site. Default: the instance's only site.
 * @attr {string} path - Path of the page. Default: this page.
 * @attr {boolean} live - Follow the number as visits are counted.
 * @attr {string} lang - Language of the number. Default: the page's, as HTML has it.
 * @slot - What to show without a number.
 * @csspart count - The number.
 * @cssprop [--oxi-count-min-size=2ch] - Room kept for the number, so that the text around it stays where it is.
 * @fires oxi-change - The number has come or changed: `event.detail.count`. Bubbles.
 */
export class CountElement extends LitElement {
  static override properties = {
    url: {},
    site: {},
    path: {},
    live: { type: Boolean },
    _count: { state: true },
  };

  static override styles = css`
    :host {
      display: inline-block;
      min-inline-size: var(--oxi-count-min-size, 2ch);
      font-variant-numeric: tabular-nums;
    }
    :host([hidden]) {
      display: none;
    }
    /* An empty inline block would sit on its bottom edge and drop when the number comes. */
    :host::before {
      content: '\\200b';
    }
  `;

  declare url: string | null;
  declare site: string | null;
  declare path: string | null;
  declare live: boolean;
  declare _count: number | undefined;

  /** What the number on show, or the one under way, belongs to. */
  #shown = '';
  #stopLive: (() => void) | undefined;

  constructor() {
    super();
    this.url = null;
    this.site = null;
    this.path = null;
    this.live = false;
    this._count = undefined;
  }

  /** The number on show; undefined while there is none. */
  get count(): number | undefined {
    return this._count;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // After an element was moved or put back, what it missed meanwhile is read again.
    if (this.hasUpdated) this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopLive?.();
    this.#stopLive = undefined;
  }

  protected override updated(changed: PropertyValues): void {
    if (['url', 'site', 'path', 'live'].some((name) => changed.has(name))) this.#follow();
  }

  protected override render() {
    if (this._count === undefined) return html`<slot></slot>`;
    return html`<span part="count">${formatCount(this._count, languageOf(this))}</span>`;
  }

  #follow(): void {
    const endpoint = endpointOf(instanceAt(this.url));
    const site = this.site ?? undefined;
    const path = this.path ?? location.pathname;
    const asked = JSON.stringify([endpoint, site, path]);
    if (asked !== this.#shown) this._count = undefined;
    this.#shown = asked;

    const { countOf, live } = connection();
    let pushed = false;
    const show = (count: number) => this.#shown === asked && this.#show(count);
    // An answer may be older than what was pushed meanwhile. About a failure there is nothing to do: without a number
    // the element keeps its own content.
    countOf({ endpoint, site, path }).then(
      (count) => pushed || show(count),
      () => {},
    );

    this.#stopLive?.();
    this.#stopLive = this.live
      ? live(
          { endpoint, query: COUNT_SUBSCRIPTION, variables: { site: site ?? null, path } },
          {
            onData: (data: { count: number }) => {
              pushed = true;
              show(data.count);
            },
          },
        )
      : undefined;
  }

  #show(count: number): void {
    if (count === this._count) return;
    this._count = count;
    this.dispatchEvent(new CustomEvent('oxi-change', { detail: { count }, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oxi-count': CountElement;
  }
}
