import type { PropertyDeclarations, TemplateResult } from 'lit';
import { FIGURES, type FigureName } from './history/figure.ts';
import type { TotalsData } from './totals/totals-data.ts';
import { totalsReading } from './totals/totals-reading.ts';
import { totalsStyles } from './totals/totals-styles.ts';
import { totalsGhost, totalsTemplate } from './totals/totals-template.ts';
import { enumName } from './widget/enum-name.ts';
import { PanelElement, type Words } from './widget/panel-element.ts';
import type { Reading } from './widget/reading.ts';

export type { TotalsData } from './totals/totals-data.ts';

const WORDS: Words = {
  name: 'Totals',
  was: 'was',
  ...Object.fromEntries(Object.entries(FIGURES).map(([figure, { name }]) => [figure, name])),
};

const USUAL = 'visits visitors views average-spent-seconds bounce-rate';

/**
 * The figures of a whole range, large, and how they have changed.
 *
 * @element oxi-totals
 * @attr {string} url - Base address of the instance. Default: the one that served this script.
 * @attr {string} site - Slug of the site. Default: the instance's only site.
 * @attr {string} path - Path of a page. Default: what `scope` says.
 * @attr {'page' | 'site'} scope - `page`: this page. Default: `site`.
 * @attr {string} range - A preset such as `last-7-days`, or dates, `2024-03-01/2024-03-31`. Default: `last-30-days`.
 * @attr {string} filter - Which visits, as JSON of `StatsFilter`: `{"country":"DE"}`. Default: all.
 * @attr {string} figures - Names, separated by spaces: `visits`, `visitors`, `returning-visitors`, `views`,
 *   `pixel-views`, `average-spent-seconds`, `spent-seconds`, `bounce-rate`. Default: all but `returning-visitors`,
 *   `pixel-views` and `spent-seconds`.
 * @attr {'previous-period' | 'year-before'} compare - What to compare with. Default: nothing.
 * @attr {boolean} selectable - Figures are buttons.
 * @attr {string} figure - The chosen one, of those that are selectable. Default: the first.
 * @attr {boolean} live - Follow the figures as visits are counted.
 * @attr {string} token - Bearer token, for a site that is private.
 * @attr {string} lang - Language of the numbers. Default: the page's, as HTML has it.
 * @attr {string} label - What stands above the figures. Default: nothing.
 * @attr {string} words - Words to use instead of the English ones, as JSON: names of figures, `was`, `name`.
 * @attr {string} data - What to show at first, as JSON of `TotalsData`.
 * @slot - What to show without figures.
 * @slot label - A label with markup of its own.
 * @csspart panel - All of it.
 * @csspart label - The label.
 * @csspart total - A figure that can be chosen, with its name and change.
 * @csspart value - The figure itself.
 * @csspart failure - What is shown where there are no figures.
 * @csspart stale - Says that the figures are old.
 * @cssprop --oxi-accent - Colour of what is chosen, and of changes for the better.
 * @cssprop --oxi-alarm - Colour of changes for the worse.
 * @cssprop --oxi-quiet - Colour of names.
 * @cssprop --oxi-line - Colour of lines.
 * @cssprop --oxi-radius - How round corners are.
 * @fires {CustomEvent<TotalsData>} oxi-change - The figures have come or changed. Bubbles.
 * @fires {CustomEvent<{ figure: string }>} oxi-select - A figure was chosen. Bubbles.
 * @fires {CustomEvent<{ code: string, message: string }>} oxi-error - The figures could not be read. Bubbles.
 */
export class TotalsElement extends PanelElement<TotalsData> {
  static override properties: PropertyDeclarations = {
    ...PanelElement.properties,
    figureNames: { attribute: 'figures' },
    compare: {},
    selectable: { type: Boolean },
    figure: {},
  };

  static override styles = [...PanelElement.styles, totalsStyles];

  /** Names of the figures on show, separated by spaces. Null: the usual ones. */
  declare figureNames: string | null;
  /** `previous-period` or `year-before`. Null: nothing is compared. */
  declare compare: string | null;
  /** Figures are buttons, of which one is pressed. */
  declare selectable: boolean;
  /** Name of the chosen figure. Null: the first. */
  declare figure: string | null;

  constructor() {
    super();
    this.figureNames = null;
    this.compare = null;
    this.selectable = false;
    this.figure = null;
  }

  protected override get ownWords(): Words {
    return WORDS;
  }

  get #figures(): readonly FigureName[] {
    const names = (this.figureNames ?? USUAL).split(/\s+/);
    return names.filter((name): name is FigureName => Object.hasOwn(FIGURES, name));
  }

  protected override reading(): Reading<TotalsData> {
    return totalsReading({
      site: this.site ?? undefined,
      range: this.statsRange,
      filter: this.statsFilter,
      comparison: this.compare === null ? undefined : enumName(this.compare),
      fields: this.#figures.map((figure) => FIGURES[figure].field),
      path: this.pageOf('site'),
    });
  }

  protected override figures(data: TotalsData): TemplateResult {
    const figures = this.#figures;
    return totalsTemplate(
      {
        figures,
        language: this.language,
        word: (name) => this.word(name),
        chosen: this.selectable ? (this.figure ?? figures[0]) : undefined,
        choose: (figure) => this.#choose(figure),
      },
      data,
    );
  }

  protected override ghost(): TemplateResult {
    return totalsGhost({ figures: this.#figures, word: (name) => this.word(name) });
  }

  #choose(figure: string): void {
    this.figure = figure;
    this.dispatchEvent(new CustomEvent('oxi-select', { detail: { figure }, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oxi-totals': TotalsElement;
  }
}
