import { html, nothing, type TemplateResult } from 'lit';
import { dayIn } from '../../dashboard/range-picker/calendar.ts';
import { rangeNamed } from '../../widget/range.ts';
import type { Site, Token } from '../administered.ts';
import { formTemplate, inputTemplate } from '../field-templates.ts';
import { headingTemplate, listingTemplate } from '../parts.ts';
import type { Room } from '../room.ts';
import { siteChoiceTemplate } from '../site-choice-template.ts';
import { expiryTemplate } from '../tokens/expiry-template.ts';
import { inOrder } from '../tokens/standing.ts';
import { tokenInputOf } from '../tokens/token-input.ts';
import { tokenMadeTemplate } from '../tokens/token-made-template.ts';
import { tokenTemplate } from '../tokens/token-template.ts';
import { limitsText } from './limits-text.ts';

/** Links that open the dashboard of a site read-only: to make one, and those that exist. */
export function shareTemplate(room: Room): TemplateResult {
  const { say, office, sites, chosen } = room;
  const site = sites.find(({ id }) => id === chosen) ?? sites[0];
  if (!site) return html`${headingTemplate(say('share'))}<p class="quiet">${say('no-sites')}</p>`;
  const { page, tokens } = office;
  tokens.need();
  const isLink = (token: Token) =>
    token.site === site.id && token.scopes.length === 1 && token.scopes[0] === 'READ' && !token.revokedAt;
  return html`
    ${
      page.kind === 'token-made'
        ? tokenMadeTemplate(room, page.made, { isLink: true })
        : html`
            ${headingTemplate(say('share'), siteChoiceTemplate(room, site.id, { all: false }))}
            <p>${say('share-about')}</p>
            ${linkFormTemplate(room, site)}
          `
    }
    <h3>${say('links')}</h3>
    ${listingTemplate(say, tokens, (all) => {
      const links = inOrder(all.filter(isLink), new Date());
      return links.length === 0
        ? html`<p class="quiet">${say('no-links')}</p>`
        : html`<ul class="list">${links.map((token) => tokenTemplate(room, token, { isLink: true }))}</ul>`;
    })}
  `;
}

function linkFormTemplate({ say, office, language, range, filter }: Room, site: Site): TemplateResult {
  const form = { say, attempt: office.sharing };
  const limits = {
    ...(range && { range: rangeNamed(range) }),
    ...(filter && Object.keys(filter).length > 0 && { filter }),
  };
  const { preset = null, from = null, to = null } = limits.range ?? {};
  const what = limitsText(
    {
      range: limits.range ? { preset, from, to } : null,
      filter: Object.entries(limits.filter ?? {}).map(([dimension, value]) => ({ dimension, value })),
    },
    say,
    language,
  );
  const share = (given: FormData) => {
    const input = { ...tokenInputOf(given, new Date()), scopes: ['READ'], site: site.id };
    void office.makeToken(given.has('limited') ? { ...input, ...limits } : input, office.sharing);
  };
  return formTemplate(
    form,
    { submit: say('create-link'), submitted: share },
    html`
      ${inputTemplate(form, { name: 'name', hint: 'hint-tokenName', value: say('shared-link'), required: true })}
      ${expiryTemplate(form, dayIn(undefined), '30-days')}
      ${
        what
          ? html`<label class="check"><input type="checkbox" name="limited" />${say('only-shown', { what })}</label>`
          : nothing
      }
    `,
  );
}
