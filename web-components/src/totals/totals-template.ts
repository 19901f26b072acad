import { html, nothing, type TemplateResult } from 'lit';
import type { Figure } from '../figures/figure.ts';
import { changeText, figureText } from '../figures/figure-text.ts';
import type { TotalsData } from './totals-data.ts';

/** What is needed to draw totals. */
export interface TotalsView {
  readonly figures: readonly Figure[];
  readonly language: string | undefined;
  readonly word: (name: string) => string;
  /** The chosen figure; undefined where none can be chosen. */
  readonly chosen: string | undefined;
  readonly choose: (figure: Figure) => void;
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
              aria-pressed=${figure.name === chosen}
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

function totalTemplate(view: TotalsView, { totals, comparison }: TotalsData, figure: Figure): TemplateResult {
  const value = figureText(figure.kind, totals[figure.field], view.language);
  return html`
    <span class="word">${view.word(figure.name)}</span>
    <span class="value" part="value">${value}</span>
    ${comparison ? changeTemplate(view, comparison, figure) : nothing}
  `;
}

function changeTemplate(
  { language, word }: TotalsView,
  { change, totals }: NonNullable<TotalsData['comparison']>,
  figure: Figure,
): TemplateResult {
  const share = change[figure.field];
  const before = figureText(figure.kind, totals[figure.field], language);
  const was = html`<span class="was"><span class="unseen">, </span>${word('before')} ${before}</span>`;
  if (share === null || share === undefined) return html`<span class="change">${was}</span>`;
  const text = changeText(share, language);
  // What is written as no change has none.
  const turned = text === changeText(0, language) ? 'same' : share > 0 ? 'more' : 'less';
  const good = (turned === 'more') !== (figure.lessIsBetter ?? false);
  return html`
    <span class="change">
      <span class="share" data-turned=${turned} ?data-good=${turned !== 'same' && good}>
        <span class="arrow" aria-hidden="true">${ARROWS[turned]}</span><bdi>${text}</bdi>
      </span>
      ${was}
    </span>
  `;
}

const ARROWS = { more: '↑', less: '↓', same: '' } as const;

/** Grey shapes as large as so many totals. */
export function totalsGhost(figures: readonly Figure[]): TemplateResult {
  return html`
    <ul class="totals" aria-hidden="true">
      ${figures.map(
        () => html`
          <li>
            <div class="total">
              <span class="word"><span class="ghost">\u2007\u2007\u2007\u2007\u2007\u2007\u2007</span></span>
              <span class="value"><span class="ghost">\u2007\u2007\u2007\u2007</span></span>
              <span class="change"><span class="ghost">\u2007\u2007\u2007\u2007\u2007\u2007</span></span>
            </div>
          </li>
        `,
      )}
    </ul>
  `;
}
