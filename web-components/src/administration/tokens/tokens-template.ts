import { html, nothing, type TemplateResult } from 'lit';
import { headingTemplate, listingTemplate } from '../parts.ts';
import type { Room } from '../room.ts';
import { siteChoiceTemplate } from '../site-choice-template.ts';
import { inOrder } from './standing.ts';
import { tokenFormTemplate } from './token-form-template.ts';
import { tokenMadeTemplate } from './token-made-template.ts';
import { tokenTemplate } from './token-template.ts';

/** The tokens, of a site or of all, and how to make one. */
export function tokensTemplate(room: Room): TemplateResult {
  const { say, office, chosen } = room;
  const { page, tokens } = office;
  if (page.kind === 'token-form') return tokenFormTemplate(room, page);
  const create = html`<button type="button" class="action" @click=${() => office.openTokenForm()}>
    ${say('create-token')}
  </button>`;
  tokens.need();
  return html`
    ${page.kind === 'token-made' ? tokenMadeTemplate(room, page.made, { isLink: false }) : nothing}
    ${headingTemplate(say('tokens'), html`<div class="actions">${siteChoiceTemplate(room, chosen, { all: true })}${create}</div>`)}
    ${listingTemplate(say, tokens, (all) => {
      const shown = all.filter(({ site }) => chosen === null || site === chosen);
      return shown.length === 0
        ? html`<p class="quiet">${say('no-tokens')}</p>`
        : html`<ul class="list">
            ${inOrder(shown, new Date()).map((token) => tokenTemplate(room, token, { isLink: false }))}
          </ul>`;
    })}
  `;
}
