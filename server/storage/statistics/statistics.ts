import type { Day } from '../../domain/day.ts';
import { type Figures, NO_FIGURES, type Scope, type Statistics } from '../../domain/statistics/figures.ts';
import type { Queries } from '../database.ts';
import { readEngagingPages } from './engaging.ts';
import { findFilter, isEmpty } from './filter.ts';
import { readFilteredHits } from './filtered-hits.ts';
import { readRecent } from './recent.ts';
import {
  firstRollup,
  type RollupScope,
  rollupsByDay,
  rollupsByValue,
  rollupTotals,
} from './rollup-figures.ts';
import { instantsOf, startsOfDays } from './spans.ts';
import { readTop } from './top.ts';
import { type VisitScope, visitsBetween, visitsByValue, visitTotals } from './visit-figures.ts';

/**
 * Whole days without a filter come from the roll-ups, at a cost that does not depend on how many visits there are.
 * Everything else is counted from the visits, of which an index finds those of the time, or of the page and the time.
 *
 * What is followed from then on by commits has to be the present: a visit between the two would be lost.
 */
export function createStatistics({ figures: read, present }: Reads): Statistics {
  return {
    totals: (scope) =>
      read(async (queries) => {
        const rollups = rollupScope(scope);
        if (rollups) return rollupTotals(queries, rollups);
        const visits = await visitScope(queries, scope);
        return visits ? visitTotals(queries, visits) : NO_FIGURES;
      }),

    daily: (scope) =>
      read(async (queries) => {
        const rollups = rollupScope(scope);
        return rollups ? rollupsByDay(queries, rollups) : visitsByDay(queries, scope);
      }),

    between: ({ siteId, filter }, instants) =>
      read(async (queries) => {
        const found = await findFilter(queries, siteId, filter);
        if (!found) return instants.slice(1).map(() => NO_FIGURES);
        return visitsBetween(queries, { siteId, filter: found }, instants);
      }),

    top: ({ scope, ...request }) =>
      read(async (queries) => {
        const rollups = rollupScope(scope);
        if (rollups) return readTop(queries, rollupsByValue(rollups, request.dimension), request);
        const visits = await visitScope(queries, scope);
        return visits ? readTop(queries, visitsByValue(visits, request.dimension), request) : [];
      }),

    filteredHits: (siteId, from, to) => read((queries) => readFilteredHits(queries, siteId, from, to)),
    engagingPages: (request) => read((queries) => readEngagingPages(queries, request)),
    recent: (siteId, since) => present((queries) => readRecent(queries, siteId, since)),
    firstDay: (siteId) => read((queries) => firstRollup(queries, siteId)),
  };
}

/** How work on the database is done. */
interface Reads {
  /** Of what may be a moment behind. */
  figures<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /** Of what is. */
  present<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
}

/** Null where the roll-ups do not have it. */
function rollupScope({ siteId, span, filter }: Scope): RollupScope | null {
  return span.unit === 'days' && isEmpty(filter) ? { siteId, from: span.from, to: span.to } : null;
}

/** Null where no visit can be in it. */
async function visitScope(queries: Queries, { siteId, span, filter }: Scope): Promise<VisitScope | null> {
  const found = await findFilter(queries, siteId, filter);
  const instants = found && (await instantsOf(queries, siteId, span));
  return instants && { siteId, ...instants, filter: found };
}

async function visitsByDay(queries: Queries, { siteId, span, filter }: Scope): Promise<Map<Day, Figures>> {
  if (span.unit !== 'days') throw new TypeError('Figures by day are of a span of days.');
  const found = await findFilter(queries, siteId, filter);
  const starts = found && (await startsOfDays(queries, siteId, span));
  if (!starts) return new Map();
  const figures = await visitsBetween(queries, { siteId, filter: found }, starts);
  const days = figures.map((ofDay, index) => [span.from + index, ofDay] as const);
  return new Map(days.filter(([, { visits, pixelViews }]) => visits + pixelViews > 0));
}
