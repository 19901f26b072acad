import { html, nothing, type TemplateResult } from 'lit';
import type { Say } from '../../dashboard/words.ts';
import { formatMoment } from '../../format/format.ts';
import type { LogEntry } from '../administered.ts';
import { headingTemplate, listingTemplate } from '../parts.ts';
import type { Room } from '../room.ts';
import { siteChoiceTemplate } from '../site-choice-template.ts';
import { changeText } from './change-text.ts';

/** Who changed what, the newest first, and more of it. */
export function logTemplate(room: Room): TemplateResult {
  const { say, office, chosen } = room;
  const { log } = office;
  log.need(chosen);
  const { older } = log;
  return html`
    ${headingTemplate(say('log'), siteChoiceTemplate(room, chosen, { all: true }))}
    ${listingTemplate(say, log.listing, ({ entries, more }) =>
      entries.length === 0
        ? html`<p class="quiet">${say('no-entries')}</p>`
        : html`
            <ol class="log card">${entries.map((entry) => entryTemplate(room, entry))}</ol>
            <p class="refusal" role="alert">${older.refusal?.reason ?? nothing}</p>
            ${
              more
                ? html`<div class="actions">
                    <button type="button" aria-disabled=${older.busy} @click=${() => void log.readOlder()}>
                      ${say(older.busy ? 'busy' : 'more')}
                    </button>
                  </div>`
                : nothing
            }
          `,
    )}
  `;
}

function entryTemplate({ say, language }: Room, entry: LogEntry): TemplateResult {
  const { at, actor, action, site, token, changes } = entry;
  return html`
    <li part="entry">
      <p>${say(action, { actor, site: site ?? '', token: token ?? '' })}</p>
      ${changes.map((change) => changeTemplate(say, change))}
      <time class="quiet" datetime=${at}>${formatMoment(at, { language, precision: 'date and minute' })}</time>
    </li>
  `;
}

function changeTemplate(say: Say, { field, before, after }: LogEntry['changes'][number]): TemplateResult {
  const name = field === 'slug' ? 'id' : field;
  const was = before === null ? nothing : html`<s>${changeText(before, say)}</s> → `;
  return html`<p class="change">${say(`field-${name}`)}: ${was}${changeText(after, say)}</p>`;
}
