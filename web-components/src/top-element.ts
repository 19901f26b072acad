import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { visitsOf } from './client/visits-of.ts';
import { dimensionNamed } from './top/dimension.ts';
import { ORDERS, orderNamed } from './top/order.ts';
import type { TopData } from './top/top-data.ts';
import { readTop } from './top/top-reading.ts';
import { topStyles } from './top/top-styles.ts';
import { topTemplate } from './top/top-template.ts';
import { DEVICES } from './top/value-name.ts';
import { PanelElement, type Words } from './widget/panel-element.ts';
import type { Reading } from './widget/reading.ts';
import { ghostRows, rowsStyles } from './widget/rows.ts';

export type { TopData } from './top/top-data.ts';

const WORDS: Words = {
  empty: 'Nothing yet',
  further: 'Show more',
  ...DEVICES,
  ...Object.fromEntries(ORDERS.map(({ name, word }) => [name, word])),
};

const USUAL_FIRST = 10;
/** The service takes no more in one request. */
const MOST = 1_000;

/**
 * Which pages, referrers or countries had most visits, each with a bar.
 *
 * @element oxi-top
 * @attr {string} url - Base address of the instance. Default: the one that served this script.
 * @attr {string} site - Slug of the site. Default: the instance's only site.
 * @attr {string} path - Path of a page. Default: what `scope` says.
 * @attr {'page' | 'site'} scope - `page`: this page. Default: `site`.
 * @attr {string} range - A preset such as `last-7-days`, or dates, `2024-03-01/2024-03-31`. Default: `last-30-days`.
 * @attr {string} filter - Which visits, as JSON of `StatsFilter`: `{"country":"DE"}`. Default: all.
 * @attr {'page' | 'entry-page' | 'referrer' | 'campaign' | 'country' | 'browser' | 'system' | 'device' | 'language'}
 *   dimension - What to list the values of. Default: `page`.
 * @attr {number} first - How many values, from 1 to 1000. Default: 10.
 * @attr {'visits' | 'visitors' | 'spent-seconds' | 'average-seconds' | 'pixel-views'} order-by - What to list first, and
 *   to show of each value. Default: `visits`.
 * @attr {boolean} selectable - Values are buttons. Without it, pages are links.
 * @attr {string} selected - The chosen value, of those that are selectable. It is the page's to set.
 * @attr {boolean} expandable - With a button that shows ten more.
 * @attr {boolean} live - Follow the figures as visits are counted.
 * @attr {string} token - Bearer token, for a site that is private.
 * @attr {string} lang - Language of names and numbers. Default: the page's, as HTML has it.
 * @attr {string} label - What stands above the list. Default: nothing.
 * @attr {string} words - Words to use instead of the English ones, as JSON: `name`, `empty`, `further`, `without` (visits
 *   without a value), the names of orders, and `desktop`, `mobile`, `tablet`, `tv`, `console`.
 * @attr {string} data - What to show at first, as JSON of `TopData`.
 * @slot - What to show without figures.
 * @slot label - A label with markup of its own.
 * @csspart panel - All of it.
 * @csspart label - The label.
 * @csspart row - A value with its figures.
 * @csspart link - The name of a page.
 * @csspart figure - The figure of a value.
 * @csspart share - What part of the total that is; shown where the pointer is.
 * @csspart empty - What is shown where there are no values.
 * @csspart more - The button that shows more.
 * @csspart failure - What is shown where there are no figures.
 * @csspart stale - Says that the figures are old.
 * @cssprop [--oxi-room=block] - `none`: keep no room for values that are not there.
 * @cssprop --oxi-bar - Colour of the bars.
 * @cssprop --oxi-accent - Colour of what is chosen or in focus.
 * @cssprop --oxi-quiet - Colour of shares.
 * @cssprop --oxi-radius - How round corners are.
 * @fires {CustomEvent<TopData>} oxi-change - The values have come or changed. Bubbles.
 * @fires {CustomEvent<{ dimension: string, value: string }>} oxi-select - A value was chosen. Bubbles.
 * @fires {CustomEvent<{ code: string, message: string }>} oxi-error - The values could not be read. Bubbles.
 */
export class TopElement extends PanelElement<TopData> {
  static override properties: PropertyDeclarations = {
    ...PanelElement.properties,
    dimension: {},
    first: { type: Number },
    orderBy: { attribute: 'order-by' },
    selectable: { type: Boolean },
    selected: {},
    expandable: { type: Boolean },
  };

  static override styles = [...PanelElement.styles, rowsStyles, topStyles];

  /** What to list the values of, as the attribute names it. Null: pages. */
  declare dimension: string | null;
  /** How many values, from 1 to 1000. Null: 10. */
  declare first: number | null;
  /** What to order by, as the attribute names it. Null: visits. */
  declare orderBy: string | null;
  /** Values are buttons. */
  declare selectable: boolean;
  /** The chosen value. Null: none. */
  declare selected: string | null;
  /** With a button that shows ten more. */
  declare expandable: boolean;

  /** What `data` lists. */
  #listed = '';
  /** How many values are on show of what is asked for, once there are more than at first. */
  #grown: { readonly key: string; readonly rows: number } | undefined;
  /** Where the next reading goes on. */
  #after: string | undefined;
  /** The value in focus before an update. */
  #held: string | undefined;

  constructor() {
    super();
    this.dimension = null;
    this.first = null;
    this.orderBy = null;
    this.selectable = false;
    this.selected = null;
    this.expandable = false;
  }

  protected override get ownWords(): Words {
    const { name, without = '' } = dimensionNamed(this.#dimension);
    return { ...WORDS, name, without };
  }

  get #dimension(): string {
    return this.dimension ?? 'page';
  }

  get #first(): number {
    return Math.min(MOST, Math.max(1, Math.floor(this.first || USUAL_FIRST)));
  }

  protected override reading(): Reading<TopData> {
    const site = this.site ?? undefined;
    const filter = this.statsFilter;
    const asked = {
      site,
      range: this.statsRange,
      filter,
      dimension: this.#dimension,
      order: orderNamed(this.orderBy),
    };
    const key = JSON.stringify([asked, this.#first]);
    return {
      key,
      read: async (client, signal) => {
        const after = this.#after;
        this.#after = undefined;
        const rows = this.#grown?.key === key ? this.#grown.rows : this.#first;
        if (after === undefined) return readTop(client, asked, { first: rows }, signal);
        const next = await readTop(client, asked, { first: USUAL_FIRST, after }, signal);
        const isNew = (value: string) => next.values.every((other) => other.value !== value);
        const known = this.data?.values.filter(({ value }) => isNew(value)) ?? [];
        return { ...next, values: [...known, ...next.values] };
      },
      source: visitsOf(site, filter?.['page']),
    };
  }

  /** Values of another dimension or order cannot be shown as those of this one. */
  protected override meanwhile(data: TopData | undefined): TopData | undefined {
    return this.#listed === this.#listing ? data : undefined;
  }

  get #listing(): string {
    return `${this.#dimension} ${this.orderBy}`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#listed = this.#listing;
    this.#held = this.#rowInFocus?.dataset['value'];
  }

  /** Visits that come in move values to other rows; the focus stays on the value. */
  protected override updated(): void {
    const row = this.#rowInFocus;
    if (this.#held === undefined || !row || row.dataset['value'] === this.#held) return;
    const moved = this.#rows.find(({ dataset }) => dataset['value'] === this.#held);
    if (moved) focusOn(moved);
  }

  protected override figures(data: TopData): TemplateResult {
    const { language, selectable, selected } = this;
    const view = {
      dimension: this.#dimension,
      order: orderNamed(this.orderBy),
      rows: Math.max(this.#first, data.values.length),
      language,
      selected: selectable ? selected : undefined,
      word: (name: string) => this.word(name),
      select: (value: string) => this.#select(value),
    };
    return html`${topTemplate(view, data)}${this.#further(data.more)}`;
  }

  protected override ghost(): TemplateResult {
    return html`${ghostRows(this.#first)}${this.#further(false)}`;
  }

  #further(more: boolean): TemplateResult | typeof nothing {
    if (!this.expandable) return nothing;
    return html`
      <div class="further">
        ${more ? html`<button type="button" part="more" @click=${this.#showMore}>${this.word('further')}</button>` : nothing}
      </div>
    `;
  }

  #select(value: string): void {
    const detail = { dimension: this.#dimension, value };
    this.dispatchEvent(new CustomEvent('oxi-select', { detail, bubbles: true, composed: true }));
  }

  async #showMore(): Promise<void> {
    const known = this.data?.values.length ?? 0;
    this.#grown = { key: this.reading().key, rows: Math.min(MOST, known + USUAL_FIRST) };
    // Where all values are being read anyway, the next ones come with them.
    this.#after = this.busy ? undefined : (this.data?.cursor ?? undefined);
    await this.refresh();
    await this.updateComplete;
    const row = this.#rows[known];
    const left =
      this.shadowRoot?.activeElement?.part.contains('more') || document.activeElement === document.body;
    if (row && left) focusOn(row);
  }

  get #rows(): HTMLElement[] {
    return [...(this.shadowRoot?.querySelectorAll<HTMLElement>('li') ?? [])];
  }

  get #rowInFocus(): HTMLElement | null | undefined {
    return this.shadowRoot?.activeElement?.closest('li');
  }
}

/** A row that is neither a link nor a button can be given the focus, but not reached with the keyboard. */
function focusOn(row: HTMLElement): void {
  const target = row.querySelector<HTMLElement>('a, button') ?? row;
  if (target === row) row.tabIndex = -1;
  target.focus();
}

declare global {
  interface HTMLElementTagNameMap {
    'oxi-top': TopElement;
  }
}
