import { html, type TemplateResult } from 'lit';
import { dayIn } from '../../dashboard/range-picker/calendar.ts';
import { choicesTemplate, formTemplate, inputTemplate, selectTemplate } from '../field-templates.ts';
import type { Page } from '../page.ts';
import { headingTemplate } from '../parts.ts';
import type { Room } from '../room.ts';
import { expiryTemplate } from './expiry-template.ts';
import { tokenInputOf } from './token-input.ts';

const SCOPES = ['READ', 'SEND', 'ADMINISTER_SITE'];

/** What a new token is to be good for. Those for all sites are made by who administers the instance. */
export function tokenFormTemplate(
  room: Room,
  { attempt }: Page & { readonly kind: 'token-form' },
): TemplateResult {
  const { say, office, sites, chosen } = room;
  const form = { say, attempt };
  const scopes = office.isOfInstance ? [...SCOPES, 'ADMINISTER_INSTANCE'] : SCOPES;
  return html`
    ${headingTemplate(say('create-token'))}
    ${formTemplate(
      form,
      {
        submit: say('create-token'),
        submitted: (given) => void office.makeToken(tokenInputOf(given, new Date()), attempt),
        cancelled: () => office.open({ kind: 'list' }),
      },
      html`
        ${inputTemplate(form, { name: 'name', hint: 'hint-tokenName', required: true })}
        ${choicesTemplate(form, {
          name: 'scopes',
          type: 'checkbox',
          choices: scopes.map((value) => ({ value, word: say(value), about: say(`${value}-about`) })),
          chosen: ['READ'],
        })}
        ${selectTemplate(form, {
          name: 'site',
          options: [
            ...(office.isOfInstance ? [['', say('all-sites')] as const] : []),
            ...sites.map(({ id, name }) => [id, name] as const),
          ],
          value: chosen ?? '',
        })}
        ${expiryTemplate(form, dayIn(undefined), 'never')}
      `,
    )}
  `;
}
