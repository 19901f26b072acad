import { html, nothing } from 'lit';
import type { Say } from '../words.ts';
import { SHORTCUTS } from './shortcuts.ts';

/** The list of keys, and a switch for people whose software types for them. */
export function keysTemplate(say: Say, keys: { readonly on: boolean; readonly turn: (on: boolean) => void }) {
  const turned = (event: Event) => keys.turn((event.currentTarget as HTMLInputElement).checked);
  return html`
    <label class="check">
      <input type="checkbox" role="switch" .checked=${keys.on} @change=${turned} /> ${say('keys-on')}
    </label>
    <p class="quiet">${say('keys-about')}</p>
    ${
      keys.on
        ? html`<dl class="keys">
            ${SHORTCUTS.map(({ key, word }) => html`<div><dt><kbd>${key}</kbd></dt><dd>${say(word)}</dd></div>`)}
          </dl>`
        : nothing
    }
  `;
}
