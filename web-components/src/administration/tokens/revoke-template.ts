import { html, type TemplateResult } from 'lit';
import { formTemplate } from '../field-templates.ts';
import type { Question } from '../page.ts';
import type { Room } from '../room.ts';

/** Asks whether a token is to be revoked. */
export function revokeTemplate(
  { say, office }: Room,
  { token, attempt }: Question & { readonly kind: 'revoke' },
): TemplateResult {
  return formTemplate(
    { say, attempt },
    { submit: say('revoke'), submitted: () => void office.revoke(token, attempt) },
    html`<p>${say('revoke-about', { name: token.name })}</p>`,
  );
}
