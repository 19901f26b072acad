import type { Day } from '../domain/day.ts';
import type { Traits } from '../domain/dimensions/dimension.ts';
import type { FilterReason } from '../domain/filter-reason.ts';
import type { Instant } from '../domain/instant.ts';
import type { NewVisit } from '../domain/visit.ts';
import { createArrivals } from './arrivals.ts';
import type { DayPlan } from './days.ts';
import { createDue } from './due.ts';
import type { HistoryPage } from './pages.ts';
import { createTablePicker } from './picker.ts';
import type { Random } from './random.ts';
import { type Session, type Sessions, sessionLength, sessionsOf } from './sessions.ts';

export type HistoryEvent = HistoryView | HistoryFilteredHit;

/** A visit or a pixel view, of a page by its path. */
export interface HistoryView extends Omit<NewVisit, 'siteId' | 'pageId'> {
  readonly path: string;
  readonly spentSeconds: number | null;
}

/** A hit that was kept out. */
export interface HistoryFilteredHit {
  readonly kind: 'filtered';
  readonly at: Instant;
  readonly reason: FilterReason;
}

export interface EventsOptions {
  readonly random: Random;
  /** What the lengths of sessions are drawn from. */
  readonly lengths: Random;
  readonly minDelaySecs: number;
  readonly sessionsOn: (day: Day) => Sessions;
}

/** For each visit. */
const PIXEL_VIEWS = 0.03;
const FILTERED_HITS = 0.04;
/** Programs come to sites without readers, too: up to so many a day. */
const STRAY_HITS = 8;
const REASONS: Readonly<Record<FilterReason, number>> = {
  crawler: 62,
  prefetch: 16,
  prerender: 10,
  headless: 8,
  contradiction: 4,
};
/** Of the browsers that leave a page, those that say so. */
const REPORTING = 0.9;
const MOST_SPENT_SECS = 3_600;
/** How much the readers of a page differ in time, as a standard deviation of its logarithm. */
const READING_SPREAD = 0.9;
const MOST_SECS_BETWEEN_PAGES = 15;
const HOURS_A_DAY = 24;
const AT_ANY_TIME = [1];
const BITS_24 = 2 ** 24;

/** A page that somebody opens. */
interface PageView {
  readonly session: Session;
  readonly page: HistoryPage;
  readonly traits: Traits;
  /** Views that are left of the session, this one included. */
  readonly left: number;
}

const ARRIVING = ['reader', 'pixel', 'filtered'] as const;
type Arriving = (typeof ARRIVING)[number];

/** @returns a function that gives what happens on a day, in the order of time */
export function createEvents({ random, lengths, minDelaySecs, sessionsOn }: EventsOptions) {
  const reason = createTablePicker(Object.entries(REASONS) as [FilterReason, number][]);
  let views = 0;

  /** No two are equal whose views are near each other, so that no two views of one time are one. */
  function newNonce(): number {
    views += 1;
    return random.bits24() * BITS_24 + (views % BITS_24);
  }

  function spentOn({ readingSecs }: HistoryPage): number {
    const reading = Math.floor(readingSecs * Math.exp(READING_SPREAD * random.normal()));
    // Nobody counted who did not wait for the delay.
    return Math.max(minDelaySecs, Math.min(MOST_SPENT_SECS, minDelaySecs + reading));
  }

  return function* events(plan: DayPlan): Generator<HistoryEvent, void> {
    const { from, to } = plan;
    const sessions = sessionsOn(plan.day);
    const due = createDue<Arriving | PageView>();
    let left = plan.endVisit - plan.firstVisit;

    const arrivals = (count: number, weights: readonly number[]) =>
      createArrivals({ random, count, from, to, weights });
    /** So many for each visit of the history, without losing fractions from day to day. */
    const share = (rate: number) => Math.floor(rate * plan.endVisit) - Math.floor(rate * plan.firstVisit);
    const next: Readonly<Record<Arriving, () => Instant | null>> = {
      reader: arrivals(sessionsOf(left, lengths), plan.hours),
      pixel: arrivals(share(PIXEL_VIEWS), plan.hours),
      filtered: arrivals(share(FILTERED_HITS) + random.below(STRAY_HITS + 1), AT_ANY_TIME),
    };

    function expect(kind: Arriving): void {
      const at = next[kind]();
      if (at !== null) due.add(at, kind);
    }

    function hourOf(at: Instant): number {
      return Math.floor((HOURS_A_DAY * (at - from)) / (to - from));
    }

    function comeIn(at: Instant): PageView {
      const length = Math.min(left, sessionLength(lengths));
      left -= length;
      const session = sessions.begin(hourOf(at));
      return { session, page: session.entry.page, traits: session.entry.traits, left: length };
    }

    function read(at: Instant, { session, page, traits, left: views }: PageView): HistoryView {
      const spentSecs = spentOn(page);
      if (views > 1) {
        const pause = 1 + random.below(MOST_SECS_BETWEEN_PAGES);
        const then = at + (spentSecs + pause) * 1000 + random.below(1000);
        // The visits of a day are all within it, and so are its pseudonyms: at midnight people hurry.
        due.add(then < to ? then : at + Math.floor((to - at) / 2), {
          session,
          page: sessions.pageAfter(page),
          traits: session.traitsWithin,
          left: views - 1,
        });
      }
      return {
        kind: 'visit',
        path: page.path,
        registeredAt: at,
        nonce: newNonce(),
        traits,
        visitor: session.visitor,
        spentSeconds: random.chance(REPORTING) ? spentSecs : null,
      };
    }

    function look(at: Instant): HistoryView {
      const { page, traits } = sessions.passBy(hourOf(at));
      return {
        kind: 'pixel',
        path: page.path,
        registeredAt: at,
        nonce: newNonce(),
        traits,
        visitor: null,
        spentSeconds: null,
      };
    }

    for (const kind of ARRIVING) expect(kind);
    for (let first = due.next(); first; first = due.next()) {
      const { at, what } = first;
      if (typeof what === 'string') expect(what);
      if (what === 'filtered') yield { kind: 'filtered', at, reason: reason(random) };
      else if (what === 'pixel') yield look(at);
      else yield read(at, what === 'reader' ? comeIn(at) : what);
    }
  };
}
