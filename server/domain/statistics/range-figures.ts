import type { Filter } from '../dimensions/dimension.ts';
import type { Instant } from '../instant.ts';
import type { Site } from '../site.ts';
import { type DerivedFigures, deriveFigures, knowsBounces } from './derived.ts';
import type { Figures, Scope, Statistics } from './figures.ts';
import { filteredDimensions } from './filter.ts';
import type { Interval } from './interval.ts';
import { once } from './once.ts';
import type { Range } from './range.ts';
import { begunBuckets, bucketsOf } from './series.ts';
import { sumDays } from './sums.ts';

/** The figures of a range, each read when it is asked for. */
export interface RangeFigures {
  readonly range: Range;
  totals(): Promise<DerivedFigures>;
  /**
   * The range cut into intervals, with those that have no visits, but for those that have not begun.
   * @throws DomainError `INVALID_ARGUMENT`, which names `interval`, where they are too many
   */
  series(interval: Interval): Promise<SeriesPoint[]>;
}

/** What happened from one instant to the start of the next point. */
export interface SeriesPoint {
  readonly start: Instant;
  readonly figures: DerivedFigures;
}

/** Which visits of which site, and when that is asked. */
export interface RangeContext {
  readonly storage: Pick<Statistics, 'totals' | 'daily' | 'between'>;
  readonly site: Site;
  readonly filter: Filter;
  readonly now: Instant;
}

/** Also gives the scope and the sums as the storage has them, for what else is read of the same range. */
export function createRangeFigures(
  range: Range,
  { storage, site, filter, now }: RangeContext,
): RangeFigures & { readonly scope: Scope; readonly sums: () => Promise<Figures> } {
  const scope: Scope = { siteId: site.id, span: range.span, filter };
  const sums = once(() => storage.totals(scope));
  const knowsBouncesOfDays = knowsBounces(filteredDimensions(filter));

  return {
    range,
    scope,
    sums,
    async totals() {
      return deriveFigures(await sums(), range.span.unit === 'days' && knowsBouncesOfDays);
    },
    async series(interval) {
      const { starts, end, days } = begunBuckets(bucketsOf(range, interval, site.timeZone), now);
      const figures = days
        ? sumDays(await storage.daily(scope), days)
        : await storage.between({ siteId: site.id, filter }, [...starts, end]);
      return figures.map((sum, index) => ({
        start: starts[index] ?? end,
        figures: deriveFigures(sum, days !== null && knowsBouncesOfDays),
      }));
    },
  };
}
