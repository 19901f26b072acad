import type { OxicountError } from '@oxicount/sdk/slim';
import { html } from 'lit';
import type { Say } from './words.ts';

/** Grey shapes in place of what is being read. They fade in late, so that a quick answer is not preceded by a flash. */
export function loadingTemplate(say: Say) {
  return html`
    <div class="loading" role="status">
      <span class="unseen">${say('loading')}</span>
      <div class="ghost tall"></div>
      <div class="ghost taller"></div>
    </div>
  `;
}

const REASONS: Readonly<Record<string, string>> = {
  NETWORK: 'unreachable',
  TIMEOUT: 'unreachable',
  UNAVAILABLE: 'unavailable',
};

/** A failure with nothing to show beside it. */
export function failureTemplate(say: Say, error: OxicountError, again: () => void) {
  const reason = REASONS[error.code];
  return html`
    <section class="notice alarm" role="alert" part="failure">
      <h1>${say(reason ?? 'failure')}</h1>
      <p>${reason ? say(`${reason}-about`) : error.message}</p>
      <button type="button" @click=${again}>${say('again')}</button>
    </section>
  `;
}

/** A failure above figures that were read before it. */
export function staleTemplate(say: Say, error: OxicountError, again: () => void) {
  return html`
    <div class="stale" role="status" part="stale">
      <span>${say(REASONS[error.code] ?? 'failure')}. ${say('stale-all')}</span>
      <button type="button" @click=${again}>${say('again')}</button>
    </div>
  `;
}

/** Something that is as it should be, and yet there is nothing to show. */
export function noticeTemplate(title: string, text: string, more: unknown = null) {
  return html`<section class="notice" part="notice"><h1>${title}</h1><p>${text}</p>${more}</section>`;
}
