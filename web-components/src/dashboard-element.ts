import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { Copying } from './dashboard/copying.ts';
import { headerTemplate } from './dashboard/header-template.ts';
import { failureTemplate, loadingTemplate, noSiteTemplate } from './dashboard/notice-template.ts';
import { overviewTemplate } from './dashboard/overview-template.ts';
import { pageTemplate } from './dashboard/page-template.ts';
import { addressOf, type Place, placeAt } from './dashboard/place.ts';
import type { Screen } from './dashboard/screen.ts';
import { Showing } from './dashboard/showing.ts';
import { dashboardStyles } from './dashboard/styles.ts';
import { displayPath } from './display-path.ts';
import { endpointOf, instanceAt } from './instance.ts';
import { languageOf } from './language.ts';
import { connection } from './transport/browser.ts';

/**
 * The figures of an instance: its sites, what is read most, visits as they count, and each page with its visits.
 *
 * @element oxi-dashboard
 * @attr {string} url - Base address of the instance. Default: the one that served this script.
 * @attr {string} site - Slug of the site on show. Default: the first one.
 * @attr {string} path - Path of a page to show in detail. Default: none, the whole site is shown.
 * @attr {boolean} follow-url - Take site and path from the page's address (`?site=`, `?path=`) and write them there.
 * @csspart header - The bar with the name, the choice of site and the state of the connection.
 * @csspart totals - The large figures.
 * @csspart pages - The most read pages.
 * @csspart feed - The visits as they happen.
 * @csspart history - The table of a page's visits.
 * @csspart empty - What a site without visits shows.
 * @csspart failure - What is shown instead of figures that could not be read.
 * @cssprop --oxi-ink - Colour of text; likewise `--oxi-quiet`, `--oxi-surface`, `--oxi-line`, `--oxi-accent`, `--oxi-bar`.
 */
export class DashboardElement extends LitElement {
  static override properties = {
    url: {},
    site: {},
    path: {},
    followUrl: { type: Boolean, attribute: 'follow-url' },
  };

  static override styles = dashboardStyles;

  declare url: string | null;
  declare site: string | null;
  declare path: string | null;
  declare followUrl: boolean;

  readonly #changed = () => this.requestUpdate();
  readonly #copying = new Copying(this.#changed);
  #showing: Showing | undefined;

  constructor() {
    super();
    this.url = null;
    this.site = null;
    this.path = null;
    this.followUrl = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('popstate', this.#changed);
    this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('popstate', this.#changed);
    this.#showing?.stop();
    this.#showing = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('url') && this.hasUpdated) this.#begin();
    this.#showing?.look(this.#place);
  }

  protected override updated(): void {
    if (!this.followUrl) return;
    const { path } = this.#place;
    const site = this.#showing?.siteAt(this.#place);
    document.title = [path && displayPath(path), site?.name, 'oxicount'].filter(Boolean).join(' · ');
  }

  protected override render() {
    const showing = this.#showing;
    return html`
      ${headerTemplate({
        home: addressOf({}, this.#instance),
        demo: new URL('demo/', this.#instance).href,
        sites: showing?.sites.latest.value ?? [],
        site: showing?.siteAt(this.#place),
        state: showing?.view?.figures.state,
        choose: (site) => this.#choose(site),
      })}
      <div class="content">${showing ? this.#content(showing) : nothing}</div>
      <footer><a href=${new URL('definitions', this.#instance).href}>What every figure means</a></footer>
    `;
  }

  #content(showing: Showing) {
    const { value: sites, error } = showing.sites.latest;
    if (!sites) return error ? failureTemplate(error, () => void showing.sites.read()) : loadingTemplate;
    const site = showing.siteAt(this.#place);
    const { view } = showing;
    if (!site || !view) return noSiteTemplate(sites.length, this.#place.site);
    const screen: Screen = {
      language: languageOf(this),
      instance: this.#instance,
      sites,
      site,
      copying: this.#copying,
      address: ({ path }) =>
        addressOf({ path, site: sites.length > 1 ? site.id : undefined }, this.#instance),
    };
    return view.kind === 'page' ? pageTemplate(screen, view) : overviewTemplate(screen, view);
  }

  get #instance(): string {
    return instanceAt(this.url);
  }

  get #place(): Place {
    if (this.followUrl) return placeAt(location.search);
    return { site: this.site ?? undefined, path: this.path ?? undefined };
  }

  #choose(site: string): void {
    if (this.followUrl) {
      history.pushState(null, '', addressOf({ site }, this.#instance));
      this.requestUpdate();
    } else {
      this.path = null;
      this.site = site;
    }
  }

  #begin(): void {
    this.#showing?.stop();
    const endpoint = endpointOf(this.#instance);
    this.#showing = new Showing({ connection: connection(), endpoint, changed: this.#changed });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oxi-dashboard': DashboardElement;
  }
}
