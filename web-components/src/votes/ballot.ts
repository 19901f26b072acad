import type { OxicountError } from '@oxicount/sdk/slim';
import type { Tally, Vote, VotesData } from './votes-data.ts';
import { withVote } from './with-vote.ts';

/** What voting needs of its surroundings. */
export interface BallotWorld {
  /** What is on show; undefined for nothing yet. */
  readonly shown: () => VotesData | undefined;
  readonly show: (data: VotesData) => void;
  /**
   * Makes a vote the reader's; null takes it back. Resolves to what the votes then come to, or null where that is not
   * for everybody to read. Rejects with an `OxicountError`.
   */
  readonly cast: (vote: Vote | null) => Promise<VotesData | null>;
  /** A vote was refused, and what is on show is again what the service last said. */
  readonly refused: (error: OxicountError) => void;
  /** What is on show may be old: it is to be read again. */
  readonly doubt: () => void;
}

/** Votes of one reader on one page. */
export interface Ballot {
  /** Votes, changes the vote, or takes it back where it is the one that stands. Does nothing before there is a tally. */
  press(vote: Vote): void;
  /** What to show for a tally that was pushed, which does not say whose own vote stands. */
  pushed(tally: Tally): VotesData;
  /**
   * What to show for an answer of the service. It is older than votes that were cast since it was asked for, and than
   * tallies that were pushed before it came, which is when the signal has aborted; but it alone knows the own vote.
   */
  read(ask: () => Promise<VotesData>, signal: AbortSignal): Promise<VotesData>;
}

/** Nobody knows whether these votes arrived. */
const OPEN = ['NETWORK', 'TIMEOUT'];

/**
 * Shows a vote before the service has said anything. One vote is on its way at a time; of those that are chosen
 * meanwhile only the last is sent after it. Until then what others say of the page is not shown, so that numbers do
 * not go back and forth.
 */
export function createBallot({ shown, show, cast, refused, doubt }: BallotWorld): Ballot {
  /** What the service last said, while a vote is on its way. Else that is what is on show. */
  let said: VotesData | undefined;
  let wish: Vote | null = null;
  /** What was pushed while a vote was on its way: before it was counted or after, which nobody can tell. */
  let held: Tally | undefined;
  /** An answer came that was not shown. */
  let missed = false;
  /** Grows when a vote sets out and when the last has arrived. */
  let edition = 0;

  function settle(data: VotesData, isDoubtful: boolean): void {
    said = undefined;
    held = undefined;
    missed = false;
    edition++;
    show(data);
    if (isDoubtful) doubt();
  }

  async function deliver(from: VotesData): Promise<void> {
    let standing = from;
    try {
      while (wish !== standing.mine) {
        const sent = wish;
        standing = (await cast(sent)) ?? withVote(standing, sent);
        said = standing;
        show(withVote(standing, wish));
      }
      settle(standing, held !== undefined && !isSame(held, standing));
    } catch (error) {
      settle({ ...standing, ...held }, missed || OPEN.includes((error as OxicountError).code));
      refused(error as OxicountError);
    }
  }

  return {
    press(vote) {
      const now = shown();
      if (!now) return;
      wish = now.mine === vote ? null : vote;
      edition++;
      show(withVote(said ?? now, wish));
      if (said) return;
      said = now;
      void deliver(now);
    },

    pushed(tally) {
      const now = shown();
      if (!said || !now) return { ...tally, mine: now?.mine ?? null };
      held = tally;
      return now;
    },

    async read(ask, signal) {
      const begun = edition;
      const answer = await ask();
      const now = shown();
      if (now && (said || begun !== edition)) {
        missed = true;
        return now;
      }
      if (!now || !signal.aborted) return answer;
      const known = { ...now, mine: answer.mine };
      show(known);
      return known;
    },
  };
}

function isSame(one: Tally, other: Tally): boolean {
  return one.up === other.up && one.down === other.down;
}
