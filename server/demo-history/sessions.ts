import type { Day } from '../domain/day.ts';
import type { Traits } from '../domain/dimensions/dimension.ts';
import type { Visitor } from '../domain/visit.ts';
import { type Campaign, campaignsOn } from './campaigns.ts';
import type { HistoryPage, Reading } from './pages.ts';
import { createTablePicker, type Picker } from './picker.ts';
import type { Random } from './random.ts';
import type { Reader } from './readers.ts';
import type { Source } from './sources.ts';
import { type Spike, spikesOn, strengthIn } from './spikes.ts';
import type { Visiting } from './visitors.ts';

/** Of those who come by no link, how many open the front page, and of those who were there before, how many use none. */
const TO_FRONT_PAGE = 0.15;
const BY_HEART = 0.75;
/** How often a page is drawn anew where somebody is on it already. */
const OTHER_PAGES = 3;
/** How many read a second page, and of those who did, how many one more. */
const GOES_ON = 0.45;
const GOES_ON_AGAIN = 0.55;
const MOST_VIEWS = 40;
/** How many views a session has on average: 1 + 0.45 / (1 - 0.55). */
export const VIEWS_A_SESSION = 2;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** A page that somebody came to, and by which link. */
export interface Entry {
  readonly page: HistoryPage;
  readonly traits: Traits;
}

/** Some pages that somebody reads one after the other. */
export interface Session {
  readonly entry: Entry;
  readonly visitor: Visitor | null;
  /** The traits of all views but the first: no link from elsewhere led there. */
  readonly traitsWithin: Traits;
}

/** Who there is, and what is going on. */
export interface World {
  readonly random: Random;
  readonly reading: Reading;
  readonly campaigns: readonly Campaign[];
  readonly spikes: readonly Spike[];
  readonly source: Source;
  readonly reader: Picker<Reader>;
  readonly visiting: (day: Day) => Visiting;
}

/** How people come on a day, and what they read. Hours are 0 to 23. */
export interface Sessions {
  /** Somebody comes to read. */
  begin(hour: number): Session;
  /** Somebody comes who cannot be told apart from others, and is not expected again. */
  passBy(hour: number): Entry;
  /** The page that is read after another. */
  pageAfter(page: HistoryPage): HistoryPage;
}

export function createSessions(world: World, day: Day): Sessions {
  const { random, reading, source, reader, visiting } = world;
  const pick = reading.pickOn(day);
  const campaigns = campaignsOn(world.campaigns, day);
  const byCampaign = campaigns.reduce((sum, [, share]) => sum + share, 0);
  const pickCampaign = createTablePicker<Campaign | null>([[null, 1 - byCampaign], ...campaigns]);
  const spikes = spikesOn(world.spikes, day);
  // For those whom a spike brings, there is one who would be there without.
  const pickSpike = HOURS.map((hour) =>
    createTablePicker<Spike | null>([
      [null, 1],
      ...spikes.map((spike) => [spike, strengthIn(spike, day, hour)] as const),
    ]),
  );

  function entryPage(referrer: string | null): HistoryPage {
    return referrer === null && random.chance(TO_FRONT_PAGE) ? reading.frontPage : pick(random);
  }

  function enter(hour: number, { traits }: Reader, isRegular: boolean): Entry {
    const by = (referrer: string | null, campaign: string | null, page = entryPage(referrer)) => ({
      page,
      traits: { ...traits, referrer, campaign },
    });
    const spike = pickSpike[hour]?.(random);
    if (spike) return by(spike.referrer, null, spike.page);
    const campaign = pickCampaign(random);
    if (campaign) return by(campaign.referrer, campaign.name);
    const byHeart = isRegular && random.chance(BY_HEART);
    return by(byHeart ? null : source(random, traits.country), null);
  }

  return {
    begin(hour) {
      const { reader, visitor, isRegular } = visiting(day);
      return { entry: enter(hour, reader, isRegular), visitor, traitsWithin: reader.traits };
    },
    passBy: (hour) => enter(hour, reader(random), false),
    pageAfter(page) {
      let next = pick(random);
      for (let tries = 1; next === page && tries < OTHER_PAGES; tries += 1) next = pick(random);
      return next;
    },
  };
}

/** How many pages somebody reads: more than half of them one, two on average. */
export function sessionLength(random: Random): number {
  if (!random.chance(GOES_ON)) return 1;
  let length = 2;
  while (length < MOST_VIEWS && random.chance(GOES_ON_AGAIN)) length += 1;
  return length;
}

/** How many sessions of the lengths that come next have so many views; the last of them may be cut. */
export function sessionsOf(views: number, lengths: Random): number {
  const next = lengths.copy();
  let sessions = 0;
  for (let left = views; left > 0; left -= sessionLength(next)) sessions += 1;
  return sessions;
}
