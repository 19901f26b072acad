import { expect } from 'vitest';
import { generateHistory, type HistoryOptions } from '../../server/demo-history/history.ts';
import { startOfDay } from '../../server/domain/day.ts';
import { DIMENSIONS, type Filter } from '../../server/domain/dimensions/dimension.ts';
import type { Span, Statistics } from '../../server/domain/statistics/figures.ts';
import { createRecount } from '../../server/domain/statistics/recount.testing.ts';

const HOUR_MS = 3_600_000;

/** What an owner asks of a history: a day, a month and a year, of the site, of a page, and of a part of both. */
function questions({ until, timeZone }: HistoryOptions): { span: Span; filter: Filter }[] {
  const end = startOfDay(until + 1, timeZone);
  const spans: Span[] = [
    { unit: 'instants', from: end - 24 * HOUR_MS, to: end },
    { unit: 'days', from: until - 29, to: until },
    { unit: 'days', from: until - 364, to: until },
  ];
  const filters: Filter[] = [{}, { page: '/' }, { country: 'DE' }, { page: '/', device: 'mobile' }];
  return spans.flatMap((span) => filters.map((filter) => ({ span, filter })));
}

/**
 * Asks a site that a generated history was loaded into, and compares every answer with one that is counted from the
 * history itself, visit by visit, without flags, roll-ups or a database.
 * @returns how many answers were compared
 */
export async function compareWithRecount(
  statistics: Statistics,
  siteId: number,
  options: HistoryOptions,
): Promise<number> {
  const events = [...generateHistory(options).events].filter((event) => event.kind !== 'filtered');
  const recount = createRecount(events, options.timeZone);
  let compared = 0;
  const same = (found: unknown, counted: unknown) => {
    expect(found).toEqual(counted);
    compared += 1;
  };

  for (const { span, filter } of questions(options)) {
    const scope = { siteId, span, filter };
    same(await statistics.totals(scope), recount.totals(scope));
    if (span.unit === 'days') same(await statistics.daily(scope), recount.daily(scope));
    else {
      const hours = Array.from({ length: 25 }, (_, hour) => span.from + hour * HOUR_MS);
      same(await statistics.between(scope, hours), recount.between(scope, hours));
    }
    for (const dimension of DIMENSIONS) {
      const orderBy = dimension === 'page' ? 'spentSeconds' : 'visitors';
      const request = { scope, dimension, orderBy, search: null, after: null, limit: 20 } as const;
      same(await statistics.top(request), recount.top(request));
    }
  }
  return compared;
}
