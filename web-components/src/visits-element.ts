import type { PropertyDeclarations, TemplateResult } from 'lit';
import type { VisitsData } from './visits/visits-data.ts';
import { type Stretch, visitsReading } from './visits/visits-reading.ts';
import { visitsStyles } from './visits/visits-styles.ts';
import { visitsGhost, visitsTemplate } from './visits/visits-template.ts';
import { PanelElement, type Words } from './widget/panel-element.ts';
import type { Reading } from './widget/reading.ts';

export type { VisitsData } from './visits/visits-data.ts';

const NONE =
  'Nobody has read this page long enough to count yet. The first visit will appear here by itself.';

const WORDS: Words = {
  name: 'Visits',
  since: 'since counting began',
  times: 'times in',
  opened: 'Opened',
  'came-from': 'Came from',
  spent: 'Read for',
  direct: 'direct',
  'not-reported': 'not reported',
  // A page that was never read is none that the service knows.
  'unknown-page': NONE,
  'no-visits': NONE,
  newest: 'Newest',
  newer: 'Newer',
  older: 'Older',
};

/**
 * The single visits of a page, newest first: when, from where, and for how long. All that were counted, whatever a
 * `range` or a `filter` says.
 *
 * @element oxi-visits
 * @attr {string} url - Base address of the instance. Default: the one that served this script.
 * @attr {string} site - Slug of the site. Default: the instance's only site.
 * @attr {string} path - Path of the page. Default: this page.
 * @attr {number} first - How many at a time, up to 1000. Default: 20.
 * @attr {boolean} live - Follow the visits as they are counted.
 * @attr {string} token - Bearer token, for a site that is private.
 * @attr {string} lang - Language of dates and numbers. Default: the page's, as HTML has it.
 * @attr {string} label - What stands above the table. Default: nothing.
 * @attr {string} words - Words to use instead of the English ones, as JSON: `since`, `times`, `opened`, `came-from`,
 *   `spent`, `direct`, `not-reported`, `no-visits`, `newest`, `newer`, `older`, `name`.
 * @attr {string} data - What to show at first, as JSON of `VisitsData`.
 * @slot - What to show without visits.
 * @slot label - A label with markup of its own.
 * @csspart panel - All of it.
 * @csspart label - The label.
 * @csspart visit - A row of the table.
 * @csspart failure - What is shown where the visits could not be read.
 * @csspart stale - Says that the visits are old.
 * @cssprop --oxi-accent - Colour of what has the focus.
 * @cssprop --oxi-quiet - Colour of what is said beside.
 * @cssprop --oxi-line - Colour of lines.
 * @cssprop --oxi-radius - How round corners are.
 * @fires {CustomEvent<VisitsData>} oxi-change - The visits have come or changed. Bubbles.
 * @fires {CustomEvent<{ code: string, message: string }>} oxi-error - The visits could not be read. Bubbles.
 */
export class VisitsElement extends PanelElement<VisitsData> {
  static override properties: PropertyDeclarations = {
    ...PanelElement.properties,
    first: { type: Number },
    stretch: { state: true },
  };

  static override styles = [...PanelElement.styles, visitsStyles];

  /** How many visits at a time. */
  declare first: number;
  /** Which part of them is on show. */
  protected declare stretch: Stretch;

  constructor() {
    super();
    this.first = 20;
    this.stretch = 'newest';
  }

  protected override get ownWords(): Words {
    return WORDS;
  }

  protected override reading(): Reading<VisitsData> | undefined {
    const path = this.pageOf('page');
    if (path === undefined) return undefined;
    return visitsReading({ site: this.site ?? undefined, path, size: this.first, stretch: this.stretch });
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    const moved = ['site', 'path', 'url'].some((name) => changed.has(name)) && this.hasUpdated;
    // The cursors of one page are none of another.
    if (moved) this.stretch = 'newest';
    super.willUpdate(changed);
  }

  protected override figures(data: VisitsData): TemplateResult {
    return visitsTemplate(
      {
        language: this.language,
        word: (name) => this.word(name),
        go: (stretch) => {
          this.stretch = stretch;
        },
      },
      data,
    );
  }

  protected override ghost(): TemplateResult {
    return visitsGhost(this.first);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oxi-visits': VisitsElement;
  }
}
