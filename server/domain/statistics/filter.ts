import { DIMENSIONS, type Dimension, type Filter } from '../dimensions/dimension.ts';
import { DomainError } from '../errors.ts';
import { normalisePath } from '../path.ts';
import type { Site } from '../site.ts';
import { checkText } from '../text.ts';

// As long as the longest path.
const MAX_VALUE_LENGTH = 1_024;

/** Only visits that have all of these values; what is not given does not matter. */
export type FilterInput = Readonly<Partial<Record<Dimension, string | null | undefined>>>;

/**
 * The visits that are meant. Pages are named by any path that leads to them; other values are taken as they are, and
 * one that no visit has leaves no visits.
 *
 * @throws DomainError `INVALID_ARGUMENT` or `INVALID_PATH`, which names `filter.page`, `filter.referrer`, ...
 */
export function readFilter(input: FilterInput, { pathPatterns }: Pick<Site, 'pathPatterns'>): Filter {
  const filter: Partial<Record<Dimension, string>> = {};
  for (const dimension of DIMENSIONS) {
    const given = input[dimension];
    if (given === null || given === undefined) continue;
    const argument = `filter.${dimension}`;
    if (given === '') {
      throw new DomainError(
        'INVALID_ARGUMENT',
        `${argument} is empty; give a value, or leave it out for visits of any.`,
      );
    }
    if (dimension === 'page' || dimension === 'entryPage') {
      filter[dimension] = readPage(argument, given, pathPatterns);
    } else {
      checkText(argument, given, MAX_VALUE_LENGTH);
      filter[dimension] = given;
    }
  }
  return filter;
}

/** What a filter chooses visits by. */
export function filteredDimensions(filter: Filter): Dimension[] {
  return DIMENSIONS.filter((dimension) => filter[dimension] !== undefined);
}

function readPage(argument: string, given: string, patterns: readonly string[]): string {
  try {
    return normalisePath(given, patterns).page;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(error.code, `${argument}: ${error.message}`, { cause: error.cause });
  }
}
