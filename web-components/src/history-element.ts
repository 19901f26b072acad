import { html, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { visitsOf } from './client/visits-of.ts';
import { chartStyles } from './history/chart-styles.ts';
import { type ChartEvents, chartGhost, chartTemplate } from './history/chart-template.ts';
import { figureNamed } from './history/figure.ts';
import type { HistoryData } from './history/history-data.ts';
import { historyStyles } from './history/history-styles.ts';
import { type HistoryView, viewOf } from './history/history-view.ts';
import { moved } from './history/moved.ts';
import { type HistoryQuestion, readHistory } from './history/read-history.ts';
import { tableTemplate } from './history/table-template.ts';
import { totalGhost, totalTemplate } from './history/total-template.ts';
import { type Say, WORDS } from './history/words.ts';
import { enumName } from './widget/enum-name.ts';
import { PanelElement, type Words } from './widget/panel-element.ts';
import type { Reading } from './widget/reading.ts';

export type { HistoryData } from './history/history-data.ts';

const LEAVING = 'Escape';

/**
 * A figure over time, as a chart and as a table.
 *
 * The pointer, a finger or the arrow keys read it point by point; Home and End lead to its ends, Page Up and Page Down
 * take larger steps, and Escape leaves. What has not ended yet is dashed. All times are those of the site's zone.
 *
 * @element oxi-history
 * @attr {string} url - Base address of the instance. Default: the one that served this script.
 * @attr {string} site - Slug of the site. Default: the instance's only site.
 * @attr {'visits' | 'views' | 'visitors' | 'returning-visitors' | 'pixel-views' | 'spent-seconds' | 'average-spent-seconds' | 'bounce-rate'} figure - What is shown. Default: `visits`.
 * @attr {string} range - A preset such as `last-30-days`, or two dates, `2024-03-01/2024-03-31`. Default: `last-30-days`.
 * @attr {'minute' | 'hour' | 'day' | 'week' | 'month'} interval - What the range is cut into. Default: what suits it.
 * @attr {'previous-period' | 'year-before'} compare - An earlier time to compare with. Default: none; without a value the period before.
 * @attr {string} filter - Which visits to look at: `{"country":"DE"}`. Default: all.
 * @attr {string} path - Path of a page. Default: the whole site.
 * @attr {'page' | 'site'} scope - `page`: this page. Default: `site`.
 * @attr {string} label - What stands above the figures and names them.
 * @attr {string} words - Words in another language: `{"visits":"Besuche"}`.
 * @attr {boolean} live - Follow the figures as visits are counted.
 * @attr {string} token - Bearer token, for a site that is private.
 * @attr {string} lang - Language of numbers and dates. Default: the page's, as HTML has it.
 * @attr {string} data - What to show at first: a `HistoryData`.
 * @slot - What to show without figures.
 * @slot label - What to show in place of the label.
 * @csspart panel - All of it.
 * @csspart label - The label.
 * @csspart total - The line with the figure of the whole range.
 * @csspart value - That figure.
 * @csspart figure - What it is of.
 * @csspart range - The range in words.
 * @csspart change - What became of it since the time before.
 * @csspart chart - The chart with its axes.
 * @csspart plot - The chart without them.
 * @csspart line - The line.
 * @csspart unfinished - Its way to a point that has not ended.
 * @csspart area - What is below the line.
 * @csspart comparison - The line of the time before.
 * @csspart rule - The upright line through the point that is read.
 * @csspart dot - That point.
 * @csspart comparison-dot - The same of the time before.
 * @csspart readout - What that point says.
 * @csspart empty - What is said where nothing was counted.
 * @csspart table-switch - What shows the table.
 * @csspart table - The table.
 * @csspart failure - What is said where there are no figures.
 * @csspart stale - What is said where the figures are old.
 * @cssprop [--oxi-history-height=12rem] - Height of the chart without its axes.
 * @cssprop [--oxi-accent] - Colour of the line.
 * @fires {CustomEvent<HistoryData>} oxi-change - The figures have come or changed. Bubbles.
 * @fires {CustomEvent<{ code: string, message: string }>} oxi-error - The figures could not be read. Bubbles.
 */
export class HistoryElement extends PanelElement<HistoryData> {
  static override properties: PropertyDeclarations = {
    ...PanelElement.properties,
    figure: {},
    interval: {},
    compare: {},
  };

  static override styles = [...PanelElement.styles, historyStyles, chartStyles];

  /** What is shown, such as `visitors`. Null, or none of those that there are: `visits`. */
  declare figure: string | null;
  /** What the range is cut into, such as `day`. Null: what suits the range. */
  declare interval: string | null;
  /** What to compare with: `previous-period`, which an empty text is too, or `year-before`. Null: nothing. */
  declare compare: string | null;

  #view: HistoryView | undefined;
  #viewOf: readonly unknown[] = [];
  /** The point that the keyboard is at, and the one under the pointer. */
  #chosen: number | undefined;
  #pointed: number | undefined;
  #tableOpened = false;

  constructor() {
    super();
    this.figure = null;
    this.interval = null;
    this.compare = null;
  }

  protected override get ownWords(): Words {
    return { ...WORDS, name: this.#say(this.#figure) };
  }

  protected override reading(): Reading<HistoryData> {
    const question: HistoryQuestion = {
      site: this.site ?? undefined,
      range: this.statsRange,
      filter: this.statsFilter,
      figure: figureNamed(this.figure),
      interval: this.interval?.toUpperCase(),
      compare: this.compare === null ? undefined : enumName(this.compare || 'previous-period'),
    };
    return {
      key: JSON.stringify(question),
      read: (client, signal) => readHistory(client, question, signal),
      source: visitsOf(question.site, question.filter?.['page']),
    };
  }

  protected override figures(data: HistoryData): TemplateResult {
    const view = this.#viewFor(data);
    const label = this.label ?? this.#say(view.figure);
    const last = view.points - 1;
    const within = (index: number | undefined) => (index === undefined ? undefined : Math.min(index, last));
    const chosen = within(this.#chosen);
    return html`
      ${totalTemplate(view, this.#say)}
      ${chartTemplate({
        view,
        label,
        chosen,
        say: this.#say,
        shown: within(this.#pointed) ?? chosen,
        events: this.#events,
      })}
      <details @toggle=${this.#toggled}>
        ${guard([view, this.words, this.#tableOpened], () => tableTemplate(view, this.#say, this.#tableOpened))}
      </details>
    `;
  }

  protected override ghost(): TemplateResult {
    return html`${totalGhost(this.compare !== null)}${chartGhost()}<div class="switch-room"></div>`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const shown = this.#pointed ?? this.#chosen;
    if (shown === undefined || !this.#view) return;
    // Set by script, and not in the markup, where a content security policy would not have it.
    this.#part('readout')?.style.setProperty('--at', `${this.#view.places.at(shown)}`);
  }

  /** What the figures on show are of: the ones before, until those that are asked for have come. */
  get #figure() {
    return this.data?.figure ?? figureNamed(this.figure);
  }

  #say: Say = (name) => this.words?.[name] ?? WORDS[name];

  /** Moving the pointer draws nothing of this again. */
  #viewFor(data: HistoryData): HistoryView {
    const of = [data, this.#figure, this.language];
    if (!this.#view || of.some((value, index) => value !== this.#viewOf[index])) {
      this.#view = viewOf(data, { figure: this.#figure, language: this.language, now: Date.now() });
      this.#viewOf = of;
    }
    return this.#view;
  }

  #part(name: string): HTMLElement | null {
    return this.renderRoot.querySelector(`[part='${name}']`);
  }

  get #direction(): 'ltr' | 'rtl' {
    return getComputedStyle(this).direction as 'ltr' | 'rtl';
  }

  readonly #events: ChartEvents = {
    point: (event) => {
      const plot = event.currentTarget as HTMLElement;
      // A finger has no pointer that leaves: what it touched stays until something else is.
      if (event.type === 'pointerdown' && event.pointerType === 'touch') plot.focus({ preventScroll: true });
      const { left, width } = plot.getBoundingClientRect();
      const share = (event.clientX - left) / width;
      this.#point(this.#view?.places.nearest(this.#direction === 'rtl' ? 1 - share : share));
    },
    leave: (event) => {
      if (event.pointerType !== 'touch') this.#point(undefined);
    },
    key: (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || !this.#view?.points) return;
      if (event.key === LEAVING) return this.#leave();
      const { points } = this.#view;
      const index = moved(event.key, {
        index: this.#chosen ?? this.#pointed ?? points - 1,
        points,
        direction: this.#direction,
      });
      if (index === undefined) return;
      event.preventDefault();
      this.#pointed = undefined;
      this.#chosen = index;
      this.requestUpdate();
    },
    focus: (event) => {
      if (!(event.currentTarget as HTMLElement).matches(':focus-visible')) return;
      this.#chosen ??= (this.#view?.points ?? 0) - 1;
      this.requestUpdate();
    },
    blur: () => this.#leave(),
  };

  #point(index: number | undefined): void {
    if (index === this.#pointed) return;
    this.#pointed = index;
    this.requestUpdate();
  }

  #leave(): void {
    this.#pointed = undefined;
    this.#chosen = undefined;
    this.requestUpdate();
  }

  readonly #toggled = (event: Event): void => {
    this.#tableOpened ||= (event.currentTarget as HTMLDetailsElement).open;
    this.requestUpdate();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'oxi-history': HistoryElement;
  }
}
