import { html, nothing, type TemplateResult } from 'lit';
import type { Site } from '../administered.ts';
import { headingTemplate } from '../parts.ts';
import type { Room } from '../room.ts';
import { siteAddedTemplate } from './site-added-template.ts';
import { siteFormTemplate } from './site-form-template.ts';
import { siteSettingsTemplate } from './site-settings-template.ts';

/** The sites, or one of them. */
export function sitesTemplate(room: Room): TemplateResult {
  const { page } = room.office;
  if (page.kind === 'site-form') return siteFormTemplate(room, page);
  if (page.kind === 'site') return siteSettingsTemplate(room, page.site);
  if (page.kind === 'site-added') return siteAddedTemplate(room, page.site);
  const { say, office, sites } = room;
  const add = html`<button type="button" class="action" @click=${() => office.openSiteForm(undefined)}>
    ${say('add-site')}
  </button>`;
  return html`
    ${headingTemplate(say('sites'), office.isOfInstance ? add : nothing)}
    ${
      sites.length === 0
        ? html`<p class="quiet">${say('no-sites')}</p>`
        : html`<ul class="list">${sites.map((site) => siteTemplate(room, site))}</ul>`
    }
  `;
}

function siteTemplate(room: Room, site: Site): TemplateResult {
  const { say, office } = room;
  const { id, name, baseUrls, visibility, declared, archivedAt, deletedAt } = site;
  const isArchived = archivedAt !== null;
  const state = deletedAt ? 'deleting' : isArchived ? 'archived' : 'active';
  const button = (word: string, pressed: () => void) => html`
    <button type="button" aria-label=${say(`${word}-of`, { name })} @click=${pressed}>${say(word)}</button>
  `;
  const settings = () => (declared ? office.open({ kind: 'site', site }) : office.openSiteForm(site));
  return html`
    <li part="site" ?data-dim=${state !== 'active'}>
      <div class="what">
        <h3>${name}</h3>
        <p class="quiet"><code>${id}</code> · ${baseUrls.join(', ')}</p>
        <p class="tags">
          <span class="tag" data-state=${state}>${say(`state-${state}`)}</span>
          <span class="tag">${say(visibility)}</span>
          ${declared ? html`<span class="tag">${say('state-declared')}</span>` : nothing}
        </p>
      </div>
      <div class="actions">
        ${deletedAt ? nothing : button('settings', settings)}
        ${
          deletedAt || (declared && !isArchived)
            ? nothing
            : button(isArchived ? 'restore' : 'archive', () => void office.setArchived(site, !isArchived))
        }
        ${declared && !isArchived ? nothing : button('delete', () => office.askDelete(site))}
      </div>
    </li>
  `;
}
