import type { Day } from '../day.ts';
import type { Traits } from '../dimensions/dimension.ts';
import type { Mark } from './import-storage.ts';

/** Visitors of a day that are remembered at once; beyond it those of the days furthest back are forgotten. */
const MOST_REMEMBERED = 500_000;

/** A visit as it is decided by. */
interface Seen {
  readonly day: Day;
  /** What the source calls whoever visited. */
  readonly visitor: string;
  readonly nonce: number;
  readonly page: string;
  readonly traits: Pick<Traits, 'referrer' | 'campaign' | 'language'>;
}

/** What is decided of it. */
interface Decision {
  readonly visitor: number;
  readonly marks: readonly Mark[];
  /** That of its visitor's first visit of the day. */
  readonly language: string | null;
}

interface Remembered {
  readonly pseudonym: number;
  readonly returning: boolean;
  readonly language: string | null;
  readonly seen: Set<string>;
  visits: number;
}

/**
 * Decides which visits are the first of their visitor, as they come, and forgets all of it with the import: what the
 * source calls a visitor is stored nowhere. Visits of a visitor of a day have the nonce of the first in common, which
 * is the same each time that the source is read.
 */
export interface ImportedVisitors {
  decide(visit: Seen): Decision;
}

/** @param visitorDays days within which a returning visitor is recognised, the day itself included */
export function createImportedVisitors(
  visitorDays: number,
  mostRemembered: number = MOST_REMEMBERED,
): ImportedVisitors {
  const days = new Map<Day, Map<string, Remembered>>();
  let remembered = 0;

  function forgetOld(day: Day): void {
    for (const old of [...days.keys()].sort((a, b) => a - b)) {
      if (remembered < mostRemembered) return;
      if (old >= day - visitorDays && old <= day) continue;
      remembered -= days.get(old)?.size ?? 0;
      days.delete(old);
    }
  }

  function isReturning(day: Day, visitor: string): boolean {
    for (let ago = 1; ago < visitorDays; ago += 1) if (days.get(day - ago)?.has(visitor)) return true;
    return false;
  }

  return {
    decide({ day, visitor, nonce, page, traits }) {
      let ofDay = days.get(day);
      if (!ofDay) {
        forgetOld(day);
        ofDay = new Map();
        days.set(day, ofDay);
      }
      let known = ofDay.get(visitor);
      if (!known) {
        // 0 is nobody's.
        const pseudonym = nonce === 0 ? 1 : nonce;
        const returning = isReturning(day, visitor);
        known = { pseudonym, returning, language: traits.language, seen: new Set(), visits: 0 };
        ofDay.set(visitor, known);
        remembered += 1;
      }
      const { seen } = known;
      const isFirst = (what: string) => !seen.has(what) && seen.add(what) === seen;
      known.visits += 1;
      const marks: Mark[] = [];
      if (known.visits === 1) marks.push('first');
      if (known.visits === 2) marks.push('second');
      if (isFirst(page)) marks.push('firstOnPage');
      if (traits.referrer !== null && isFirst(`referrer ${traits.referrer}`)) marks.push('firstOfReferrer');
      if (traits.campaign !== null && isFirst(`campaign ${traits.campaign}`)) marks.push('firstOfCampaign');
      if (known.returning) marks.push('returning');
      return { visitor: known.pseudonym, marks, language: known.language };
    },
  };
}
