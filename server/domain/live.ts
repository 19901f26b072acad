import { Repeater, SlidingBuffer } from '@repeaterjs/repeater';
import type { SiteQuestion } from './access.ts';
import { normalisePath } from './path.ts';
import type { Commit, EventBus, Storage } from './ports.ts';
import type { Site } from './site.ts';
import type { Sites } from './sites.ts';
import type { CountedVisit } from './visit.ts';
import type { PageTally, StandingTally } from './vote.ts';

// A subscriber that is slower than the visits loses the oldest of those that wait for it, not the server its memory.
const WAITING_VISITS = 256;

/** What is pushed while people read. */
export interface Live {
  /** Each counted visit of a site, or of one of its pages. @throws DomainError `INVALID_PATH` or of {@link Sites.find} */
  visitCounted(
    question: SiteQuestion,
    path: string | null | undefined,
  ): Promise<AsyncIterableIterator<CountedVisit>>;
  /**
   * The present number of visits of a page, then each change. A slow subscriber gets the newest value.
   * @throws DomainError `INVALID_PATH` or of {@link Sites.find}
   */
  count(question: SiteQuestion, path: string): Promise<AsyncIterableIterator<number>>;
  /**
   * What the votes on a page come to, then each change. A slow subscriber gets the newest.
   * @throws DomainError `INVALID_PATH` or of {@link Sites.find}
   */
  votes(question: SiteQuestion, path: string): Promise<AsyncIterableIterator<PageTally>>;
  /** Ends every subscription. */
  close(): void;
}

export interface LiveOptions {
  readonly storage: Pick<Storage, 'pageVisits' | 'votes'>;
  readonly sites: Sites;
  readonly events: EventBus;
}

/** A value that changes, and whose every change has a greater number. */
interface Followed<T> {
  readonly read: () => Promise<T>;
  readonly pick: (commit: Commit) => readonly T[];
  readonly numberOf: (value: T) => number;
}

export function createLive({ storage, sites, events }: LiveOptions): Live {
  const endings = new Set<() => void>();
  let closed = false;

  /** What is picked of all that happens, as an iterable; `begin` runs once listening, so that nothing falls in between. */
  function subscribe<T>(
    buffer: number,
    pick: (commit: Commit) => readonly T[],
    begin?: (push: (value: T) => void) => Promise<void>,
  ): AsyncIterableIterator<T> {
    return new Repeater<T>(async (push, stop) => {
      if (closed) return stop();
      endings.add(stop);
      const unsubscribe = events.subscribe((commit) => {
        for (const value of pick(commit)) push(value);
      });
      try {
        await begin?.(push);
        await stop;
      } finally {
        unsubscribe();
        endings.delete(stop);
      }
    }, new SlidingBuffer(buffer));
  }

  /** The value at present, then each that is newer. A slow subscriber gets the newest. */
  function follow<T>({ read, pick, numberOf }: Followed<T>): AsyncIterableIterator<T> {
    let newest = -1;
    // Replicas commit in one order and publish in another: what is older than what was told is no news.
    const isNews = (value: T): boolean => {
      if (numberOf(value) <= newest) return false;
      newest = numberOf(value);
      return true;
    };
    return subscribe(
      1,
      (commit) => pick(commit).filter(isNews),
      async (push) => {
        const present = await read();
        if (isNews(present)) push(present);
      },
    );
  }

  return {
    async visitCounted(question, path) {
      const site = await sites.find(question);
      const page = path === null || path === undefined ? null : pageOf(site, path);
      return subscribe(WAITING_VISITS, ({ counted }) =>
        counted.filter((visit) => visit.siteId === site.id && (page === null || visit.path === page)),
      );
    },
    async count(question, path) {
      const site = await sites.find(question);
      const page = pageOf(site, path);
      return follow({
        read: () => storage.pageVisits(site.id, page),
        pick: ({ counted }) =>
          counted
            .filter((visit) => visit.siteId === site.id && visit.path === page)
            .map(({ pageVisits }) => pageVisits),
        numberOf: (total) => total,
      });
    },
    async votes(question, path) {
      const site = await sites.find(question);
      const page = pageOf(site, path);
      const told = ({ up, down, changes }: StandingTally) => ({
        site: site.slug,
        path: page,
        up,
        down,
        changes,
      });
      return follow({
        read: async () => told(await storage.votes.tally(site.id, page)),
        pick: ({ voted }) =>
          voted.filter((tally) => tally.siteId === site.id && tally.path === page).map(told),
        numberOf: ({ changes }) => changes,
      });
    },
    close() {
      closed = true;
      for (const end of endings) end();
    },
  };
}

function pageOf(site: Site, path: string): string {
  return normalisePath(path, site.pathPatterns).page;
}
