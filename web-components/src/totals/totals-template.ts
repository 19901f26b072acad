import { html, nothing, type TemplateResult } from 'lit';
import { FIGURES, type FigureName } from '../history/figure.ts';
import { figureFormat, formatChange } from '../history/figure-format.ts';
import type { FigureValues, TotalsData } from './totals-data.ts';

/** What is needed to draw totals. */
export interface TotalsView {
  readonly figures: readonly FigureName[];
  readonly language: string | undefined;
  readonly word: (name: string) => string;
  /** The chosen figure; undefined where none can be chosen. */
  readonly chosen: string | undefined;
  readonly choose: (figure: FigureName) => void;
}

/** Large figures, each with its change. Where one can be chosen, they are buttons of which one is pressed. */
export function totalsTemplate(view: TotalsView, data: TotalsData): TemplateResult {
  const { figures, chosen } = view;
  return html`
    <ul class="totals" role="list">
      ${figures.map((figure) => {
        const content = totalTemplate(view, data, figure);
        if (chosen === undefined) return html`<li><div class="total">${content}</div></li>`;
        return html`
          <li>
            <button
              type="button"
              class="total"
              part="total"
              aria-pressed=${figure === chosen}
              @click=${() => view.choose(figure)}
            >
              ${content}
            </button>
          </li>
        `;
      })}
    </ul>
  `;
}

function totalTemplate(
  view: TotalsView,
  { totals, comparison }: TotalsData,
  figure: FigureName,
): TemplateResult {
  return html`
    <span class="word">${view.word(figure)}</span>
    <span class="value" part="value">${valueText(figure, totals, view.language)}</span>
    ${comparison ? changeTemplate(view, comparison, figure) : nothing}
  `;
}

function changeTemplate(
  { language, word }: TotalsView,
  { change, totals }: NonNullable<TotalsData['comparison']>,
  figure: FigureName,
): TemplateResult {
  const share = change[FIGURES[figure].field];
  const before = valueText(figure, totals, language);
  if (before === NO_FIGURE) return html`<span class="change"></span>`;
  const was = html`<span class="was"><span class="unseen">, </span>${word('was')} ${before}</span>`;
  if (share === null || share === undefined) return html`<span class="change">${was}</span>`;
  const text = formatChange(share, language);
  // What is written as no change has none.
  const turned = text === formatChange(0, language) ? 'same' : share > 0 ? 'more' : 'less';
  const good = (turned === 'more') !== LESS_IS_BETTER.includes(figure);
  return html`
    <span class="change">
      <span class="share" data-turned=${turned} ?data-good=${turned !== 'same' && good}>
        <span class="arrow" aria-hidden="true">${ARROWS[turned]}</span><bdi>${text}</bdi>
      </span>
      ${was}
    </span>
  `;
}

function valueText(figure: FigureName, values: FigureValues, language: string | undefined): string {
  const { field, kind } = FIGURES[figure];
  const value = values[field];
  return value === null || value === undefined ? NO_FIGURE : figureFormat(kind, language).full(value);
}

const NO_FIGURE = '–';
const LESS_IS_BETTER: readonly FigureName[] = ['bounce-rate'];
const ARROWS = { more: '↑', less: '↓', same: '' } as const;

/** Grey shapes as large as these totals, whose words are known before. */
export function totalsGhost({ figures, word }: Pick<TotalsView, 'figures' | 'word'>): TemplateResult {
  return html`
    <ul class="totals" aria-hidden="true">
      ${figures.map(
        (figure) => html`
          <li>
            <div class="total">
              <span class="word"><span class="ghost">${word(figure)}</span></span>
              <span class="value"><span class="ghost">\u2007\u2007\u2007\u2007</span></span>
              <span class="change"><span class="ghost">\u2007\u2007\u2007\u2007\u2007\u2007</span></span>
            </div>
          </li>
        `,
      )}
    </ul>
  `;
}
