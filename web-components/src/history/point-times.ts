import type { ResolvedRange } from '../widget/range.ts';
import type { HistoryPoint, Interval } from './history-data.ts';

/** From the first instant to the first one after it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Longer than these an interval never is; days and more end where the next begins, or the range does. */
const LONGEST: Partial<Record<Interval, number>> = { MINUTE: 60_000, HOUR: 3_600_000 };

/** When each point began and ended, or will end. */
export function pointTimes(
  points: readonly HistoryPoint[],
  range: Pick<ResolvedRange, 'to'>,
  interval: Interval,
): Span[] {
  return points.map(({ start }, index) => {
    const from = Date.parse(start);
    const to = Date.parse(points[index + 1]?.start ?? range.to);
    return { from, to: Math.min(to, from + (LONGEST[interval] ?? Number.POSITIVE_INFINITY)) };
  });
}
