import { dayOf } from './day.ts';
import type { Page } from './page.ts';
import type { VoteStorage } from './ports.ts';
import type { Pseudonym } from './visit.ts';
import type { EngagingPage, EngagingRequest, NewVote, Vote, VotedPage, Voter } from './vote.ts';

/** What votes are kept beside. */
export interface MemoryVotesOptions {
  readonly pageAt: (siteId: number, path: string) => Page | undefined;
  readonly pageWith: (siteId: number, pageId: number) => Page | undefined;
  readonly zoneOf: (siteId: number) => string;
  readonly hasVisit: VoteStorage['hasVisit'];
  readonly voted: (page: VotedPage) => void;
}

export interface MemoryVotes extends VoteStorage {
  engagingPages(request: EngagingRequest): EngagingPage[];
  /** Forgets whose the votes of earlier days are. */
  forget(before: number): void;
}

interface Kept extends Pseudonym {
  readonly pageId: number;
  readonly vote: Vote;
}

/** Votes in memory: those that can be told whose they are, and the tallies. */
export function createMemoryVotes(options: MemoryVotesOptions): MemoryVotes {
  const { pageAt, pageWith, zoneOf, hasVisit, voted } = options;
  let kept: readonly Kept[] = [];
  const tallies = new Map<number, { up: number; down: number; changes: number }>();
  const changes: { readonly pageId: number; readonly day: number }[] = [];

  const tallyOf = (pageId: number | undefined) =>
    (pageId === undefined ? undefined : tallies.get(pageId)) ?? { up: 0, down: 0, changes: 0 };
  const isOf =
    ({ pageId, pseudonyms }: Voter) =>
    (one: Kept) =>
      one.pageId === pageId &&
      pseudonyms.some(({ day, pseudonym }) => day === one.day && pseudonym === one.pseudonym);

  return {
    tally: async (siteId, path) => tallyOf(pageAt(siteId, path)?.id),
    standing: async (voter) => kept.find(isOf(voter))?.vote ?? null,
    hasVisit,
    async cast(given: NewVote) {
      const { siteId, pageId, vote, at } = given;
      const { day, pseudonym } = given.pseudonym;
      const page = pageWith(siteId, pageId);
      if (!page) return 'page gone';
      const before = kept.find(isOf(given))?.vote ?? null;
      const tally = tallyOf(pageId);
      if (before === vote) return tally;
      kept = kept.filter((one) => !isOf(given)(one));
      if (vote !== null) kept = [...kept, { pageId, day, pseudonym, vote }];
      const changed = {
        up: tally.up + Number(vote === 1) - Number(before === 1),
        down: tally.down + Number(vote === -1) - Number(before === -1),
        changes: tally.changes + 1,
      };
      tallies.set(pageId, changed);
      changes.push({ pageId, day: dayOf(at, zoneOf(siteId)) });
      voted({ siteId, path: page.path, ...changed });
      return changed;
    },
    engagingPages({ siteId, from, to, path, limit }) {
      return [...tallies.keys()]
        .flatMap((pageId) => pageWith(siteId, pageId) ?? [])
        .filter((page) => path === null || page.path === path)
        .map((page) => ({
          path: page.path,
          up: tallyOf(page.id).up,
          down: tallyOf(page.id).down,
          changes: changes.filter(({ pageId, day }) => pageId === page.id && day >= from && day <= to).length,
        }))
        .filter((page) => page.changes > 0)
        .sort((a, b) => b.changes - a.changes || Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)))
        .slice(0, limit);
    },
    forget(before) {
      kept = kept.filter(({ day }) => day >= before);
    },
  };
}
