import { dayOf } from '../domain/day.ts';
import type { CommitListener, VoteStorage } from '../domain/ports.ts';
import type { Pseudonym } from '../domain/visit.ts';
import type { NewVote, StandingTally, Vote, VotedPage, Voter } from '../domain/vote.ts';
import type { Database, Queries } from './database.ts';
import { guarded } from './faults.ts';
import { Prisma } from './generated/sqlite/client.ts';

const NO_VOTES: StandingTally = { up: 0, down: 0, changes: 0 };

type Row = Record<'day' | 'visitor', bigint | number> & { readonly value: bigint | number | null };

/** Votes on one of the two databases. Each is a transaction of its own, which holds its page. */
export function createVoteStorage(database: Database, committed: CommitListener): VoteStorage {
  const { client } = database;

  /** What is on disk is not undone by whoever fails to hear of it. */
  function tell(page: VotedPage): void {
    try {
      committed({ counted: [], pages: [], voted: [page], sites: [] });
    } catch {
      // The event bus reports its listeners' failures itself.
    }
  }

  return {
    tally: (siteId, path) => guarded(() => readTally(client, siteId, path)),
    standing: (voter) =>
      guarded(async () => {
        const [standing] = await standingVotes(client, voter);
        return standing?.vote ?? null;
      }),
    hasVisit: (siteId, pseudonyms) => guarded(() => hasVisit(client, siteId, pseudonyms)),
    async cast(vote) {
      const outcome = await guarded(() => database.holdingPage(vote, (queries) => castVote(queries, vote)));
      if (outcome === null) return 'page gone';
      const { isNew, ...page } = outcome;
      if (isNew) tell(page);
      const { up, down, changes } = page;
      return { up, down, changes };
    },
  };
}

async function readTally(queries: Queries, siteId: number, path: string): Promise<StandingTally> {
  const page = await queries.page.findUnique({
    where: { siteId_path: { siteId, path } },
    select: { votesUp: true, votesDown: true, voteChanges: true },
  });
  return page ? { up: page.votesUp, down: page.votesDown, changes: page.voteChanges } : NO_VOTES;
}

async function hasVisit(
  queries: Queries,
  siteId: number,
  pseudonyms: readonly Pseudonym[],
): Promise<boolean> {
  const visitor = await queries.visitor.findFirst({
    where: { OR: pseudonyms.map(({ day, pseudonym }) => ({ siteId, day, visitor: pseudonym })) },
    select: { day: true },
  });
  return visitor !== null;
}

/** A vote of a visitor that stands, and under which pseudonym. */
interface Standing extends Pseudonym {
  readonly vote: Vote;
}

/** Looks under each pseudonym, however many votes the page has. */
async function standingVotes(
  queries: Queries,
  { siteId, pageId, pseudonyms }: Voter,
): Promise<readonly Standing[]> {
  if (pseudonyms.length === 0) return [];
  const given = pseudonyms.map(
    ({ day, pseudonym }) => Prisma.sql`(CAST(${day} AS int), CAST(${pseudonym} AS bigint))`,
  );
  // A scalar for each: joined, either database might read all votes of the page.
  const rows = await queries.$queryRaw<Row[]>`
    SELECT given.column1 AS day, given.column2 AS visitor, (
      SELECT votes.value FROM oxi_votes AS votes
      WHERE votes.site_id = ${siteId} AND votes.day = given.column1 AND votes.visitor = given.column2
        AND votes.page_id = ${pageId}
    ) AS value
    FROM (VALUES ${Prisma.join(given)}) AS given`;
  return rows.flatMap(({ day, visitor, value }) =>
    value === null ? [] : { day: Number(day), pseudonym: Number(visitor), vote: voteOf(value) },
  );
}

/** Runs while no other vote on the page is cast: it reads before it writes. */
async function castVote(queries: Queries, given: NewVote): Promise<VotedPage & { readonly isNew: boolean }> {
  const { siteId, pageId, pseudonym, vote, at } = given;
  const standing = await standingVotes(queries, given);
  const before = standing.map((one) => one.vote);
  const after = vote === null ? [] : [vote];
  if (before.join() === after.join()) return { ...(await tallyOf(queries, given)), isNew: false };

  for (const one of standing) {
    await queries.vote.deleteMany({ where: { siteId, day: one.day, visitor: one.pseudonym, pageId } });
  }
  if (vote !== null) {
    const { day, pseudonym: visitor } = pseudonym;
    await queries.vote.create({ data: { siteId, day, visitor, pageId, value: vote, votedAt: at } });
  }
  const { timeZone } = await queries.site.findUniqueOrThrow({
    where: { id: siteId },
    select: { timeZone: true },
  });
  await queries.$executeRaw`
    INSERT INTO oxi_vote_days (site_id, day, page_id, changes)
    VALUES (${siteId}, ${dayOf(at, timeZone)}, ${pageId}, 1)
    ON CONFLICT (site_id, day, page_id) DO UPDATE SET changes = oxi_vote_days.changes + 1`;
  await queries.page.updateMany({
    where: { id: pageId },
    data: {
      votesUp: { increment: count(after, 1) - count(before, 1) },
      votesDown: { increment: count(after, -1) - count(before, -1) },
      voteChanges: { increment: 1 },
    },
  });
  return { ...(await tallyOf(queries, given)), isNew: true };
}

async function tallyOf(queries: Queries, { siteId, pageId }: Voter): Promise<VotedPage> {
  const page = await queries.page.findUniqueOrThrow({
    where: { id: pageId },
    select: { path: true, votesUp: true, votesDown: true, voteChanges: true },
  });
  return { siteId, path: page.path, up: page.votesUp, down: page.votesDown, changes: page.voteChanges };
}

/** As it is stored: 1 or -1. */
function voteOf(value: bigint | number): Vote {
  return value > 0 ? 1 : -1;
}

function count(votes: readonly Vote[], vote: Vote): number {
  return votes.filter((one) => one === vote).length;
}
