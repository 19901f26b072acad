import { Repeater, SlidingBuffer } from '@repeaterjs/repeater';
import type { SiteQuestion } from './access.ts';
import { normalisePath } from './path.ts';
import type { EventBus, Storage } from './ports.ts';
import type { Site } from './site.ts';
import type { Sites } from './sites.ts';
import type { CountedVisit } from './visit.ts';

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
  /** Ends every subscription. */
  close(): void;
}

export interface LiveOptions {
  readonly storage: Pick<Storage, 'pageVisits'>;
  readonly sites: Sites;
  readonly events: EventBus;
}

export function createLive({ storage, sites, events }: LiveOptions): Live {
  const endings = new Set<() => void>();
  let closed = false;

  /** The counted visits of a site as an iterable; `begin` runs once listening, so that nothing falls in between. */
  function subscribe<T>(
    buffer: number,
    pick: (visits: readonly CountedVisit[]) => readonly T[],
    begin?: (push: (value: T) => void) => Promise<void>,
  ): AsyncIterableIterator<T> {
    return new Repeater<T>(async (push, stop) => {
      if (closed) return stop();
      endings.add(stop);
      const unsubscribe = events.subscribe(({ counted }) => {
        for (const value of pick(counted)) push(value);
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

  return {
    async visitCounted(question, path) {
      const site = await sites.find(question);
      const page = path === null || path === undefined ? null : pageOf(site, path);
      return subscribe(WAITING_VISITS, (visits) =>
        visits.filter((visit) => visit.siteId === site.id && (page === null || visit.path === page)),
      );
    },
    async count(question, path) {
      const site = await sites.find(question);
      const page = pageOf(site, path);
      let newest = -1;
      // Replicas commit in one order and publish in another: an older total is no news.
      const rise = (total: number): number[] => {
        if (total <= newest) return [];
        newest = total;
        return [total];
      };
      return subscribe(
        1,
        (visits) =>
          rise(
            Math.max(
              ...visits
                .filter((visit) => visit.siteId === site.id && visit.path === page)
                .map(({ pageVisits }) => pageVisits),
            ),
          ),
        async (push) => {
          for (const total of rise(await storage.pageVisits(site.id, page))) push(total);
        },
      );
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
