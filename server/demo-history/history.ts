import { type Day, startOfDay } from '../domain/day.ts';
import type { Instant } from '../domain/instant.ts';
import { createCampaigns } from './campaigns.ts';
import { planDays } from './days.ts';
import { createEvents, type HistoryEvent } from './events.ts';
import { createPages, createReading } from './pages.ts';
import { createSequences } from './random.ts';
import { createReaders } from './readers.ts';
import { createSessions, VIEWS_A_SESSION } from './sessions.ts';
import { createSources } from './sources.ts';
import { createSpikes } from './spikes.ts';
import { createVisitors } from './visitors.ts';

export interface HistoryOptions {
  /** A whole number of 32 bits: another one gives another history. */
  readonly seed: number;
  /** Exactly so many; pixel views, and hits that were kept out, come on top. */
  readonly visits: number;
  /** Pages of the site, at least 1. */
  readonly pages: number;
  readonly days: number;
  /** The last of the days. */
  readonly until: Day;
  readonly timeZone: string;
  /** Visible seconds after which a visit counts. */
  readonly minDelaySecs: number;
  /** Days within which a returning visitor is recognised, at least 1. */
  readonly visitorDays: number;
}

/** What happened on a site. */
export interface History {
  readonly first: Day;
  readonly last: Day;
  readonly pages: readonly { readonly path: string; readonly addedAt: Instant }[];
  /** In the order of time; to be iterated once. */
  readonly events: Iterable<HistoryEvent>;
}

/**
 * Makes up what happened on a site: a blog with some documentation that grows slowly, has days and nights, weekends,
 * seasons, campaigns, and now and then a link on a site that many read. The same options give the same history.
 *
 * It takes as little memory for many visits as for few: it knows those who are reading, and those who were there and
 * may come again. Of these no more than 200,000, so that with more than that a week fewer come again than would.
 *
 * @throws DomainError `INVALID_ARGUMENT` where the zone has none of the days
 */
export function generateHistory(options: HistoryOptions): History {
  const { visits, days, until: last, timeZone, minDelaySecs, visitorDays } = options;
  const first = last - days + 1;
  const sequence = createSequences(options.seed);
  const pages = createPages(sequence(), options.pages, first, last);
  const spikes = createSpikes(sequence(), pages, first, last);
  const plans = planDays({ random: sequence(), visits, first, last, timeZone, spikes });
  const random = sequence();
  const reader = createReaders();
  const world = {
    random,
    reading: createReading(pages),
    campaigns: createCampaigns(first, last),
    spikes,
    source: createSources(),
    reader,
    visiting: createVisitors({
      random,
      reader,
      arrivalsADay: visits / days / VIEWS_A_SESSION,
      visitorDays,
    }),
  };
  const events = createEvents({
    random,
    lengths: sequence(),
    minDelaySecs,
    sessionsOn: (day) => createSessions(world, day),
  });

  function* all(): Generator<HistoryEvent, void> {
    for (const plan of plans) yield* events(plan);
  }

  return {
    first,
    last,
    pages: pages.map(({ path, from }) => ({ path, addedAt: startOfDay(Math.max(from, first), timeZone) })),
    events: all(),
  };
}
