import { html, nothing, type TemplateResult } from 'lit';
import type { HistoryView } from './history-view.ts';
import type { Say } from './words.ts';

// As many rows cost nothing, and are there for pages without scripts. A year of hours waits until it is wanted.
const FEW = 100;

/** The figures as a table, behind a switch. */
export function tableTemplate(view: HistoryView, say: Say, opened: boolean): TemplateResult {
  const { points, figure, range, data } = view;
  const caption = `${say(figure)}, ${range} (${data.timeZone})`;
  return html`
    <summary part="table-switch">${say('table')}</summary>
    <div part="table" role="region" aria-label=${caption} tabindex="0">
      ${opened || points <= FEW ? table(view, say, caption) : nothing}
    </div>
  `;
}

function table(
  { point, points, figure, format, data }: HistoryView,
  say: Say,
  caption: string,
): TemplateResult {
  const compared = data.comparison !== null;
  const full = (value: number | null) => (value === null ? '–' : format.full(value));
  const rows = Array.from({ length: points }, (_, index) => {
    const { time, value, unfinished, before } = point(index);
    return html`<tr>
      <th scope="row">${time}${unfinished ? `, ${say('unfinished')}` : nothing}</th>
      <td>${full(value)}</td>
      ${compared ? html`<td>${before && full(before.value)}</td><td>${before?.change}</td>` : nothing}
    </tr>`;
  });
  return html`
    <table>
      <caption class="unseen">${caption}</caption>
      <thead>
        <tr>
          <th scope="col">${say('time')}</th>
          <th scope="col">${say(figure)}</th>
          ${compared ? html`<th scope="col">${say('before')}</th><th scope="col">${say('change')}</th>` : nothing}
        </tr>
      </thead>
      <tbody>${rows}</tbody>
    </table>
  `;
}
