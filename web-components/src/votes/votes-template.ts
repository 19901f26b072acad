import { html, nothing, type TemplateResult } from 'lit';
import { fill } from '../format/fill.ts';
import { formatCount } from '../format/format.ts';
import type { Vote, VotesData } from './votes-data.ts';

/** What is needed to draw votes. */
export interface VotesView {
  readonly language: string | undefined;
  readonly word: (name: string) => string;
  /** Which numbers: of both kinds of votes, or one less the other. */
  readonly tally: 'both' | 'score';
  readonly press: (vote: Vote) => void;
}

const UP = html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 2 14 8.5H10.5V14H5.5V8.5H2Z" /></svg>`;
const DOWN = html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 14 2 7.5H5.5V2H10.5V7.5H14Z" /></svg>`;

/** The two buttons with their numbers; without data, as much room. */
export function votesTemplate(view: VotesView, data: VotesData | undefined): TemplateResult {
  const isScore = view.tally === 'score';
  const numberOf = (count: number | undefined) =>
    count === undefined ? '' : formatCount(count, view.language);
  const button = (vote: Vote, name: 'up' | 'down', icon: TemplateResult) => {
    const number = numberOf(data?.[name]);
    return html`
      <button
        type="button"
        part=${`button ${name}`}
        aria-label=${fill(view.word(name), { count: number })}
        aria-pressed=${data?.mine === vote}
        @click=${() => view.press(vote)}
      >
        ${icon}${isScore ? nothing : html`<span class="number" part="count">${number}</span>`}
      </button>
    `;
  };
  return html`
    <span class=${data ? '' : 'under'} part="votes" role="group" aria-label=${view.word('name')}>
      ${button('UP', 'up', UP)}
      ${
        isScore
          ? html`<span class="number"><span class="unseen">${view.word('score')} </span><span part="score">${numberOf(data?.score)}</span></span>`
          : nothing
      }
      ${button('DOWN', 'down', DOWN)}
    </span>
  `;
}
