import { html, type TemplateResult } from 'lit';
import {
  choicesTemplate,
  formTemplate,
  inputTemplate,
  linesTemplate,
  selectTemplate,
} from '../field-templates.ts';
import type { Page } from '../page.ts';
import { headingTemplate } from '../parts.ts';
import type { Room } from '../room.ts';
import { siteInputOf } from './site-input.ts';

const VISIBILITIES = ['PUBLIC', 'SELECTED', 'PRIVATE'];
const FIGURES = ['COUNTS', 'STATS', 'HISTORY', 'REAL_TIME', 'VOTES'];

/** The settings of a site, to change them or to make one. Of a new site, what is left empty is up to the instance. */
export function siteFormTemplate(room: Room, page: Page & { readonly kind: 'site-form' }): TemplateResult {
  const { say, office } = room;
  const { site, attempt } = page;
  const form = { say, attempt };
  const asInstance = say('as-instance');
  const placeholder = site ? '' : asInstance;
  const choiceOf = (value: string) => ({ value, word: say(value), about: say(`${value}-about`) });
  return html`
    ${headingTemplate(site ? say('edit-site', { name: site.name }) : say('add-site'))}
    ${formTemplate(
      form,
      {
        submit: say(site ? 'save' : 'add-site'),
        submitted: (given) => void office.saveSite(site, siteInputOf(given), attempt),
        cancelled: () => office.open({ kind: 'list' }),
      },
      html`
        ${inputTemplate(form, {
          name: 'id',
          hint: site ? 'hint-rename' : 'hint-id',
          value: site?.id ?? '',
          required: true,
        })}
        ${inputTemplate(form, { name: 'name', hint: site ? '' : 'hint-name', value: site?.name ?? '', required: !!site })}
        ${linesTemplate(form, { name: 'baseUrls', hint: 'hint-baseUrls', value: site?.baseUrls ?? [], required: true })}
        ${choicesTemplate(form, {
          name: 'visibility',
          type: 'radio',
          choices: [...(site ? [] : [{ value: '', word: asInstance }]), ...VISIBILITIES.map(choiceOf)],
          chosen: [site?.visibility ?? ''],
        })}
        <div class="selected">
          ${linesTemplate(form, { name: 'publicPages', hint: 'hint-publicPages', value: site?.publicPages ?? [] })}
          ${choicesTemplate(form, {
            name: 'publicFigures',
            hint: 'hint-publicFigures',
            type: 'checkbox',
            choices: FIGURES.map((value) => ({ value, word: say(value) })),
            chosen: site?.publicFigures ?? [],
          })}
        </div>
        ${inputTemplate(form, {
          name: 'timeZone',
          hint: 'hint-timeZone',
          value: site?.timeZone ?? '',
          list: 'zones',
          placeholder,
        })}
        <datalist id="zones">${zones().map((zone) => html`<option value=${zone}></option>`)}</datalist>
        ${inputTemplate(form, {
          name: 'minDelaySecs',
          hint: 'hint-minDelaySecs',
          type: 'number',
          min: 0,
          max: 86_400,
          value: site?.minDelaySecs ?? '',
          placeholder,
        })}
        ${inputTemplate(form, {
          name: 'retentionDays',
          hint: 'hint-retentionDays',
          type: 'number',
          min: 0,
          max: 36_500,
          value: site ? (site.retentionDays ?? 0) : '',
          placeholder,
        })}
        ${linesTemplate(form, { name: 'pathPatterns', hint: 'hint-pathPatterns', value: site?.pathPatterns ?? [] })}
        ${inputTemplate(form, {
          name: 'callbackOrigin',
          hint: 'hint-callbackOrigin',
          value: site?.callbackOrigin ?? '',
        })}
        ${selectTemplate(form, {
          name: 'respectDnt',
          hint: 'hint-respectDnt',
          options: [...(site ? [] : [['', asInstance] as const]), ['true', say('yes')], ['false', say('no')]],
          value: site ? String(site.respectDnt) : '',
        })}
      `,
    )}
  `;
}

/** Those that the browser knows; old ones list none. */
function zones(): readonly string[] {
  return Intl.supportedValuesOf?.('timeZone') ?? [];
}
