import type { Vote, VotesData } from './votes-data.ts';

/** What the votes come to when the reader's own is another; null: none. */
export function withVote({ up, down, score, mine }: VotesData, vote: Vote | null): VotesData {
  const change = (of: Vote) => Number(vote === of) - Number(mine === of);
  return {
    up: up + change('UP'),
    down: down + change('DOWN'),
    score: score + change('UP') - change('DOWN'),
    mine: vote,
  };
}
