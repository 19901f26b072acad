import type { Day } from '../domain/day.ts';
import type { Dimension } from '../domain/dimensions/dimension.ts';

/** Values that are kept of one day; sites have some hundreds of pages. */
const MAX_VALUES = 200_000;

/** What a row says of a value on its day. */
export interface DayValue {
  readonly dimension: Dimension | 'total';
  /** Empty for the total. */
  readonly value: string;
  readonly visits: number;
  readonly visitors: number;
  /** Visitors with one visit; null where nobody knows. */
  readonly single: number | null;
  readonly timedVisits: number;
  readonly spentSeconds: number;
}

/** A sum of rows. */
export type DaySum = DayValue & { readonly day: Day };

/** Adds up what several rows of a day say of one value, such as of a browser in many versions. */
export interface DaySums {
  /** What is complete once a day has come: the sums of earlier ones. */
  upTo(day: Day): DaySum[];
  /** @returns why the row cannot be added; null where it was */
  add(day: Day, values: readonly DayValue[]): string | null;
  /** What remains at the end. */
  rest(): DaySum[];
}

/** Rows must come in the order of their days, so that no more than one is kept. */
export function createDaySums(): DaySums {
  let current: Day | null = null;
  let sums = new Map<string, DayValue>();

  function rest(): DaySum[] {
    const day = current;
    const complete = day === null ? [] : Array.from(sums.values(), (sum) => ({ ...sum, day }));
    sums = new Map();
    // Sessions without a page view are no visits.
    return complete.filter(({ visits }) => visits > 0);
  }

  return {
    upTo: (day) => (current !== null && day > current ? rest() : []),
    add(day, values) {
      if (current !== null && day < current)
        return 'a later day came before it; rows must be in the order of days';
      current = day;
      if (sums.size >= MAX_VALUES) return `there are more than ${MAX_VALUES} values on that day`;
      for (const value of values) {
        const key = `${value.dimension} ${value.value}`;
        const before = sums.get(key);
        sums.set(key, before ? sumOf(before, value) : value);
      }
      return null;
    },
    rest,
  };
}

function sumOf(one: DayValue, other: DayValue): DayValue {
  return {
    ...one,
    visits: one.visits + other.visits,
    visitors: one.visitors + other.visitors,
    single: one.single === null || other.single === null ? null : one.single + other.single,
    timedVisits: one.timedVisits + other.timedVisits,
    spentSeconds: one.spentSeconds + other.spentSeconds,
  };
}
