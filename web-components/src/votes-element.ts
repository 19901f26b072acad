import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { clientOf } from './client/page-client.ts';
import { type Ballot, createBallot } from './votes/ballot.ts';
import { Notice } from './votes/notice.ts';
import type { Tally, VotesData } from './votes/votes-data.ts';
import { castVote, LIVE_VOTES, readVotes } from './votes/votes-reading.ts';
import { votesStyles } from './votes/votes-styles.ts';
import { votesTemplate } from './votes/votes-template.ts';
import { WORD_OF, WORDS } from './votes/words.ts';
import { jsonAttribute } from './widget/json-attribute.ts';
import type { Words } from './widget/panel-element.ts';
import type { Reading } from './widget/reading.ts';
import { theme } from './widget/theme.ts';
import { WidgetElement } from './widget/widget-element.ts';

export type { VotesData } from './votes/votes-data.ts';

/**
 * Votes on a page, up and down, one of each reader.
 *
 * A press shows at once, and is taken back where the service refuses it, with a message that says why. The service
 * takes votes from pages of the site only, from readers whose visit has counted. Shows its own content until the
 * numbers are there, and keeps showing it when they cannot be had.
 *
 * @element oxi-votes
 * @attr {string} url - Base address of the instance. Default: the one that served this script.
 * @attr {string} site - Slug of the site. Default: the one that the page is of.
 * @attr {string} path - Path of the page. Default: this page.
 * @attr {'page' | 'site'} scope - `site` shows nothing: votes are on pages. Default: `page`.
 * @attr {'both' | 'score'} tally - Which numbers to show: votes up and votes down, or one less the other. Default:
 *   `both`.
 * @attr {boolean} live - Follow the votes of others.
 * @attr {string} token - Bearer token, for a site that is private.
 * @attr {string} lang - Language of the numbers. Default: the page's, as HTML has it.
 * @attr {string} words - Words to use instead of the English ones, as JSON: `name`; `up` and `down`, with `{count}`;
 *   `score`; and the reasons why a vote was not taken, `needs-visit`, `needs-visitor`, `not-here`, `too-often`,
 *   `failed`.
 * @attr {string} data - What to show at first: `{"up":3,"down":1,"score":2,"mine":null}`.
 * @slot - What to show without numbers.
 * @csspart votes - The buttons with their numbers.
 * @csspart button - Each button.
 * @csspart up - The button to vote up.
 * @csspart down - The button to vote down.
 * @csspart count - The number on a button.
 * @csspart score - The score.
 * @csspart notice - Says why a vote was not taken, until the reader presses anything, or Escape.
 * @cssprop [--oxi-votes-min-size=2ch] - Room kept for each number, so that the rest stays where it is.
 * @cssprop --oxi-accent - Colour of the own vote, and of what is in focus.
 * @cssprop --oxi-bar - Ground of the own vote.
 * @cssprop --oxi-ink - Colour of text and lines.
 * @cssprop --oxi-radius - How round corners are.
 * @fires {CustomEvent<VotesData>} oxi-change - The votes have come or changed, or the reader's own is shown or taken
 *   back. Bubbles.
 * @fires {CustomEvent<{ code: string, message: string }>} oxi-error - The votes could not be read, or a vote was not
 *   taken. Bubbles.
 */
export class VotesElement extends WidgetElement<VotesData> {
  static override properties: PropertyDeclarations = {
    ...WidgetElement.properties,
    tally: {},
    words: { converter: jsonAttribute },
  };

  static override styles = [theme, votesStyles];

  /** Which numbers to show: `both` or `score`. Null: both. */
  declare tally: 'both' | 'score' | null;
  /** Words in another language, for those that are to be others: `{ "name": "Stimmen" }`. */
  declare words: Words | undefined;

  #current: { readonly key: string; readonly ballot: Ballot } | undefined;
  /** Why the last vote was not taken. */
  readonly #notice = new Notice(this);

  constructor() {
    super();
    this.tally = null;
    this.words = undefined;
  }

  protected override reading(): Reading<VotesData> | undefined {
    const path = this.pageOf('page');
    if (path === undefined) return undefined;
    const asked = { site: this.site ?? undefined, path };
    const ballot = this.#ballot(path);
    return {
      key: JSON.stringify(asked),
      // It is not ended where something was pushed before it: only the answer says which vote is the reader's.
      read: (client, signal) => ballot.read(() => readVotes(client, asked), signal),
      source: {
        document: LIVE_VOTES,
        variables: asked,
        pushed: ({ votes }: { votes: Tally }) => ballot.pushed(votes),
      },
    };
  }

  protected override render(): TemplateResult {
    const { data, language } = this;
    const { code } = this.#notice;
    const word = (name: string) => this.words?.[name] ?? WORDS[name] ?? name;
    const press = (vote: 'UP' | 'DOWN') => this.#press(vote);
    const view = { language, word, tally: this.tally === 'score' ? 'score' : 'both', press } as const;
    return html`
      <span class="over">${votesTemplate(view, data)}${data ? nothing : html`<span><slot></slot></span>`}</span>
      <span role="status">${
        code === undefined ? nothing : html`<span part="notice">${word(WORD_OF[code] ?? 'failed')}</span>`
      }</span>
    `;
  }

  #press(vote: 'UP' | 'DOWN'): void {
    this.#notice.disappear();
    const path = this.pageOf('page');
    if (path !== undefined) this.#ballot(path).press(vote);
  }

  /** Votes on another page, or of another instance, are another matter: what is still to come of them is not shown. */
  #ballot(path: string): Ballot {
    const { connection } = this;
    const asked = { site: this.site ?? undefined, path };
    const key = JSON.stringify([connection, asked]);
    if (this.#current?.key === key) return this.#current.ballot;
    const isCurrent = () => this.#current === current;
    const ballot = createBallot({
      shown: () => (isCurrent() ? this.data : undefined),
      show: (data) => isCurrent() && this.show(data),
      cast: (vote) => castVote(clientOf(connection), asked, vote),
      refused: (error) => {
        if (!isCurrent()) return;
        this.#notice.appear(error.code);
        this.report(error);
      },
      doubt: () => isCurrent() && this.isConnected && void this.refresh(),
    });
    const current = { key, ballot };
    this.#current = current;
    return ballot;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'oxi-votes': VotesElement;
  }
}
