import { html, LitElement, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { Administration } from './dashboard/administration.ts';
import { type Content, contentTemplate, hasFigures } from './dashboard/content-template.ts';
import { Desk } from './dashboard/desk.ts';
import { type DialogName, dialogsTemplate } from './dashboard/dialogs-template.ts';
import { Downloading } from './dashboard/download/downloading.ts';
import type { Shown } from './dashboard/download/parts.ts';
import { Copying } from './dashboard/empty/copying.ts';
import { footerTemplate, headerTemplate } from './dashboard/header-template.ts';
import { act } from './dashboard/keys/act.ts';
import { KeySwitch } from './dashboard/keys/key-switch.ts';
import { actionOf } from './dashboard/keys/shortcuts.ts';
import { loadingTemplate } from './dashboard/notice-template.ts';
import { addressOf, type Place, placeIn, USUAL_PLACE } from './dashboard/place.ts';
import { dayIn } from './dashboard/range-picker/calendar.ts';
import { rangeText } from './dashboard/range-picker/range-text.ts';
import type { Screen } from './dashboard/screen.ts';
import { placesOfPage } from './dashboard/sign-in/session.ts';
import { takeSharedToken } from './dashboard/sign-in/shared-token.ts';
import { dashboardStyles } from './dashboard/styles/styles.ts';
import { administers, fixedFor, placeWithin } from './dashboard/viewer.ts';
import { sayIn } from './dashboard/words.ts';
import { displayPath } from './format/display-path.ts';
import { enumName } from './widget/enum-name.ts';
import { instanceAt } from './widget/instance.ts';
import { jsonAttribute } from './widget/json-attribute.ts';
import { languageOf } from './widget/language.ts';
import type { PanelElement, StatsFilter, Words } from './widget/panel-element.ts';
import { rangeNamed } from './widget/range.ts';

export type { Place } from './dashboard/place.ts';

/**
 * All figures of an instance on one page: its sites, what is read, by whom and from where, and each page with its
 * visits. It is made of the other elements.
 *
 * @element oxi-dashboard
 * @attr {string} url - Base address of the instance. Default: the one that served this script.
 * @attr {string} site - Slug of the site on show. Default: the first one.
 * @attr {string} path - Path of a page to show in detail. Default: none, the whole site is shown.
 * @attr {string} range - A preset such as `last-7-days`, or dates, `2024-03-01/2024-03-31`. Default: `last-30-days`.
 * @attr {'previous-period' | 'year-before' | 'none'} compare - What to compare with. Default: `previous-period`.
 * @attr {string} figure - Which figure is charted, as `<oxi-totals>` names them. Default: `visits`.
 * @attr {string} filter - Which visits, as JSON of `StatsFilter`: `{"country":"DE"}`. Default: all.
 * @attr {boolean} live - Follow the figures as visits are counted.
 * @attr {boolean} follow-url - Take what is on show from the page's address (`?site=`, `?range=`, `?country=`, ...) and
 *   write it there, so that a link shows the same.
 * @attr {string} token - Bearer token, for sites that are private. Default: people can sign in with one themselves.
 * @attr {string} lang - Language of numbers and dates. Default: the page's, as HTML has it.
 * @attr {string} words - Words to use instead of the English ones, as JSON; also for the elements within.
 * @csspart header - The bar with the name, the choice of site and the state of the connection.
 * @csspart time - The choice of range and comparison.
 * @csspart filters - What visits are filtered by.
 * @csspart totals - The large figures.
 * @csspart history - The chart.
 * @csspart live - Who is here now.
 * @csspart visits - The single visits of a page.
 * @csspart content - Lists of pages; likewise `sources`, `places`, `technology`.
 * @csspart empty - What a site without visits shows.
 * @csspart failure - What is shown instead of figures that could not be read.
 * @csspart stale - Says that figures are old.
 * @csspart notice - What is shown where there is no site.
 * @csspart dialog - A dialog.
 * @csspart footer - The links below.
 * @cssprop [--oxi-ink=currentcolor] - Text.
 * @cssprop --oxi-quiet - Text that matters less.
 * @cssprop [--oxi-surface=transparent] - Ground of what lies above the page.
 * @cssprop --oxi-line - Lines, and the shapes that stand for figures to come.
 * @cssprop --oxi-accent - What is chosen, focused or drawn.
 * @cssprop --oxi-bar - Bars behind text.
 * @cssprop --oxi-alarm - What went wrong, or went down.
 * @cssprop [--oxi-radius=0.5rem] - Corners.
 * @fires {CustomEvent<Place>} oxi-place - Something else is on show. Bubbles.
 */
export class DashboardElement extends LitElement {
  static override properties: PropertyDeclarations = {
    url: {},
    site: {},
    path: {},
    range: {},
    compare: {},
    figure: {},
    filter: { converter: jsonAttribute },
    live: { type: Boolean },
    followUrl: { type: Boolean, attribute: 'follow-url' },
    token: {},
    lang: {},
    words: { converter: jsonAttribute },
  };

  static override styles = dashboardStyles;

  /** Base address of the instance. Null: the one that served this script. */
  declare url: string | null;
  /** Slug of the site. Null: the first one. */
  declare site: string | null;
  /** Path of a page to show in detail. Null: none. */
  declare path: string | null;
  /** Which time to look at. Null: the last 30 days. */
  declare range: string | null;
  /** What to compare with. Null: the period before. */
  declare compare: string | null;
  /** Which figure is charted. Null: visits. */
  declare figure: string | null;
  /** Which visits to look at. Undefined: all. */
  declare filter: StatsFilter | undefined;
  /** Follow the figures as visits are counted. */
  declare live: boolean;
  /** Keep what is on show in the address of the page. */
  declare followUrl: boolean;
  /** Bearer token. Null: people can sign in themselves. */
  declare token: string | null;
  /** Words in another language. */
  declare words: Words | undefined;

  readonly #changed = () => this.requestUpdate();
  readonly #pressed = (event: Event) => this.#press(event as KeyboardEvent);
  readonly #online = () => void this.#desk?.list.read();
  readonly #copying = new Copying(this.#changed);
  readonly #downloading = new Downloading(this.#changed);
  readonly #administration = new Administration(this.#changed);
  readonly #tabs = new Map<string, string>();
  #keys = new KeySwitch(undefined);
  #desk: Desk | undefined;
  #dialog: DialogName | undefined;
  #choosingDates = false;

  constructor() {
    super();
    this.url = null;
    this.site = null;
    this.path = null;
    this.range = null;
    this.compare = null;
    this.figure = null;
    this.filter = undefined;
    this.live = false;
    this.followUrl = false;
    this.token = null;
    this.words = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#keys = new KeySwitch(placesOfPage().browser);
    window.addEventListener('popstate', this.#changed);
    window.addEventListener('online', this.#online);
    // On a page of somebody else's, keys are theirs unless the reader is in here.
    this.#keyTarget.addEventListener('keydown', this.#pressed);
    this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('popstate', this.#changed);
    window.removeEventListener('online', this.#online);
    document.removeEventListener('keydown', this.#pressed);
    this.removeEventListener('keydown', this.#pressed);
    this.#desk?.stop();
    this.#desk = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this.hasUpdated && (changed.has('url') || changed.has('token'))) this.#begin();
    const { site, fixed } = this.#screen;
    this.#desk?.watch(this.live && !fixed.statisticsOnly ? site : undefined);
  }

  protected override updated(): void {
    // A dialog is open as long as it is there.
    this.renderRoot.querySelector<HTMLDialogElement>('dialog:not([open])')?.showModal();
    if (!this.followUrl) return;
    const place = this.#place;
    const site = this.#desk?.siteAt(place)?.name;
    document.title = [place.path && displayPath(place.path), site, 'oxicount'].filter(Boolean).join(' · ');
  }

  protected override render(): TemplateResult {
    const screen = this.#screen;
    const desk = this.#desk;
    if (!desk) return html`<div class="content">${loadingTemplate(screen.say)}</div>`;
    const content = this.#content(desk, screen);
    const { signing } = desk;
    const open = (name: DialogName) => () => this.#open(name);
    const figures = hasFigures(content, screen);
    const mayShare = figures && administers(desk.list.viewer);
    return html`
      ${headerTemplate(screen, {
        share: mayShare ? open('share') : undefined,
        administer: administers(desk.list.viewer) ? open('administer') : undefined,
        download: figures ? open('download') : undefined,
        signIn: signing && signing.token === undefined ? open('sign-in') : undefined,
        signOut: signing?.token === undefined ? undefined : () => void desk.signOut(),
      })}
      <div class="content" @oxi-error=${(event: CustomEvent<{ code: string }>) => desk.heard(event.detail)}>
        ${contentTemplate(screen, content)}
      </div>
      ${footerTemplate(screen, open('shortcuts'))}
      ${dialogsTemplate(screen, {
        open:
          this.#dialog ??
          (signing?.refusal === 'token-lost' && desk.list.sites?.length ? 'sign-in' : undefined),
        closed: () => this.#close(),
        desk,
        signIn: content.signIn,
        keys: { on: this.#keys.on, turn: (on) => this.#turnKeys(on) },
        downloading: this.#downloading,
        administration: this.#administration,
        panels: content.panels,
        shown: figures ? this.#shown(screen) : undefined,
        about: screen.say('download-about', {
          site: screen.site?.name ?? '',
          range: rangeText(screen.place.range, { ...screen, today: content.picking.today }),
        }),
      })}
    `;
  }

  get #instance(): string {
    return instanceAt(this.url);
  }

  get #keyTarget(): EventTarget {
    return this.followUrl ? document : this;
  }

  get #place(): Place {
    const given: Place = {
      site: this.site ?? undefined,
      path: this.path ?? undefined,
      range: this.range ?? USUAL_PLACE.range,
      compare: this.compare ?? USUAL_PLACE.compare,
      figure: this.figure ?? USUAL_PLACE.figure,
      filter: this.filter ?? {},
    };
    // Outside of a browser there is no address.
    if (!this.followUrl || !globalThis.location) return given;
    const place = placeIn(location.search);
    return { ...place, site: place.site ?? given.site };
  }

  get #screen(): Screen {
    const asked = this.#place;
    const site = this.#desk?.siteAt(asked);
    const fixed = fixedFor(this.#desk?.list.viewer, site);
    const place = placeWithin(asked, fixed);
    const address = (change: Partial<Place>) =>
      addressOf(
        { ...this.#named(place), ...change },
        this.#instance,
        globalThis.location?.href ?? this.#instance,
      );
    return {
      say: sayIn(this.words),
      language: languageOf(this),
      instance: this.#instance,
      sites: this.#desk?.list.sites,
      site,
      place,
      fixed,
      state: this.#desk?.state,
      address,
      go: (change) => this.#go({ ...this.#named(place), ...change }, address(change)),
    };
  }

  /** Where there are several sites, the name of the one on show is part of what a link says. */
  #named(place: Place): Place {
    const { list } = this.#desk ?? {};
    const site = this.#desk?.siteAt(place)?.id;
    return { ...place, site: (list?.sites?.length ?? 0) > 1 ? site : place.site };
  }

  #content(desk: Desk, { site }: Screen): Content {
    return {
      desk,
      copying: this.#copying,
      picking: {
        today: dayIn(site?.timeZone),
        dates: this.#choosingDates,
        chooseDates: (open) => this.#chooseDates(open),
      },
      panels: {
        url: this.url,
        token: desk.token ?? null,
        live: this.live,
        words: this.words,
        tabs: this.#tabs,
        openTab: (group, name) => {
          this.#tabs.set(group, name);
          this.requestUpdate();
        },
      },
      signIn: (token, stay) => void this.#signIn(desk, token, stay),
    };
  }

  #shown({ place, site }: Screen): Shown {
    const { path, range, filter, compare } = place;
    return {
      site: site?.id ?? place.site ?? '',
      path,
      range: rangeNamed(range),
      filter: path === undefined ? filter : { ...filter, page: path },
      comparison: compare === 'none' ? undefined : enumName(compare),
    };
  }

  #go(place: Place, address: string): void {
    const before = this.#place;
    if (this.followUrl) history.pushState(null, '', address);
    else {
      this.site = place.site ?? null;
      this.path = place.path ?? null;
      this.range = place.range;
      this.compare = place.compare;
      this.figure = place.figure;
      this.filter = place.filter;
    }
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent('oxi-place', { detail: place, bubbles: true, composed: true }));
    if (before.path !== place.path || before.site !== place.site) void this.#arrive();
  }

  /** As after following a link: at the top, with the focus where reading begins. */
  async #arrive(): Promise<void> {
    await this.updateComplete;
    const heading = this.renderRoot.querySelector('h1');
    heading?.focus({ preventScroll: true });
    this.scrollIntoView({ block: 'start' });
  }

  async #signIn(desk: Desk, token: string, stay: boolean): Promise<void> {
    if (await desk.signIn(token, stay)) this.#close();
  }

  #open(name: DialogName): void {
    if (name === 'share' || name === 'administer') void this.#administration.load();
    this.#dialog = name;
    this.requestUpdate();
  }

  #close(): void {
    this.#dialog = undefined;
    const { signing } = this.#desk ?? {};
    if (signing) signing.refusal = undefined;
    this.requestUpdate();
  }

  #turnKeys(on: boolean): void {
    this.#keys.turn(on);
    this.requestUpdate();
  }

  async #chooseDates(open: boolean): Promise<void> {
    this.#choosingDates = open;
    this.requestUpdate();
    await this.updateComplete;
    if (open) this.renderRoot.querySelector<HTMLElement>('#from')?.focus();
  }

  #press(event: KeyboardEvent): void {
    const action = this.#keys.on && this.#desk ? actionOf(event) : undefined;
    if (!action || !this.#desk) return;
    event.preventDefault();
    const screen = this.#screen;
    act(action, screen, {
      today: dayIn(screen.site?.timeZone),
      open: (name) => this.#open(name),
      focus: (id) => this.renderRoot.querySelector<HTMLElement>(`#${id}`)?.focus(),
    });
  }

  #begin(): void {
    this.#desk?.stop();
    this.#desk = new Desk({
      instance: this.#instance,
      token: this.token,
      shared: this.followUrl ? takeSharedToken() : undefined,
      changed: this.#changed,
      recovered: () => this.#refreshFailed(),
    });
  }

  /** All at once, instead of each when its pause is over. */
  #refreshFailed(): void {
    for (const panel of this.renderRoot.querySelectorAll<PanelElement<object>>('.panels *')) {
      if (panel.error) void panel.refresh();
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oxi-dashboard': DashboardElement;
  }
}
