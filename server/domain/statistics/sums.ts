import type { Day } from '../day.ts';
import { type Figures, NO_FIGURES } from './figures.ts';
import type { Days } from './series.ts';

/** Figures of two times that do not overlap, for both together. */
export function addFigures(a: Figures, b: Figures): Figures {
  return {
    visits: a.visits + b.visits,
    pixelViews: a.pixelViews + b.pixelViews,
    visitors: a.visitors + b.visitors,
    returningVisitors: a.returningVisitors + b.returningVisitors,
    secondVisits: a.secondVisits + b.secondVisits,
    timedVisits: a.timedVisits + b.timedVisits,
    spentSeconds: a.spentSeconds + b.spentSeconds,
  };
}

/** The figures of each bucket from those of its days. A day that is not in the map has none. */
export function sumDays(daily: ReadonlyMap<Day, Figures>, buckets: readonly Days[]): Figures[] {
  return buckets.map(({ from, to }) => {
    let sum = NO_FIGURES;
    for (let day = from; day <= to; day += 1) sum = addFigures(sum, daily.get(day) ?? NO_FIGURES);
    return sum;
  });
}
