import { documentOf } from '../client/document.ts';
import type { PageClient } from '../client/page-client.ts';
import type { Vote, VotesData } from './votes-data.ts';

/** Which page to vote on. */
export interface VotesAsked {
  readonly site: string | undefined;
  readonly path: string;
}

type Requests = Pick<PageClient, 'request'>;

interface Cast {
  readonly cast: VotesData | null;
}

const TALLY = 'up down score';
const OWN = `{${TALLY} mine}`;
const ASKED = '$site:ID$path:String!';
const GIVEN = 'site:$site path:$path';

const VOTES = documentOf<{ votes: VotesData }>(`query Votes(${ASKED}){votes(${GIVEN})${OWN}}`);
const VOTE = documentOf<Cast>(`mutation Vote(${ASKED}$vote:Vote!){cast:vote(${GIVEN} vote:$vote)${OWN}}`);
const RESET = documentOf<Cast>(`mutation ResetVote(${ASKED}){cast:resetVote(${GIVEN})${OWN}}`);

/** Pushes the votes of everybody whenever they change, and says nothing of the reader's own. */
export const LIVE_VOTES = `subscription(${ASKED}){votes(${GIVEN}){${TALLY}}}`;

export async function readVotes({ request }: Requests, asked: VotesAsked): Promise<VotesData> {
  return (await request(VOTES, asked)).votes;
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
  const [document, variables] =
    vote === null ? ([RESET, asked] as const) : ([VOTE, { ...asked, vote }] as const);
  return (await request(document, variables, { keepalive: true })).cast;
}
