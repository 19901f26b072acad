import { type Day, dayOf } from '../day.ts';
import type { Dimension, Filter, Traits } from '../dimensions/dimension.ts';
import type { Instant } from '../instant.ts';
import type { NewVisit } from '../visit.ts';
import {
  type Figures,
  NO_FIGURES,
  type Scope,
  type TopOrder,
  type TopRequest,
  type TopRow,
} from './figures.ts';

/** A visit or a pixel view of one site, as it stands. */
export interface RecountedVisit extends Pick<NewVisit, 'registeredAt' | 'kind' | 'visitor'> {
  readonly path: string;
  readonly traits: Traits;
  readonly spentSeconds: number | null;
}

/** Says what {@link Statistics} has to say of one site. */
export interface Recount {
  totals(scope: Omit<Scope, 'siteId'>): Figures;
  daily(scope: Omit<Scope, 'siteId'>): ReadonlyMap<Day, Figures>;
  between(scope: Pick<Scope, 'filter'>, instants: readonly Instant[]): Figures[];
  top(request: TopRequest): TopRow[];
}

/** What is known of a visit from those that were counted before it. */
interface Told extends RecountedVisit {
  readonly day: Day;
  /** 0 for none. */
  readonly pseudonym: number;
  /** Which visit of its visitor it is, from 1; 0 without a visitor. */
  readonly nth: number;
  /** Whether its visitor was there on a day before. */
  readonly returning: boolean;
}

/**
 * Counts visits as figures are defined, one by one and each time anew: no flags, no roll-ups and no databases.
 * @param visits each once, in the order in which they were counted
 */
export function createRecount(visits: readonly RecountedVisit[], timeZone: string): Recount {
  const told = tell(visits, timeZone);

  function visitsOf({ span, filter }: Omit<Scope, 'siteId'>): Told[] {
    return told.filter((visit) => {
      const at = span.unit === 'days' ? visit.day : visit.registeredAt;
      const end = span.unit === 'days' ? span.to + 1 : span.to;
      return at >= span.from && at < end && passes(visit, filter);
    });
  }

  return {
    totals: (scope) => figuresOf(visitsOf(scope)),
    daily: (scope) =>
      mapValues(
        groupBy(visitsOf(scope), ({ day }) => day),
        figuresOf,
      ),
    between: ({ filter }, instants) =>
      instants
        .slice(1)
        .map((to, index) =>
          figuresOf(visitsOf({ filter, span: { unit: 'instants', from: instants[index] ?? to, to } })),
        ),
    top({ scope, dimension, orderBy, search, after, limit }) {
      const groups = groupBy(visitsOf(scope), (visit) => valueIn(visit, dimension));
      return Array.from(mapValues(groups, figuresOf), ([value, figures]) => ({ value, figures }))
        .flatMap(({ value, figures }) =>
          value === null ? [] : { value, amount: amountOf(figures, orderBy), ...figures },
        )
        .sort(compare)
        .filter((row) => search === null || lower(row.value).includes(lower(search)))
        .filter((row) => after === null || compare(after, row) < 0)
        .slice(0, limit);
    },
  };
}

function tell(visits: readonly RecountedVisit[], timeZone: string): Told[] {
  const counts = new Map<number, number>();
  const returning = new Set<number>();
  const languages = new Map<number, string | null>();
  return visits.map((visit) => {
    const pseudonym = visit.visitor?.pseudonym ?? 0;
    const nth = pseudonym === 0 ? 0 : (counts.get(pseudonym) ?? 0) + 1;
    // Decided once for the day, at the first visit.
    if (nth === 1 && visit.visitor?.earlier.some((earlier) => counts.has(earlier.pseudonym))) {
      returning.add(pseudonym);
    }
    if (nth === 1) languages.set(pseudonym, visit.traits.language);
    if (nth > 0) counts.set(pseudonym, nth);
    const day = dayOf(visit.registeredAt, timeZone);
    const language = nth === 0 ? visit.traits.language : (languages.get(pseudonym) ?? null);
    const traits = { ...visit.traits, language };
    return { ...visit, traits, day, pseudonym, nth, returning: returning.has(pseudonym) };
  });
}

function passes(visit: Told, filter: Filter): boolean {
  return Object.entries(filter).every(
    ([dimension, value]) => valueIn(visit, dimension as Dimension) === value,
  );
}

function valueIn(visit: Told, dimension: Dimension): string | null {
  if (dimension === 'page') return visit.path;
  if (dimension === 'entryPage') return visit.nth === 1 ? visit.path : null;
  return visit.traits[dimension];
}

function figuresOf(visits: readonly Told[]): Figures {
  const counted = visits.filter(({ kind }) => kind === 'visit');
  const seen = counted.filter(({ pseudonym }) => pseudonym !== 0);
  const times = counted.flatMap(({ spentSeconds }) => spentSeconds ?? []);
  const pseudonyms = (some: readonly Told[]) => new Set(some.map(({ pseudonym }) => pseudonym)).size;
  return {
    ...NO_FIGURES,
    visits: counted.length,
    pixelViews: visits.length - counted.length,
    visitors: pseudonyms(seen),
    returningVisitors: pseudonyms(seen.filter(({ returning }) => returning)),
    secondVisits: seen.filter(({ nth }) => nth === 2).length,
    timedVisits: times.length,
    spentSeconds: times.reduce((sum, seconds) => sum + seconds, 0),
  };
}

function amountOf(figures: Figures, order: TopOrder): number {
  if (order !== 'averageSeconds') return figures[order];
  return figures.timedVisits === 0 ? 0 : Math.floor(figures.spentSeconds / figures.timedVisits);
}

type Placed = Pick<TopRow, 'amount' | 'value'>;

/** Most first, then as code points, which UTF-8 is in the order of. */
function compare(a: Placed, b: Placed): number {
  return b.amount - a.amount || Buffer.compare(Buffer.from(a.value), Buffer.from(b.value));
}

function lower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function groupBy<K, T>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

function mapValues<K, T, U>(map: ReadonlyMap<K, T>, convert: (value: T) => U): Map<K, U> {
  return new Map(Array.from(map, ([key, value]) => [key, convert(value)]));
}
