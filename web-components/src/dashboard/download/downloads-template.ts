import { html, nothing } from 'lit';
import type { Say } from '../words.ts';
import type { Part } from './parts.ts';

/** What can be downloaded now. */
export interface Downloads {
  readonly about: string;
  readonly parts: readonly Part[];
  /** Name of the part that is being read. */
  readonly busy: string | undefined;
  /** Why the last one could not be read. */
  readonly failure: string | undefined;
  readonly download: (part: Part, format: 'csv' | 'json') => void;
}

/** A row for each part, with a button for each format. */
export function downloadsTemplate(say: Say, { about, parts, busy, failure, download }: Downloads) {
  return html`
    <p class="quiet">${about}</p>
    <p class="refusal" role="alert">${failure === undefined ? nothing : say('download-failed', { reason: failure })}</p>
    <ul class="downloads" role="list">
      ${parts.map((part) => {
        const word = say(WORDS[part.name] ?? `${part.name}-list`);
        return html`
          <li>
            <span>${word}${busy === part.name ? html` <span class="quiet" role="status">${say('download-busy')}</span>` : nothing}</span>
            ${(['csv', 'json'] as const).map(
              (format) => html`
                <button type="button" @click=${() => download(part, format)}>
                  <span class="unseen">${word}, </span>${format.toUpperCase()}
                </button>
              `,
            )}
          </li>
        `;
      })}
    </ul>
  `;
}

/** Those that are not called as the lists they are. */
const WORDS: Readonly<Record<string, string>> = { totals: 'totals', chart: 'chart', visits: 'single-visits' };
