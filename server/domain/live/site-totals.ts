import type { Totals } from '../counted.ts';
import { DomainError } from '../errors.ts';
import type { Clock, EventBus } from '../ports.ts';
import { restAfter } from '../rest.ts';
import type { Schedule } from '../schedule.ts';
import type { Follow, Follower } from './follow.ts';

/** The shortest rest after a read: nobody sees more than four changes a second. */
const REST_MS = 250;

export interface SiteTotalsOptions {
  readonly read: (siteId: number) => Promise<Totals>;
  readonly events: Pick<EventBus, 'subscribe'>;
  readonly clock: Clock;
  readonly schedule: Schedule;
}

/** What a site stands at, read once for all who follow it. */
export interface SiteTotals {
  /** Tells of a site: what it stands at, then each change. */
  follow(siteId: number): Follow<Totals>;
}

export function createSiteTotals(options: SiteTotalsOptions): SiteTotals {
  const sites = new Map<number, Follow<Totals>>();
  return {
    follow: (siteId) => (follower) => {
      let join = sites.get(siteId);
      if (!join) {
        join = followSite(siteId, options, () => sites.delete(siteId));
        sites.set(siteId, join);
      }
      return join(follower);
    },
  };
}

/**
 * Reads the totals again after each change: at once, but never during a read or the rest after it. What happens
 * meanwhile is in the next read.
 *
 * Adding up what the commits say would need no reads, and be wrong: of a commit that is told around the first read
 * nobody knows whether it is in there already, since processes commit in one order and tell in another.
 *
 * While the storage is away what was read before stands, and each rest is followed by another try. Followers that have
 * nothing yet are failed; so are all by an error that is no DomainError, which is a mistake of ours.
 *
 * @param ended called when the last follower left
 */
function followSite(
  siteId: number,
  { read, events, clock, schedule }: SiteTotalsOptions,
  ended: () => void,
): Follow<Totals> {
  const followers = new Set<Follower<Totals>>();
  let totals: Totals | undefined;
  let isStale = true;
  let doing: 'nothing' | 'reading' | 'resting' = 'nothing';
  let cancelRest = () => {};
  const stopListening = events.subscribe(({ pages }) => {
    if (pages.some((page) => page.siteId === siteId)) changed();
  }, changed);

  function changed(): void {
    isStale = true;
    if (doing === 'nothing') void refresh();
  }

  async function refresh(): Promise<void> {
    doing = 'reading';
    isStale = false;
    const begun = clock();
    try {
      totals = await read(siteId);
    } catch (error) {
      isStale = true;
      if (!totals || !(error instanceof DomainError)) for (const { fail } of followers) fail(error);
    }
    if (totals) for (const { tell } of followers) tell(totals);
    if (followers.size === 0) return;
    doing = 'resting';
    cancelRest = schedule(
      () => {
        doing = 'nothing';
        if (isStale) void refresh();
      },
      restAfter(clock() - begun, REST_MS),
    );
  }

  return (follower) => {
    followers.add(follower);
    // Where there is something newer, it is worth the wait.
    if (totals && !isStale && doing !== 'reading') follower.tell(totals);
    if (isStale && doing === 'nothing') void refresh();
    return () => {
      followers.delete(follower);
      if (followers.size > 0) return;
      stopListening();
      cancelRest();
      ended();
    };
  };
}
