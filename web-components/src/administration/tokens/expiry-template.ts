import { html, type TemplateResult } from 'lit';
import type { Say } from '../../dashboard/words.ts';
import { type Form, inputTemplate, selectTemplate } from '../field-templates.ts';
import { LIFETIME_NAMES, ON_DAY } from './expiry.ts';

/** How long a token is to be good for. The field for a day is there where a day was chosen. */
export function expiryTemplate(form: Form, today: string, usual: string): TemplateResult {
  const { say } = form;
  return html`
    ${selectTemplate(form, { name: 'expiresAt', options: optionsIn(say), value: usual })}
    <div class="day">${inputTemplate(form, { name: 'lastDay', type: 'date', min: today, value: today })}</div>
  `;
}

function optionsIn(say: Say): (readonly [string, string])[] {
  return [...LIFETIME_NAMES, ON_DAY].map((name) => [name, say(name)]);
}
