import { html, nothing, svg, type TemplateResult } from 'lit';
import { fill } from '../format/fill.ts';
import { formatShare } from './figure-format.ts';
import type { HistoryView } from './history-view.ts';
import type { Say } from './words.ts';

// Less than half a per cent is shown as none.
const SLIGHT = 0.005;

/** The figure of the whole range, the range, and what became of it since the time before. */
export function totalTemplate(view: HistoryView, say: Say): TemplateResult {
  const { figure, format, data, range } = view;
  const { total, comparison } = data;
  return html`
    <div class="summary">
      <p part="total"><span part="value">${total === null ? '–' : format.full(total)}</span> <span part="figure">${say(figure)}</span></p>
      <p part="range">${comparison ? swatch('line') : nothing}${range}</p>
      ${comparison ? changeTemplate(comparison.change, view, say) : nothing}
    </div>
  `;
}

function changeTemplate(
  change: number | null,
  { rangeBefore, language }: HistoryView,
  say: Say,
): TemplateResult {
  const trend = change === null ? 'new' : Math.abs(change) < SLIGHT ? 'same' : change > 0 ? 'more' : 'less';
  const words = fill(say(trend), {
    change: formatShare(Math.abs(change ?? 0), language),
    range: rangeBefore,
  });
  return html`<p part="change" data-trend=${trend}>${swatch('before')}${arrow(trend)}${words}</p>`;
}

/** What a line of the chart looks like. */
function swatch(kind: 'line' | 'before'): TemplateResult {
  return html`<svg class="swatch" width="20" height="8" aria-hidden="true">${svg`<path class=${kind} d="M1 4H19" />`}</svg>`;
}

const ARROWS: Readonly<Record<string, string>> = { more: 'M5 2 9 8H1Z', less: 'M5 8 1 2H9Z' };

function arrow(trend: string): TemplateResult | typeof nothing {
  const d = ARROWS[trend];
  if (!d) return nothing;
  return html`<svg class="arrow" width="10" height="10" aria-hidden="true">${svg`<path d=${d} />`}</svg>`;
}

// Takes the height of a line, as a letter does.
const EMPTY = '\u00a0';

/** As high as {@link totalTemplate}, before there is anything to say. */
export function totalGhost(compared: boolean): TemplateResult {
  return html`
    <div class="summary" aria-hidden="true">
      <p part="total"><span part="value" class="ghost room">${EMPTY}</span></p>
      <p part="range"><span class="ghost room">${EMPTY}</span></p>
      ${compared ? html`<p part="change"><span class="ghost room">${EMPTY}</span></p>` : nothing}
    </div>
  `;
}
