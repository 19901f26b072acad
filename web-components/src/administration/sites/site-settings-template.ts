import { html, type TemplateResult } from 'lit';
import { formatCount } from '../../format/format.ts';
import type { Site } from '../administered.ts';
import { headingTemplate } from '../parts.ts';
import type { Room } from '../room.ts';

/** The settings of a site that the configuration declares, and why they are not changed here. */
export function siteSettingsTemplate({ say, office, language }: Room, site: Site): TemplateResult {
  const listOf = (values: readonly string[]) => values.join(', ') || say('none');
  const settings: Readonly<Record<string, string>> = {
    id: site.id,
    name: site.name,
    baseUrls: listOf(site.baseUrls),
    callbackOrigin: site.callbackOrigin,
    timeZone: site.timeZone,
    minDelaySecs: formatCount(site.minDelaySecs, language),
    retentionDays: site.retentionDays === null ? say('for-ever') : formatCount(site.retentionDays, language),
    pathPatterns: listOf(site.pathPatterns),
    respectDnt: say(site.respectDnt ? 'yes' : 'no'),
    visibility: say(site.visibility),
    ...(site.visibility === 'SELECTED' && {
      publicPages: listOf(site.publicPages),
      publicFigures: listOf(site.publicFigures.map((figure) => say(figure))),
    }),
  };
  return html`
    ${headingTemplate(say('edit-site', { name: site.name }))}
    <p class="notice">${say('declared-about')}</p>
    <dl class="settings card">
      ${Object.entries(settings).map(
        ([name, value]) => html`<div><dt>${say(`field-${name}`)}</dt><dd>${value}</dd></div>`,
      )}
    </dl>
    <div class="actions">
      <button type="button" @click=${() => office.open({ kind: 'list' })}>${say('back')}</button>
    </div>
  `;
}
