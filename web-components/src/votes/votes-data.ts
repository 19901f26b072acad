/** What a reader says of a page. */
export type Vote = 'UP' | 'DOWN';

/** What the votes on a page come to. */
export interface Tally {
  readonly up: number;
  readonly down: number;
  /** `up` less `down`. */
  readonly score: number;
}

/** What an `<oxi-votes>` shows, and the `detail` of its `oxi-change`. */
export interface VotesData extends Tally {
  /** The reader's own vote; null: none. */
  readonly mine: Vote | null;
}
