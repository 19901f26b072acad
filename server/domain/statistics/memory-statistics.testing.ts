import { DAY_MS } from '../day.ts';
import { NO_TRAITS, type Traits } from '../dimensions/dimension.ts';
import type { FilteredHits, Statistics } from './figures.ts';
import { createRecount, type RecountedVisit } from './recount.testing.ts';

/** A visit as a test tells it. */
export interface ToldVisit extends Partial<Traits> {
  /** `2024-03-01` for noon UTC, or `2024-03-01T10:00:00Z`. */
  readonly at: string;
  readonly page?: string;
  /** A reader, who is recognised for two days. Left out: one who is not told apart. */
  readonly visitor?: number;
  readonly pixel?: boolean;
  readonly seconds?: number;
}

export interface MemoryStatistics extends Omit<Statistics, 'recent'> {
  /** Names of the methods that were called, in order. */
  readonly calls: readonly string[];
}

/** Answers for one site from a list of visits, oldest first, by counting them anew each time. */
export function createMemoryStatistics(
  told: readonly ToldVisit[],
  { timeZone, filtered = [] }: { timeZone: string; filtered?: readonly FilteredHits[] },
): MemoryStatistics {
  const recount = createRecount(told.map(toVisit), timeZone);
  const calls: string[] = [];

  /** Remembers that it was called. */
  function noted<Args extends unknown[], T>(name: string, answer: (...given: Args) => T) {
    return async (...given: Args): Promise<T> => {
      calls.push(name);
      return answer(...given);
    };
  }

  return {
    calls,
    totals: noted('totals', recount.totals),
    daily: noted('daily', recount.daily),
    between: noted('between', recount.between),
    top: noted('top', recount.top),
    filteredHits: noted('filteredHits', (_siteId: number, from: number, to: number) =>
      filtered.filter(({ day }) => day >= from && day <= to),
    ),
    // Nobody votes here.
    engagingPages: noted('engagingPages', () => []),
    firstDay: noted('firstDay', () => {
      const everything = { from: -1e6, to: 1e6, unit: 'days' } as const;
      return [...recount.daily({ span: everything, filter: {} }).keys()].sort((a, b) => a - b)[0] ?? null;
    }),
  };
}

function toVisit({ at, page = '/', visitor, pixel, seconds, ...traits }: ToldVisit): RecountedVisit {
  const registeredAt = Date.parse(at.includes('T') ? at : `${at}T12:00:00Z`);
  const day = Math.floor(registeredAt / DAY_MS);
  const on = (date: number) => ({ day: date, pseudonym: date * 1_000 + (visitor ?? 0) });
  return {
    registeredAt,
    kind: pixel ? 'pixel' : 'visit',
    path: page,
    traits: { ...NO_TRAITS, ...traits },
    visitor: visitor === undefined ? null : { ...on(day), earlier: [on(day - 1), on(day - 2)] },
    spentSeconds: seconds ?? null,
  };
}
