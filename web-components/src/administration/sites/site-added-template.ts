import { html, type TemplateResult } from 'lit';
import { snippetFor } from '../../dashboard/empty/snippet.ts';
import type { Site } from '../administered.ts';
import { copyTemplate, headingTemplate } from '../parts.ts';
import type { Room } from '../room.ts';

/** What is left to do for a new site. Its pages are known by their origin, so that the snippet names no site. */
export function siteAddedTemplate(room: Room, { name }: Site): TemplateResult {
  const { say, office, instance } = room;
  return html`
    ${headingTemplate(name)}
    <p>${say('paste-snippet')}</p>
    ${copyTemplate(room, snippetFor(instance, undefined), say('snippet'))}
    <div class="actions">
      <button type="button" @click=${() => office.open({ kind: 'list' })}>${say('to-sites')}</button>
    </div>
  `;
}
