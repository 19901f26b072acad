import type { PageClient } from '../client/page-client.ts';
import type { Vote, VotesData } from './votes-data.ts';

/** Which page to vote on. */
export interface VotesAsked {
  readonly site: string | undefined;
  readonly path: string;
}

type Requests = Pick<PageClient, 'request'>;

const TALLY = 'up down score';
const OWN = `{${TALLY} mine}`;
const ASKED = '$site:ID$path:String!';
const GIVEN = 'site:$site path:$path';

const VOTES = `query Votes(${ASKED}){votes(${GIVEN})${OWN}}`;
const VOTE = `mutation Vote(${ASKED}$vote:Vote!){cast:vote(${GIVEN} vote:$vote)${OWN}}`;
const RESET = `mutation ResetVote(${ASKED}){cast:resetVote(${GIVEN})${OWN}}`;

/** Pushes the votes of everybody whenever they change, and says nothing of the reader's own. */
export const LIVE_VOTES = `subscription(${ASKED}){votes(${GIVEN}){${TALLY}}}`;

export async function readVotes({ request }: Requests, asked: VotesAsked): Promise<VotesData> {
  const { votes } = (await request(VOTES as never, asked as never)) as { votes: VotesData };
  return votes;
}

/**
 * Casts a vote, or takes the one that stands back: null. Null where the tally may not be read. It reaches the service
 * though the reader leaves the page.
 */
export async function castVote(
  { request }: Requests,
  asked: VotesAsked,
  vote: Vote | null,
): Promise<VotesData | null> {
  const [document, variables] = vote === null ? [RESET, asked] : [VOTE, { ...asked, vote }];
  const answer = await request(document as never, variables as never, { keepalive: true });
  return (answer as { cast: VotesData | null }).cast;
}
