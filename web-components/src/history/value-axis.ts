import type { FigureKind } from './figure.ts';

const MINUTE = 60;
const HOUR = 3600;
/** Times are read in parts of minutes and hours, not of hundreds. */
const TIMES = [1, 2, 5, 10, 15, 30, ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE)];
/** The finest step: there are no halves of visits, and no tenths of per cents worth a line. */
const FINEST: Record<FigureKind, number> = { count: 1, seconds: HOUR, share: 0.01 };
const STEPS = [1, 2, 5];

/**
 * Three or four values for an axis from zero to at least `most`, evenly apart and easy to read, the lowest first.
 */
export function valueTicks(most: number, kind: FigureKind): number[] {
  const step = stepFor(most / 3, kind);
  const steps = Math.max(2, Math.ceil(most / step));
  // Multiples of 0.01 are not exact.
  return Array.from({ length: steps + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

function stepFor(least: number, kind: FigureKind): number {
  const time = kind === 'seconds' ? TIMES.find((step) => step >= least) : undefined;
  if (time !== undefined) return time;
  for (let unit = FINEST[kind]; ; unit *= 10) {
    const step = STEPS.find((factor) => factor * unit >= least);
    if (step !== undefined) return step * unit;
  }
}
