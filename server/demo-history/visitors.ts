import type { Day } from '../domain/day.ts';
import type { Pseudonym, Visitor } from '../domain/visit.ts';
import type { Picker } from './picker.ts';
import type { Random } from './random.ts';
import type { Reader } from './readers.ts';

/** Of those who come, the share of those who have been there before, once the site is known. */
const REGULAR = 0.3;
/** How many of those who come for the first time may come again. */
const TAKES_TO_IT = 0.25;
/** How many may come again, for each that comes on a day, and how many at least and at most. */
const REGULARS_PER_ARRIVAL = 1.5;
const LEAST_REGULARS = 16;
const MOST_REGULARS = 200_000;

/** A browser and the days on which it was seen. */
export interface Visiting {
  readonly reader: Reader;
  /** What it is called today; null where it asks not to be told apart. */
  readonly visitor: Visitor | null;
  readonly isRegular: boolean;
}

export interface VisitorsOptions {
  readonly random: Random;
  readonly reader: Picker<Reader>;
  /** How many come on a day, on average. */
  readonly arrivalsADay: number;
  /** Days within which a browser is recognised, the present one included. */
  readonly visitorDays: number;
}

/**
 * Who comes: new readers, and those who were there before. Some of these come daily and most now and then; after a
 * while they are forgotten. No more are remembered than a week has, and no more than fit into memory.
 */
export function createVisitors(options: VisitorsOptions): (day: Day) => Visiting {
  const { random, reader, arrivalsADay, visitorDays } = options;
  const size = Math.round(
    Math.min(MOST_REGULARS, Math.max(LEAST_REGULARS, arrivalsADay * REGULARS_PER_ARRIVAL)),
  );
  const regulars: { reader: Reader; visitor: Visitor | null }[] = [];

  function newPseudonym(): number {
    // 0 is for no visitor.
    return random.bits24() * 2 ** 24 + random.bits24() || 1;
  }

  function visitorOn(day: Day, last: Visitor | null): Visitor {
    if (last?.day === day) return last;
    const earlier: Pseudonym[] = last ? [{ day: last.day, pseudonym: last.pseudonym }, ...last.earlier] : [];
    return {
      day,
      pseudonym: newPseudonym(),
      earlier: earlier.filter((seen) => seen.day > day - visitorDays),
    };
  }

  return (day) => {
    // A site that is new has few who know it.
    if (random.chance((REGULAR * regulars.length) / size)) {
      // The first ones are drawn more often than the last.
      const regular = regulars[Math.floor(regulars.length * random.fraction() ** 1.5)];
      if (regular) {
        if (!regular.reader.isAnonymous) regular.visitor = visitorOn(day, regular.visitor);
        return { reader: regular.reader, visitor: regular.visitor, isRegular: true };
      }
    }
    const newcomer = reader(random);
    const visitor = newcomer.isAnonymous ? null : visitorOn(day, null);
    if (random.chance(TAKES_TO_IT)) {
      const place = regulars.length < size ? regulars.length : random.below(size);
      regulars[place] = { reader: newcomer, visitor };
    }
    return { reader: newcomer, visitor, isRegular: false };
  };
}
