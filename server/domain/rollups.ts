import { type Day, dayOf, firstOfMonth, nextMonth, startOfDay } from './day.ts';
import { DomainError } from './errors.ts';
import type { Clock, DaySpan, Storage } from './ports.ts';
import type { Site } from './site.ts';

// No place on earth has a later date.
const EASTERNMOST = '+14:00';
// How long one transaction may keep others from counting; more days go into one while they are quick.
const QUICK_MS = 50;
const SLOW_MS = 200;
const MAX_DAYS_AT_ONCE = 64;
// The zone is changed by people, who do not do it all the time.
const ATTEMPTS = 10;

/** How far the roll-ups of a site are made anew. */
export interface RebuildProgress {
  readonly daysDone: number;
  readonly days: number;
}

/** Daily and monthly figures, kept as visits are counted, and made anew from the visits where need be. */
export interface Rollups {
  /**
   * Makes all roll-ups of a site anew from its visits, in batches, while others count. Those of days whose visits
   * were removed stay as they are. Figures may be off by what moved over midnight until it is done.
   * @throws DomainError `SITE_NOT_FOUND` or `UNAVAILABLE`; it can be tried again at any time
   */
  rebuild(siteId: number, told?: (progress: RebuildProgress) => void): Promise<void>;
  /** Makes those anew that have to be: after a change of the time zone, and after an update that brought them. */
  rebuildDue(): Promise<void>;
}

export interface RollupsOptions {
  readonly storage: Pick<Storage, 'sites' | 'rollups'>;
  readonly clock: Clock;
}

export function createRollups({ storage, clock }: RollupsOptions): Rollups {
  const { rollups } = storage;

  async function siteOf(siteId: number): Promise<Site> {
    const site = (await storage.sites()).find(({ id }) => id === siteId);
    if (!site) throw new DomainError('SITE_NOT_FOUND', `There is no site with the number ${siteId}.`);
    return site;
  }

  /** @returns false where the zone changed on the way */
  async function attempt(siteId: number, told: (progress: RebuildProgress) => void): Promise<boolean> {
    const { timeZone } = await siteOf(siteId);
    // Figures in a zone that is left behind may be of a day that has yet to come.
    const range = await rollups.begin(siteId, timeZone, dayOf(clock(), EASTERNMOST));
    if (range === null) return false;
    if (range === 'none') return rollups.finish(siteId, timeZone);
    const { from, to } = range;
    let atOnce = 1;
    for (let day = from; day <= to; ) {
      const days = spans(day, Math.min(day + atOnce - 1, to), timeZone);
      const begun = clock();
      if (!(await rollups.recount(siteId, timeZone, days))) return false;
      const took = clock() - begun;
      day += days.length;
      if (took < QUICK_MS) atOnce = Math.min(atOnce * 2, MAX_DAYS_AT_ONCE);
      if (took > SLOW_MS) atOnce = Math.max(1, Math.floor(atOnce / 2));
      told({ daysDone: day - from, days: to - from + 1 });
    }
    for (let month = firstOfMonth(from); month <= to; month = nextMonth(month)) {
      await rollups.recountMonth(siteId, month, nextMonth(month));
    }
    return rollups.finish(siteId, timeZone);
  }

  async function rebuild(
    siteId: number,
    told: (progress: RebuildProgress) => void = () => {},
  ): Promise<void> {
    // Whoever is broken off has something to come back to.
    await rollups.markDue(siteId);
    for (let attempts = 1; !(await attempt(siteId, told)); attempts += 1) {
      if (attempts === ATTEMPTS) {
        throw new DomainError('UNAVAILABLE', 'The time zone of the site is changing all the time.');
      }
    }
  }

  return {
    rebuild,
    async rebuildDue() {
      for (const siteId of await rollups.due()) await rebuild(siteId);
    },
  };
}

function spans(first: Day, last: Day, timeZone: string): DaySpan[] {
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    day: first + index,
    from: startOfDay(first + index, timeZone),
    to: startOfDay(first + index + 1, timeZone),
  }));
}
