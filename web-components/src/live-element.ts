import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { formatCount } from './format/format.ts';
import type { LiveData } from './live/live-data.ts';
import { liveReading } from './live/live-reading.ts';
import { liveStyles } from './live/live-styles.ts';
import { liveTemplate } from './live/live-template.ts';
import { PanelElement, type Words } from './widget/panel-element.ts';
import type { Reading } from './widget/reading.ts';
import { ghostRows, rowsStyles } from './widget/rows.ts';

export type { LiveData } from './live/live-data.ts';

const WORDS: Words = {
  name: 'Here now',
  'here-other': '{count} here now',
  'views-one': '{count} view',
  'views-other': '{count} views',
  bars: '{views} in the last 30 minutes, at most {peak} in one',
  minutes: 'Views in the last 30 minutes',
  at: 'Views in the 30 minutes to {time}',
  pages: 'Pages they are on',
};

/** The service takes no more. */
const MOST_PAGES = 1_000;

/**
 * Who is here now, and the last 30 minutes.
 *
 * With `live` it follows what happens over the one connection that all live elements of a page share. It announces
 * nothing to screen readers by itself: the number is there when it is read.
 *
 * @element oxi-live
 * @attr {string} url - Base address of the instance. Default: the one that served this script.
 * @attr {string} site - Slug of the site. Default: the instance's only site.
 * @attr {string} path - Path of a page. Default: what `scope` says.
 * @attr {'page' | 'site'} scope - `page`: this page. Default: `site`.
 * @attr {boolean} live - Follow the figures as they change.
 * @attr {number} pages - How many of the pages to list that somebody is on, to 1000. Default: 0, none.
 * @attr {boolean} compact - Only the number, to stand in a line of text.
 * @attr {string} token - Bearer token, for a site that is private.
 * @attr {string} lang - Language of the numbers. Default: the page's, as HTML has it.
 * @attr {string} label - What stands above the figures. Default: nothing.
 * @attr {string} words - Words to use instead of the English ones, as JSON: `here-one`, `here-other` and what other
 *   forms of plural the language has, with `{count}` in them; `views-one`, `views-other`; `bars` with `{views}` and
 *   `{peak}`; `minutes`; `at` with `{time}`; `pages`; `name`.
 * @attr {string} data - What to show at first, as JSON of `LiveData`.
 * @slot - What to show without figures.
 * @slot label - A label with markup of its own.
 * @csspart panel - All of it.
 * @csspart label - The label.
 * @csspart count - The number.
 * @csspart bars - The bars of the last 30 minutes.
 * @csspart row - A page with its visitors.
 * @csspart failure - What is shown where there are no figures.
 * @csspart stale - Says that the figures are old.
 * @cssprop [--oxi-live-min-size=2ch] - Room kept for a compact number, so that the text around it stays where it is.
 * @cssprop [--oxi-room=block] - `none`: keep no room for pages that are not there.
 * @cssprop --oxi-accent - Colour of the bars.
 * @cssprop --oxi-quiet - Colour of the caption.
 * @cssprop --oxi-line - Colour of the line under the bars.
 * @fires {CustomEvent<LiveData>} oxi-change - The figures have come or changed. Bubbles.
 * @fires {CustomEvent<{ code: string, message: string }>} oxi-error - The figures could not be read. Bubbles.
 */
export class LiveElement extends PanelElement<LiveData> {
  static override properties: PropertyDeclarations = {
    ...PanelElement.properties,
    pages: { type: Number },
    compact: { type: Boolean, reflect: true },
  };

  static override styles = [...PanelElement.styles, rowsStyles, liveStyles];

  /** How many pages to list. Null: none. */
  declare pages: number | null;
  /** Only the number, to stand in a line of text. */
  declare compact: boolean;

  constructor() {
    super();
    this.pages = null;
    this.compact = false;
  }

  /** The number on show; undefined while there is none. */
  get visitors(): number | undefined {
    return this.data?.visitors;
  }

  protected override get ownWords(): Words {
    return WORDS;
  }

  get #rows(): number {
    return Math.min(MOST_PAGES, Math.max(0, Math.floor(this.pages || 0)));
  }

  protected override reading(): Reading<LiveData> {
    return liveReading({
      site: this.site ?? undefined,
      path: this.pageOf('site'),
      minutes: !this.compact,
      pages: this.compact ? 0 : this.#rows,
    });
  }

  /** Who is on one page is not who is on another. */
  protected override meanwhile(): undefined {
    return undefined;
  }

  protected override render(): TemplateResult {
    if (!this.compact) return super.render();
    if (!this.data) return html`<slot></slot>`;
    return html`<span part="count">${formatCount(this.data.visitors, this.language)}</span>`;
  }

  protected override figures(data: LiveData): TemplateResult {
    const { language, words, ownWords, live } = this;
    const word = (name: string) => this.word(name);
    return liveTemplate({ language, words, ownWords, word, live, rows: this.#rows }, data);
  }

  protected override ghost(): TemplateResult {
    return html`
      <div aria-hidden="true">
        <p class="here"><span part="count"><span class="ghost">\u2007\u2007</span></span>&nbsp;</p>
        <div class="bars ghost"></div>
        <p class="caption">&nbsp;</p>
      </div>
      ${this.#rows > 0 ? html`<div class="list">${ghostRows(this.#rows)}</div>` : nothing}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oxi-live': LiveElement;
  }
}
