import { type Day, startOfDay } from '../../domain/day.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Span } from '../../domain/statistics/figures.ts';
import type { Queries } from '../database.ts';

/** When a span begins and ends on the clocks of its site; null where there is no such site. */
export async function instantsOf(
  queries: Queries,
  siteId: number,
  span: Span,
): Promise<{ readonly from: Instant; readonly to: Instant } | null> {
  if (span.unit === 'instants') return { from: span.from, to: span.to };
  const timeZone = await timeZoneOf(queries, siteId);
  return timeZone === null
    ? null
    : { from: startOfDay(span.from, timeZone), to: startOfDay(span.to + 1, timeZone) };
}

/** When each of these days begins, and the one after them; null where there is no such site. */
export async function startsOfDays(
  queries: Queries,
  siteId: number,
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<Instant[] | null> {
  const timeZone = await timeZoneOf(queries, siteId);
  return timeZone === null
    ? null
    : Array.from({ length: to - from + 2 }, (_, index) => startOfDay(from + index, timeZone));
}

async function timeZoneOf(queries: Queries, siteId: number): Promise<string | null> {
  const site = await queries.site.findUnique({ where: { id: siteId }, select: { timeZone: true } });
  return site?.timeZone ?? null;
}
