import { SlidingBuffer } from '@repeaterjs/repeater';
import type { SiteQuestion } from './access.ts';
import type { CountQuestion, Totals } from './counted.ts';
import { createGapBuffer } from './gap-buffer.ts';
import type { Follow } from './live/follow.ts';
import { createReadAgain } from './live/read-again.ts';
import { createSiteTotals } from './live/site-totals.ts';
import { createStanding } from './live/standing.ts';
import { whileAllowed } from './live/while-allowed.ts';
import type { Clock, EventBus, Storage } from './ports.ts';
import { byTimers, type Schedule } from './schedule.ts';
import type { Sites } from './sites.ts';
import { createSubscriptions } from './subscriptions.ts';
import type { Visit } from './visit.ts';
import type { PageTally, StandingTally } from './vote.ts';

// A subscriber that is slower than the visits loses the oldest of those that wait for it, not the server its memory.
const WAITING_VISITS = 256;

/** What is pushed while people read, for as long as they may: a refusal ends it within seconds. */
export interface Live {
  /**
   * Each counted visit of a site, or of one of its pages; null where some may have been lost, since the subscriber was
   * too slow for them or the replicas could not tell each other.
   * @throws DomainError `INVALID_PATH` or of {@link Sites.find}
   */
  visitCounted(
    question: SiteQuestion,
    path: string | null | undefined,
  ): Promise<AsyncIterableIterator<Visit | null>>;
  /**
   * The present number of visits or views of a page or of the whole site, then each change, at most four a second. It
   * never falls. A slow subscriber gets the newest value. Where the present one cannot be read, the first
   * `next()` rejects.
   * @throws DomainError `INVALID_PATH` or of {@link Sites.find}
   */
  count(question: SiteQuestion, what: CountQuestion): Promise<AsyncIterableIterator<number>>;
  /**
   * What the votes on a page come to, then each change, at most four a second. A slow subscriber gets the newest.
   * @throws DomainError `INVALID_PATH` or of {@link Sites.find}
   */
  votes(question: SiteQuestion, path: string): Promise<AsyncIterableIterator<PageTally>>;
  /** Ends every subscription. */
  close(): void;
}

export interface LiveOptions {
  readonly storage: Pick<Storage, 'pageTotals' | 'siteTotals' | 'votes'>;
  readonly sites: Pick<Sites, 'read' | 'readPage'>;
  readonly events: Pick<EventBus, 'subscribe'>;
  readonly clock: Clock;
  /** Default: the timers of the process. */
  readonly schedule?: Schedule;
}

export function createLive({ storage, sites, events, clock, schedule = byTimers }: LiveOptions): Live {
  const { open, close } = createSubscriptions();
  const siteTotals = createSiteTotals({ read: storage.siteTotals, events, clock, schedule });
  const readAgain = createReadAgain();
  const pageTotals = createStanding<Totals>({
    name: 'totals',
    read: ({ siteId, path }) => storage.pageTotals(siteId, path),
    changed: ({ pages }) => pages,
    // Visits are views, so no total changes without them.
    numberOf: ({ views }) => views,
    events,
    schedule,
    readAgain,
  });
  const tallies = createStanding<StandingTally>({
    name: 'votes',
    read: ({ siteId, path }) => storage.votes.tally(siteId, path),
    changed: ({ voted }) => voted,
    // A tally can fall, but the number of its changes cannot.
    numberOf: ({ changes }) => changes,
    events,
    schedule,
    readAgain,
  });

  /** The present value, then each that is newer: those with greater numbers. */
  function openNewest<T, Told>(follow: Follow<T>, { numberOf, told }: Telling<T, Told>) {
    return open<Told>(new SlidingBuffer(1), (push, stop) => {
      let newest = -1;
      return follow({
        tell(value) {
          // Replicas commit in one order and publish in another: what is older than what was told is no news.
          if (numberOf(value) <= newest) return;
          newest = numberOf(value);
          push(told(value));
        },
        fail: stop,
      });
    });
  }

  return {
    async visitCounted(question, path) {
      const read = () => sites.read(question, 'HISTORY', path);
      const { site, page } = await read();
      const waiting = createGapBuffer(WAITING_VISITS);
      const visits = open<Visit | null>(waiting, (push) =>
        events.subscribe(
          ({ counted }) => {
            for (const visit of counted) {
              if (visit.siteId === site.id && (page === null || visit.path === page)) push(visit);
            }
          },
          () => waiting.pushGap(push),
        ),
      );
      return whileAllowed(visits, read, clock);
    },
    async count(question, { path, of }) {
      const read = () => sites.read(question, 'COUNTS', path);
      const { site, page } = await read();
      const totalOf = (totals: Totals) => totals[of ?? 'visits'];
      const totals = openNewest(
        page === null ? siteTotals.follow(site.id) : pageTotals.follow({ siteId: site.id, path: page }),
        { numberOf: totalOf, told: totalOf },
      );
      return whileAllowed(totals, read, clock);
    },
    async votes(question, path) {
      const read = () => sites.readPage(question, 'VOTES', path);
      const { site, page } = await read();
      const votes = openNewest(tallies.follow({ siteId: site.id, path: page }), {
        numberOf: ({ changes }) => changes,
        told: ({ up, down }): PageTally => ({ site: site.slug, path: page, up, down }),
      });
      return whileAllowed(votes, read, clock);
    },
    close,
  };
}

/** What of a value is told, and which of two is the newer. */
interface Telling<T, Told> {
  readonly numberOf: (value: T) => number;
  readonly told: (value: T) => Told;
}
