import { html, nothing } from 'lit';
import type { Say } from '../words.ts';

/** What the form for a token does. */
export interface SigningIn {
  /** Name of the words that say why the last token was not taken; undefined where none was refused. */
  readonly refusal: string | undefined;
  /** A token is being tried. */
  readonly busy: boolean;
  readonly signIn: (token: string, stay: boolean) => void;
}

/** Asks for a token. Password managers take it for a password. */
export function signInTemplate(say: Say, { refusal, busy, signIn }: SigningIn) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const token = String(given.get('token')).trim();
    if (token && !busy) signIn(token, given.has('stay'));
  };
  return html`
    <form class="sign-in" @submit=${submit}>
      <p class="quiet">${say('sign-in-about')}</p>
      <label class="field">
        <span>${say('token')}</span>
        <input
          type="password"
          name="token"
          autocomplete="current-password"
          required
          spellcheck="false"
          aria-invalid=${refusal !== undefined}
          aria-describedby=${refusal === undefined ? nothing : 'refusal'}
        />
      </label>
      <p class="refusal" id="refusal" role="alert">${refusal === undefined ? nothing : say(refusal)}</p>
      <label class="check"><input type="checkbox" name="stay" /> ${say('stay')}</label>
      <button type="submit" class="action" aria-disabled=${busy}>${say(busy ? 'sign-in-busy' : 'sign-in')}</button>
    </form>
  `;
}
