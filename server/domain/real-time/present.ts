import type { Instant } from '../instant.ts';
import { checkListSize } from '../list-size.ts';
import type { RecentVisit } from '../statistics/figures.ts';

const MINUTE_MS = 60_000;
/** How many minutes real time looks back, the unfinished one included. */
export const LIVE_MINUTES = 30;
/** For how long after its registration a visit can be one of somebody who is here, in milliseconds. */
export const STAY_MS = LIVE_MINUTES * MINUTE_MS;
/** Most pages that a list of those with visitors holds. */
export const MAX_LIVE_PAGES = 1_000;

/** What a present is of: a page by its normalised path, or null for the whole site. */
export type Place = string | null;

/** Who is on a site or on one of its pages now, and what there was in the last minutes. */
export interface Present {
  readonly at: Instant;
  /**
   * Visitors who are here. A visitor is here from the moment a visit counts until its page reports on leaving, as our
   * tracker does as soon as the tab is hidden or closed; for 30 minutes after the registration at most (to the
   * millisecond, the end excluded), since a browser that crashes never reports. Pixel views have no visitor.
   *
   * A visitor is a pseudonym: with several such visits one visitor, on the page of the newest of them only, so that
   * pages add up to the site. A visit without a pseudonym is a visitor of its own.
   *
   * Whoever hides the tab and comes back is not here again until the next visit. A browser whose pseudonym changes at
   * midnight of the site can be two visitors until its older visit is left or over.
   */
  readonly visitors: number;
  /** Pages that somebody is on, most visitors first, then by path. Of a page: itself, or none. */
  readonly pages: readonly LivePage[];
  /**
   * {@link LIVE_MINUTES} whole minutes, oldest first, those without visits included. The last one is the present one
   * and not finished.
   */
  readonly minutes: readonly LiveMinute[];
}

/** A page that somebody is on. */
export interface LivePage {
  readonly path: string;
  readonly visitors: number;
}

/** A minute of the clock, by when visits and pixel views were registered. A visit is in it once it counted. */
export interface LiveMinute {
  readonly start: Instant;
  readonly visits: number;
  readonly pixelViews: number;
}

/**
 * The present of the site, and of each of its pages.
 * @param visits all of the site that were registered in the last {@link STAY_MS}, newest last; older ones do no harm
 */
export function presentsOf(visits: readonly RecentVisit[], at: Instant): (place: Place) => Present {
  const here = visitorsByPage(visits, at);
  const byPage = groupedByPage(visits);
  return (place) => {
    const readers: ReadonlyMap<string, number> =
      place === null ? here : new Map([[place, here.get(place) ?? 0]]);
    const pages = ranked(readers);
    const visitors = pages.reduce((sum, page) => sum + page.visitors, 0);
    const ofPlace = place === null ? visits : (byPage.get(place) ?? []);
    return { at, visitors, pages, minutes: minutesOf(ofPlace, at) };
  };
}

/** When a present changes by the mere passing of time; null where it does not, as there is nothing in it. */
export function nextTurn(visits: readonly RecentVisit[], at: Instant): Instant | null {
  const ends = visits.filter((visit) => isHere(visit, at)).map(({ registeredAt }) => registeredAt + STAY_MS);
  const isAnywhere = ends.length > 0 || visits.some(({ registeredAt }) => registeredAt >= firstMinute(at));
  if (!isAnywhere) return null;
  return ends.reduce((first, end) => Math.min(first, end), startOfMinute(at) + MINUTE_MS);
}

/** Whether nobody is here and nothing was in the last minutes. */
export function isEmpty({ visitors, minutes }: Present): boolean {
  return visitors === 0 && minutes.every(({ visits, pixelViews }) => visits + pixelViews === 0);
}

/**
 * The pages with the most visitors.
 * @param first how many at most, from 1 to {@link MAX_LIVE_PAGES}
 * @throws DomainError `INVALID_ARGUMENT`, which names `first`
 */
export function topPages({ pages }: Present, first: number): readonly LivePage[] {
  checkListSize('first', first, MAX_LIVE_PAGES);
  return pages.slice(0, first);
}

function isHere({ pixel, spentSeconds, registeredAt }: RecentVisit, at: Instant): boolean {
  return !pixel && spentSeconds === null && at < registeredAt + STAY_MS;
}

function visitorsByPage(visits: readonly RecentVisit[], at: Instant): Map<string, number> {
  const here = new Map<string, number>();
  const seen = new Set<number>();
  for (const visit of visits.toReversed()) {
    if (!isHere(visit, at) || seen.has(visit.visitor)) continue;
    if (visit.visitor !== 0) seen.add(visit.visitor);
    here.set(visit.path, (here.get(visit.path) ?? 0) + 1);
  }
  return here;
}

function ranked(here: ReadonlyMap<string, number>): LivePage[] {
  return Array.from(here, ([path, visitors]) => ({ path, visitors }))
    .filter(({ visitors }) => visitors > 0)
    .sort((a, b) => b.visitors - a.visitors || (a.path < b.path ? -1 : 1));
}

function groupedByPage(visits: readonly RecentVisit[]): Map<string, RecentVisit[]> {
  const byPage = new Map<string, RecentVisit[]>();
  for (const visit of visits) {
    const ofPage = byPage.get(visit.path);
    if (ofPage) ofPage.push(visit);
    else byPage.set(visit.path, [visit]);
  }
  return byPage;
}

function minutesOf(visits: readonly RecentVisit[], at: Instant): LiveMinute[] {
  const first = firstMinute(at);
  const minutes = Array.from({ length: LIVE_MINUTES }, (_, index) => ({
    start: first + index * MINUTE_MS,
    visits: 0,
    pixelViews: 0,
  }));
  for (const { registeredAt, pixel } of visits) {
    // There is none for a minute that is over, nor for one that is to come, as by the clock of another process.
    const minute = minutes[Math.floor((registeredAt - first) / MINUTE_MS)];
    if (minute) minute[pixel ? 'pixelViews' : 'visits'] += 1;
  }
  return minutes;
}

function firstMinute(at: Instant): Instant {
  return startOfMinute(at) - (LIVE_MINUTES - 1) * MINUTE_MS;
}

/** All zones have the same minutes, as their offsets are whole minutes. */
function startOfMinute(at: Instant): Instant {
  return at - (at % MINUTE_MS);
}
