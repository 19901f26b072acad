import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../format/format.ts';
import type { Question } from '../page.ts';
import type { Room } from '../room.ts';

/** Asks for the id of a site, deletes it, and says how much that was. */
export function deleteTemplate(
  { say, office, language }: Room,
  { site: { id, name }, deleting }: Question & { readonly kind: 'delete' },
): TemplateResult {
  const { attempt, deletion, mistyped } = deleting;
  const { busy, refusal } = attempt;
  const count = (word: string) =>
    deletion &&
    say(word, {
      name,
      rows: formatCount(deletion.rows, language),
      visits: formatCount(deletion.visits, language),
    });
  if (deletion?.complete) return html`<p role="status">${count('deleted')}</p>`;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget as HTMLFormElement).get('confirm');
    deleting.mistyped = String(typed).trim() !== id;
    if (!deleting.mistyped) void office.remove(deleting);
    office.ask(office.question);
  };
  const reason = mistyped ? say('mistyped') : refusal?.reason;
  return html`
    <form class="form" @submit=${submit}>
      <p>${say('delete-about', { name })}</p>
      <div class="field">
        <label for="confirm">${say('type-id', { id })}</label>
        <input
          id="confirm"
          name="confirm"
          required
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          ?readonly=${busy}
          aria-invalid=${mistyped}
          aria-describedby=${reason === undefined ? nothing : 'confirm-refusal'}
        />
        <p class="refusal" id="confirm-refusal" role="alert">${reason ?? nothing}</p>
      </div>
      <p role="status">${busy || refusal ? (count('deleting') ?? nothing) : nothing}</p>
      <div class="actions">
        <button type="submit" class="danger" aria-disabled=${busy}>
          ${busy ? say('busy') : say(deletion ? 'delete-on' : 'delete-now')}
        </button>
      </div>
    </form>
  `;
}
