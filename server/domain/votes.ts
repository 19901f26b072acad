import type { SiteQuestion } from './access.ts';
import { filterReason } from './bots.ts';
import type { Caller } from './caller.ts';
import { DomainError, type ErrorCode } from './errors.ts';
import type { Limits } from './limits.ts';
import type { Pages } from './pages.ts';
import type { Clock, Storage } from './ports.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import type { Site } from './site.ts';
import type { Sites } from './sites.ts';
import type { Pseudonym, Visitor } from './visit.ts';
import type { PageReference } from './visits.ts';
import type { PageTally, Vote } from './vote.ts';

// Whoever reads a page may vote on it, though not see what the votes come to.
const UNREADABLE = new Set<ErrorCode>(['SITE_NOT_FOUND', 'FORBIDDEN']);

/** Votes of visitors on pages: +1 or -1, at most one of a visitor on a page. */
export interface Votes {
  /** No votes where the page is unknown. @throws DomainError `INVALID_PATH` or of {@link Sites.find} */
  tally(question: SiteQuestion, path: string): Promise<PageTally>;
  /**
   * The caller's own vote that stands; null where none does, as for whoever is not told apart.
   * @throws DomainError `INVALID_PATH` or of {@link Sites.find}
   */
  mine(page: PageReference, caller: Caller): Promise<Vote | null>;
  /**
   * Makes a vote the one of the caller that stands on a page; null takes it back. It comes from a page of the site,
   * and from a visitor with a visit that counted there on one of the days that are remembered.
   * @returns the tally as it then stands; null where the caller may not read the figures of the site
   * @throws DomainError `ORIGIN_NOT_ALLOWED`, `INVALID_PATH`, `PAGE_NOT_FOUND`, `VOTE_NEEDS_VISIT`,
   * `VOTE_NEEDS_VISITOR`, `INVALID_TOKEN`, `RATE_LIMITED`, `UNAVAILABLE` or of {@link Sites.tracked}; then nothing was changed
   */
  cast(input: PageReference & { readonly vote: Vote | null }, caller: Caller): Promise<PageTally | null>;
}

export interface VotesOptions {
  readonly storage: Pick<Storage, 'votes'>;
  readonly sites: Sites;
  readonly pages: Pages;
  readonly pseudonyms: Pseudonyms;
  readonly limits: Pick<Limits, 'take'>;
  readonly clock: Clock;
}

export function createVotes({
  storage: { votes },
  sites,
  pages,
  pseudonyms,
  limits,
  clock,
}: VotesOptions): Votes {
  /** @throws DomainError `VOTE_NEEDS_VISIT` or `VOTE_NEEDS_VISITOR` */
  async function voterOf(site: Site, caller: Caller): Promise<Visitor> {
    // No visit of a bot counts, so none can vote.
    if (filterReason(caller) !== null) throw withoutVisit(site);
    const visitor = await pseudonyms.visitorOf(site, caller, clock());
    if (!visitor) {
      throw new DomainError(
        'VOTE_NEEDS_VISITOR',
        'This reader is not told apart from others, as their browser asks for (Sec-GPC: 1, or DNT: 1), or because it ' +
          'is a program or does not say what it is. Only visitors can vote.',
      );
    }
    if (!(await votes.hasVisit(site.id, pseudonymsOf(visitor)))) throw withoutVisit(site);
    return visitor;
  }

  async function mayRead(question: SiteQuestion, path: string): Promise<boolean> {
    try {
      await sites.readPage(question, 'VOTES', path);
      return true;
    } catch (error) {
      if (error instanceof DomainError && UNREADABLE.has(error.code)) return false;
      throw error;
    }
  }

  return {
    async tally(question, path) {
      const { site, page } = await sites.readPage(question, 'VOTES', path);
      const { up, down } = await votes.tally(site.id, page);
      return { site: site.slug, path: page, up, down };
    },

    async mine({ site: slug, path }, caller) {
      const { site } = await sites.readPage({ site: slug, reader: caller }, 'VOTES', path);
      const page = await pages.find(site, path);
      const visitor = page && (await pseudonyms.visitorOf(site, caller, clock()));
      if (!visitor) return null;
      return votes.standing({ siteId: site.id, pageId: page.id, pseudonyms: pseudonymsOf(visitor) });
    },

    async cast({ site: slug, path, vote }, caller) {
      await limits.take('votes', caller);
      if (caller.origin === null) {
        throw new DomainError(
          'ORIGIN_NOT_ALLOWED',
          'The request has no Origin header. A vote comes from a page of the site, whose browser sends it.',
        );
      }
      const site = await sites.tracked(slug, caller);
      // Asked first: a token that is none is refused before anything changes.
      const isReadable = await mayRead({ site: site.slug, reader: caller }, path);
      const page = await pages.existing(site, path);
      const visitor = await voterOf(site, caller);
      const tally = await votes.cast({
        siteId: site.id,
        pageId: page.id,
        pseudonyms: pseudonymsOf(visitor),
        pseudonym: visitor,
        vote,
        at: clock(),
      });
      if (tally === 'page gone') {
        pages.forget(site.id, page.id);
        throw new DomainError('PAGE_NOT_FOUND', `The page ${page.path} is gone.`);
      }
      return isReadable ? { site: site.slug, path: page.path, up: tally.up, down: tally.down } : null;
    },
  };
}

/** All that the visitor is called on the days that are remembered. */
function pseudonymsOf(visitor: Visitor): readonly Pseudonym[] {
  return [visitor, ...visitor.earlier];
}

function withoutVisit({ slug, minDelaySecs }: Site): DomainError {
  return new DomainError(
    'VOTE_NEEDS_VISIT',
    `No visit of this reader has counted on the site ${slug} lately: the page must be read for ${minDelaySecs} s first.`,
  );
}
