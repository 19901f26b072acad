import type { Day } from '../domain/day.ts';
import type { HistoryPage } from './pages.ts';
import type { Random } from './random.ts';

const HOURS_A_DAY = 24;
/** Days between two of them, on average. */
const INTERVAL_DAYS = 45;
const LASTS_HOURS = 48;
const HALF_LIFE_HOURS = 8;
const EARLIEST_HOUR = 7;
const HOURS_THEY_BEGIN_IN = 12;
/** Readers that it brings in its first hour, for each that would be there without. */
const LEAST = 1.5;
const MOST = 12;

const NEWS_SITES = [
  'news.ycombinator.com',
  'heise.de',
  'reddit.com',
  'golem.de',
  'lobste.rs',
  'theverge.com',
  'arstechnica.com',
];

/** A link on a site that many read, to one page. */
export interface Spike {
  readonly page: HistoryPage;
  readonly referrer: string;
  readonly day: Day;
  /** The hour of that day in which it begins. */
  readonly hour: number;
  /** Readers that it brings in its first hour, for each that would be there without. */
  readonly strength: number;
}

/** About eight a year, each of a page that is there by then. */
export function createSpikes(
  random: Random,
  pages: readonly HistoryPage[],
  first: Day,
  last: Day,
): readonly Spike[] {
  const spikes: Spike[] = [];
  for (let day = first; day <= last; day += 1) {
    if (!random.chance(1 / INTERVAL_DAYS)) continue;
    const there = pages.filter(({ path, from }) => from <= day && path !== '/');
    const page = there[random.below(there.length)] ?? pages[0];
    const referrer = NEWS_SITES[random.below(NEWS_SITES.length)];
    if (!page || referrer === undefined) continue;
    spikes.push({
      page,
      referrer,
      day,
      hour: EARLIEST_HOUR + random.below(HOURS_THEY_BEGIN_IN),
      strength: LEAST * (MOST / LEAST) ** random.fraction(),
    });
  }
  return spikes;
}

/** Those that bring somebody on a day. */
export function spikesOn(spikes: readonly Spike[], day: Day): readonly Spike[] {
  return spikes.filter((spike) => day >= spike.day && day <= spike.day + LASTS_HOURS / HOURS_A_DAY);
}

/** Readers that a spike brings in an hour of a day, for each that would be there without. */
export function strengthIn(spike: Spike, day: Day, hour: number): number {
  const age = (day - spike.day) * HOURS_A_DAY + hour - spike.hour;
  return age >= 0 && age < LASTS_HOURS ? spike.strength * 2 ** (-age / HALF_LIFE_HOURS) : 0;
}
