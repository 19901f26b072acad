import { css, html, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { PageClient } from './client/page-client.ts';
import { formatCount } from './format/format.ts';
import type { Reading } from './widget/reading.ts';
import { WidgetElement } from './widget/widget-element.ts';

/** What an `<oxi-count>` shows, and the `detail` of its events. */
export interface CountData {
  readonly count: number;
}

const LIVE = 'subscription($site:ID$path:String$of:Counted!){count(site:$site path:$path of:$of)}';

/**
 * How often a page, or a whole site, has been read.
 *
 * Shows its own content until the number is there, and keeps showing it when the number cannot be had. Elements that
 * appear together ask in one request; those with `live` share one connection.
 *
 * @element oxi-count
 * @attr {string} url - Base address of the instance. Default: the one that served this script.
 * @attr {string} site - Slug of the site. Default: the instance's only site.
 * @attr {string} path - Path of the page. Default: this page.
 * @attr {'visits' | 'views'} of - What to count; views have hits of the pixel in them. Default: `visits`.
 * @attr {'page' | 'site'} scope - `site`: all pages of the site. Default: `page`.
 * @attr {boolean} live - Follow the number as visits are counted.
 * @attr {string} token - Bearer token, for a site that is private.
 * @attr {string} lang - Language of the number. Default: the page's, as HTML has it.
 * @attr {string} data - What to show at first: `{"count":42}`.
 * @slot - What to show without a number.
 * @csspart count - The number.
 * @cssprop [--oxi-count-min-size=2ch] - Room kept for the number, so that the text around it stays where it is.
 * @fires {CustomEvent<CountData>} oxi-change - The number has come or changed. Bubbles.
 * @fires {CustomEvent<{ code: string, message: string }>} oxi-error - The number could not be read. Bubbles.
 */
export class CountElement extends WidgetElement<CountData> {
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

  static override properties: PropertyDeclarations = { ...WidgetElement.properties, of: {} };

  /** What to count: `visits` or `views`. Null: visits. */
  declare of: 'visits' | 'views' | null;

  constructor() {
    super();
    this.of = null;
  }

  /** The number on show; undefined while there is none. */
  get count(): number | undefined {
    return this.data?.count;
  }

  protected override reading(): Reading<CountData> {
    // Counts are asked for together: one that the service does not know would take the others with it.
    const of = this.of === 'views' ? 'VIEWS' : 'VISITS';
    const variables = { site: this.site ?? undefined, path: this.pageOf('page'), of } as const;
    return {
      key: JSON.stringify(variables),
      read: async (client: PageClient) => ({ count: await client.count(variables) }),
      source: { document: LIVE, variables, pushed: ({ count }: CountData) => ({ count }) },
    };
  }

  protected override render(): TemplateResult {
    if (!this.data) return html`<slot></slot>`;
    return html`<span part="count">${formatCount(this.data.count, this.language)}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oxi-count': CountElement;
  }
}
