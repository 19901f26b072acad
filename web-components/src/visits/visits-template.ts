import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { formatCount, formatMoment, formatReferrer, formatSpent } from '../format/format.ts';
import type { SingleVisit, VisitsData } from './visits-data.ts';
import type { Stretch } from './visits-reading.ts';

/** What is needed to draw visits. */
export interface VisitsView {
  readonly language: string | undefined;
  readonly word: (name: string) => string;
  readonly go: (stretch: Stretch) => void;
}

/** A table of single visits, and buttons to those before and after. */
export function visitsTemplate(view: VisitsView, data: VisitsData): TemplateResult {
  const { language, word } = view;
  if (data.visits.length === 0) return html`<p class="none">${word('no-visits')}</p>`;
  const zone = data.timeZone === null ? nothing : html` · ${word('times')} <bdi>${data.timeZone}</bdi>`;
  return html`
    <table>
      <caption>${formatCount(data.total, language)} ${word('since')}${zone}</caption>
      <thead>
        <tr>
          <th scope="col">${word('opened')}</th>
          <th scope="col">${word('came-from')}</th>
          <th scope="col" class="number">${word('spent')}</th>
        </tr>
      </thead>
      <tbody>
        ${repeat(
          data.visits,
          ({ id }) => id,
          (visit) => visitRow(view, visit, data.timeZone),
        )}
      </tbody>
    </table>
    ${data.newer === null && data.older === null ? nothing : stretchesTemplate(view, data)}
  `;
}

function visitRow(
  { language, word }: VisitsView,
  visit: SingleVisit,
  timeZone: string | null,
): TemplateResult {
  const { registeredAt, referrer, spentSeconds } = visit;
  const style = { language, timeZone: timeZone ?? undefined, precision: 'date and minute' } as const;
  return html`
    <tr part="visit">
      <td><time datetime=${registeredAt}>${formatMoment(registeredAt, style)}</time></td>
      <td>
        ${referrer === null ? html`<span class="quiet">${word('direct')}</span>` : html`<bdi>${breakable(formatReferrer(referrer))}</bdi>`}
      </td>
      <td class="number">
        ${
          spentSeconds === null
            ? html`<span aria-hidden="true">–</span><span class="unseen">${word('not-reported')}</span>`
            : formatSpent(spentSeconds, language)
        }
      </td>
    </tr>
  `;
}

/** A host name that breaks after its dots, where a narrow column makes it. */
function breakable(host: string) {
  return host.split('.').map((label, index) => (index === 0 ? label : html`.<wbr />${label}`));
}

function stretchesTemplate({ word, go }: VisitsView, { newer, older }: VisitsData): TemplateResult {
  return html`
    <nav class="stretches" aria-label=${word('name')}>
      ${stretchButton(word('newest'), newer === null ? undefined : () => go('newest'))}
      ${stretchButton(word('newer'), newer === null ? undefined : () => go({ before: newer }))}
      ${stretchButton(word('older'), older === null ? undefined : () => go({ after: older }))}
    </nav>
  `;
}

/** Stays focusable where there is nothing to go to, so that a keyboard user who arrives at an end keeps their place. */
function stretchButton(label: string, go: (() => void) | undefined): TemplateResult {
  return html`<button type="button" aria-disabled=${go === undefined} @click=${go}>${label}</button>`;
}

/** Grey shapes as large as so many visits. */
export function visitsGhost(size: number): TemplateResult {
  return html`
    <div class="rows" aria-hidden="true">
      ${Array.from({ length: size + 1 }, () => html`<div class="row"><div class="ghost"></div></div>`)}
    </div>
  `;
}
