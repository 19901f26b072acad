import type { OxicountError } from '@oxicount/sdk/slim';
import { html, nothing, type TemplateResult } from 'lit';
import type { Listing } from '../client/listing.ts';
import { isPassing } from '../client/passing.ts';
import type { Say } from '../dashboard/words.ts';
import type { Room } from './room.ts';

/** The heading of what is open, which the focus goes to when it opens. */
export function headingTemplate(text: string, beside: unknown = nothing): TemplateResult {
  return html`<div class="heading"><h2 tabindex="-1">${text}</h2>${beside}</div>`;
}

/** A text to take along, with a button that copies it. */
export function copyTemplate({ say, copying }: Room, text: string, label: string): TemplateResult {
  return html`
    <div class="snippet">
      <pre tabindex="0" aria-label=${label}><code>${text}</code></pre>
      ${
        copying.possible
          ? html`
              <button type="button" @click=${() => void copying.copy(text)}>
                ${say(copying.copied ? 'copied' : 'copy')}
              </button>
              <span class="unseen" role="status">${copying.copied ? say('copied') : nothing}</span>
            `
          : nothing
      }
    </div>
  `;
}

/**
 * What was read, or grey shapes before it, or why it was not. They fade in late, so that a quick answer is not preceded
 * by a flash. A failure after it stands above what was known.
 */
export function listingTemplate<Value>(
  say: Say,
  listing: Listing<Value> | undefined,
  content: (value: Value) => unknown,
): TemplateResult {
  const { value, error } = listing ?? {};
  if (value === undefined && !error) return loadingTemplate(say);
  return html`
    ${error && listing ? failureTemplate(say, error, () => void listing.read()) : nothing}
    ${value === undefined ? nothing : content(value)}
  `;
}

function loadingTemplate(say: Say) {
  return html`
    <div class="loading" role="status">
      <span class="unseen">${say('reading')}</span>
      <div class="ghost"></div>
      <div class="ghost"></div>
      <div class="ghost"></div>
    </div>
  `;
}

function failureTemplate(say: Say, error: OxicountError, again: () => void) {
  return html`
    <div class="failure" part="failure" role="alert">
      <p>${isPassing(error) ? say('unreachable') : `${say('not-read')}: ${error.message}`}</p>
      <button type="button" @click=${again}>${say('again')}</button>
    </div>
  `;
}
