import { html, nothing, type TemplateResult } from 'lit';
import type { HistoryView } from './history-view.ts';
import type { Say } from './words.ts';

/** What is shown of the point under the pointer. Screen readers are told by the chart itself. */
export function readoutTemplate(
  { point, figure, format }: HistoryView,
  index: number,
  say: Say,
): TemplateResult {
  const { time, value, unfinished, before } = point(index);
  const full = (known: number | null) => (known === null ? '–' : format.full(known));
  return html`
    <div part="readout" aria-hidden="true">
      <p class="when">${time}${unfinished ? `, ${say('unfinished')}` : nothing}</p>
      <p><strong>${full(value)}</strong> ${say(figure)} ${before?.change ? html`<span class="by">${before.change}</span>` : nothing}</p>
      ${before ? html`<p class="when">${before.time}: ${full(before.value)}</p>` : nothing}
    </div>
  `;
}
