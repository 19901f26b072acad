import { html, nothing, type TemplateResult } from 'lit';
import { formatMoment } from '../../format/format.ts';
import type { Token } from '../administered.ts';
import type { Room } from '../room.ts';
import { limitsText } from '../share/limits-text.ts';
import { standingOf } from './standing.ts';

/** A token with what is known of it, and a button to revoke it while it is good. */
export function tokenTemplate(
  { say, office, language }: Room,
  token: Token,
  { isLink }: { readonly isLink: boolean },
): TemplateResult {
  const { id, name, scopes, site } = token;
  const standing = standingOf(token, new Date());
  const limits = limitsText(token, say, language);
  const moment = (at: string | null) =>
    at === null ? say('never') : formatMoment(at, { language, precision: 'date and minute' });
  const facts: readonly (readonly [name: string, value: string])[] = [
    ['token-id', id],
    ['created', moment(token.createdAt)],
    ['used', moment(token.lastUsedAt)],
    ['expires', moment(token.expiresAt)],
  ];
  return html`
    <li part="token" ?data-dim=${standing !== 'good'}>
      <div class="what">
        <h3>${name}</h3>
        <p class="tags">
          <span class="tag" data-state=${standing}>${say(`token-${standing}`)}</span>
          ${isLink ? nothing : scopes.map((scope) => html`<span class="tag">${say(scope)}</span>`)}
          ${isLink ? nothing : html`<span class="tag">${site ?? say('all-sites')}</span>`}
          ${limits ? html`<span class="tag">${say('only-where', { what: limits })}</span>` : nothing}
        </p>
        <dl class="facts">
          ${facts.map(([fact, value]) => html`<div><dt>${say(fact)}</dt><dd>${value}</dd></div>`)}
        </dl>
      </div>
      ${
        standing === 'good'
          ? html`<button type="button" aria-label=${say('revoke-of', { name })} @click=${() => office.askRevoke(token)}>
              ${say('revoke')}
            </button>`
          : nothing
      }
    </li>
  `;
}
