import { html, nothing, type TemplateResult } from 'lit';
import type { Room } from './room.ts';

/** Which site a view is about; null for all, where a view takes that. Nothing to choose where there is one. */
export function siteChoiceTemplate(
  { say, sites, choose }: Room,
  chosen: string | null,
  { all }: { readonly all: boolean },
): TemplateResult | typeof nothing {
  if (sites.length < 2) return nothing;
  return html`
    <label class="choice">
      <span class="unseen">${say('site')}</span>
      <select id="site-choice" @change=${(event: Event) => choose((event.currentTarget as HTMLSelectElement).value || null)}>
        ${all ? html`<option value="" .selected=${chosen === null}>${say('all-sites')}</option>` : nothing}
        ${sites.map(({ id, name }) => html`<option value=${id} .selected=${id === chosen}>${name}</option>`)}
      </select>
    </label>
  `;
}
