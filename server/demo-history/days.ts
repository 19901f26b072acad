import { type Day, formatDay, startOfDay } from '../domain/day.ts';
import { DomainError } from '../domain/errors.ts';
import type { Instant } from '../domain/instant.ts';
import type { Random } from './random.ts';
import { busyness, hoursOf } from './rhythm.ts';
import { type Spike, spikesOn, strengthIn } from './spikes.ts';

/** How far chance drives the visits of a day from what the calendar says, as a standard deviation. */
const NOISE = 0.07;

/** What comes to the site on a day. */
export interface DayPlan {
  readonly day: Day;
  readonly from: Instant;
  /** Excluded. */
  readonly to: Instant;
  /** Before which visit of the history it begins, and before which one it ends. */
  readonly firstVisit: number;
  readonly endVisit: number;
  /** How busy its hours are. */
  readonly hours: readonly number[];
}

export interface DaysOptions {
  readonly random: Random;
  readonly visits: number;
  readonly first: Day;
  readonly last: Day;
  readonly timeZone: string;
  readonly spikes: readonly Spike[];
}

/**
 * Spreads visits over days, so that they add up to the last one.
 * @throws DomainError `INVALID_ARGUMENT` where the zone has none of these days
 */
export function planDays(options: DaysOptions): readonly DayPlan[] {
  const { random, visits, first, last, timeZone, spikes } = options;
  const factors: number[] = [];
  const sizes: number[] = [];
  for (let day = first; day <= last; day += 1) {
    // Where the zone left a day out, nobody came.
    const exists = startOfDay(day, timeZone) < startOfDay(day + 1, timeZone);
    const factor = exists ? busyness(day, first) * Math.exp(NOISE * random.normal()) : 0;
    factors.push(factor);
    sizes.push(sum(weightsOf(day, factor, spikes)));
  }
  const total = sum(sizes);
  if (total === 0) {
    throw new DomainError('INVALID_ARGUMENT', `In ${timeZone} there was no ${formatDay(last)}.`);
  }

  let passed = 0;
  let firstVisit = 0;
  return sizes.map((size, index) => {
    const day = first + index;
    passed += size;
    const plan = {
      day,
      from: startOfDay(day, timeZone),
      to: startOfDay(day + 1, timeZone),
      firstVisit,
      endVisit: passed === total ? visits : Math.floor((visits * passed) / total),
      hours: weightsOf(day, factors[index] ?? 0, spikes),
    };
    firstVisit = plan.endVisit;
    return plan;
  });
}

function weightsOf(day: Day, factor: number, spikes: readonly Spike[]): number[] {
  const present = spikesOn(spikes, day);
  return hoursOf(day).map((share, hour) => {
    const more = present.reduce((strength, spike) => strength + strengthIn(spike, day, hour), 0);
    return factor * share * (1 + more);
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
