import { SlidingBuffer } from '@repeaterjs/repeater';
import type { SiteQuestion } from './access.ts';
import { whileAllowed } from './live/while-allowed.ts';
import type { Clock, EventBus } from './ports.ts';
import { type Present, presentsOf, STAY_MS } from './real-time/present.ts';
import { createWatch, type Watch } from './real-time/watch.ts';
import { byTimers, type Schedule } from './schedule.ts';
import type { Site } from './site.ts';
import type { Sites } from './sites.ts';
import type { Statistics } from './statistics/figures.ts';
import { createSubscriptions } from './subscriptions.ts';

/** Who is here now, and the last minutes: of a site, or of one of its pages. A page that is not there yet is empty. */
export interface RealTime {
  /** @throws DomainError `INVALID_PATH`, `UNAVAILABLE` or of {@link Sites.find} */
  present(question: SiteQuestion, path: string | null | undefined): Promise<Present>;
  /**
   * The present, then each change within about a second, and once a minute as the minutes move on, for as long as there
   * is anything in them. A slow subscriber gets the newest. Where the present cannot be read, the first `next()`
   * rejects; what fails later is tried again.
   * @throws DomainError `INVALID_PATH` or of {@link Sites.find}
   */
  watch(question: SiteQuestion, path: string | null | undefined): Promise<AsyncIterableIterator<Present>>;
  /** Ends every subscription. */
  close(): void;
}

export interface RealTimeOptions {
  readonly storage: { readonly statistics: Pick<Statistics, 'recent'> };
  readonly sites: Pick<Sites, 'read'>;
  readonly events: Pick<EventBus, 'subscribe'>;
  readonly clock: Clock;
  /** Default: the timers of the process. */
  readonly schedule?: Schedule;
}

/** All who watch a site or a page of it share one reader of it, so that a page shows what the site shows of it. */
export function createRealTime(options: RealTimeOptions): RealTime {
  const { storage, sites, events, clock, schedule = byTimers } = options;
  const watches = new Map<number, Watch>();
  const subscriptions = createSubscriptions();

  function watchOf({ id }: Site): Watch {
    let watch = watches.get(id);
    if (!watch) {
      watch = createWatch({
        read: (since) => storage.statistics.recent(id, since),
        listen: (changed) => events.subscribe((commit) => commit.sites.includes(id) && changed(), changed),
        clock,
        schedule,
        ended: () => watches.delete(id),
      });
      watches.set(id, watch);
    }
    return watch;
  }

  return {
    async present(question, path) {
      const { site, page: place } = await sites.read(question, 'REAL_TIME', path);
      const visits = await storage.statistics.recent(site.id, clock() - STAY_MS);
      return presentsOf(visits, clock())(place);
    },
    async watch(question, path) {
      const read = () => sites.read(question, 'REAL_TIME', path);
      const { site, page: place } = await read();
      const presents = subscriptions.open<Present>(new SlidingBuffer(1), (push, stop) =>
        watchOf(site).join({ place, tell: push, fail: stop }),
      );
      return whileAllowed(presents, read, clock);
    },
    close() {
      for (const watch of watches.values()) watch.close();
      subscriptions.close();
    },
  };
}
