import { html, type TemplateResult } from 'lit';
import type { NewToken } from '../administered.ts';
import { copyTemplate, headingTemplate } from '../parts.ts';
import type { Room } from '../room.ts';

/** What is shown of a new token once: the whole of it, or the link that opens the dashboard with it. */
export function tokenMadeTemplate(
  room: Room,
  { secret, link }: NewToken,
  { isLink }: { readonly isLink: boolean },
): TemplateResult {
  const { say, office } = room;
  const word = isLink ? 'link-made' : 'token-made';
  return html`
    <section class="card once" part="once">
      ${headingTemplate(say(word))}
      <p>${say('token-once')}</p>
      ${copyTemplate(room, isLink ? (link ?? secret) : secret, say(word))}
      <div class="actions">
        <button type="button" @click=${() => office.open({ kind: 'list' })}>${say('ready')}</button>
      </div>
    </section>
  `;
}
