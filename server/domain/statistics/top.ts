import { MAX_SEARCH } from '../counts.ts';
import type { Dimension } from '../dimensions/dimension.ts';
import { isSet } from '../is-set.ts';
import { checkListSize } from '../list-size.ts';
import { checkText } from '../text.ts';
import { type DerivedFigures, deriveFigures, knowsBounces } from './derived.ts';
import type { Figures, Scope, Statistics, TopOrder } from './figures.ts';
import { filteredDimensions } from './filter.ts';
import { decodeTopCursor, encodeTopCursor } from './top-cursor.ts';

/** Values in a list where nothing is asked for. */
export const DEFAULT_TOP = 10;
/** Most values that one list holds. */
export const MAX_TOP = 1_000;

/** A part of the list of values of a dimension. */
export interface TopList {
  readonly dimension: Dimension;
  /** How many at most, 1 to {@link MAX_TOP}. Default: {@link DEFAULT_TOP}. */
  readonly first?: number | null | undefined;
  /** Cursor of the last value of the part before. Figures that change meanwhile can move a value over this border. */
  readonly after?: string | null | undefined;
  /** Only values that contain this text, whatever the case of ASCII letters; at most {@link MAX_SEARCH} characters. */
  readonly search?: string | null | undefined;
  /** Most first. Default: visits. */
  readonly orderBy?: TopOrder | null | undefined;
}

/** A part of a list of top values, most first. */
export interface TopPage {
  readonly entries: readonly TopEntry[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

export interface TopEntry {
  readonly cursor: string;
  readonly value: string;
  readonly figures: DerivedFigures;
  /**
   * Of what the list is ordered by, what part of all visits in the scope has this value: 0 to 1. Null where there is
   * nothing to have a part of, and for averages, which are no parts of anything.
   */
  share(): Promise<number | null>;
}

/**
 * @param totals the figures of all visits in the scope, asked for only when a share is
 * @throws DomainError `INVALID_ARGUMENT`, which names `first`, `search` or `after`
 */
export async function readTop(
  storage: Pick<Statistics, 'top'>,
  scope: Scope,
  totals: () => Promise<Figures>,
  list: TopList,
): Promise<TopPage> {
  const { dimension, after, search } = list;
  const orderBy = list.orderBy ?? 'visits';
  const first = list.first ?? DEFAULT_TOP;
  checkListSize('first', first, MAX_TOP);
  if (search) checkText('search', search, MAX_SEARCH);
  const isRest = isSet(after);

  const rows = await storage.top({
    scope,
    dimension,
    orderBy,
    search: search || null,
    after: isRest ? decodeTopCursor({ dimension, orderBy }, after) : null,
    // One more tells whether there is more.
    limit: first + 1,
  });
  const hasBounces =
    scope.span.unit === 'days' && knowsBounces([...filteredDimensions(scope.filter), dimension]);
  return {
    entries: rows.slice(0, first).map((row) => ({
      cursor: encodeTopCursor({ dimension, orderBy }, row),
      value: row.value,
      figures: deriveFigures(row, hasBounces),
      async share() {
        if (orderBy === 'averageSeconds') return null;
        const whole = (await totals())[orderBy];
        // A visit may have come in between the two reads.
        return whole === 0 ? null : Math.min(1, row[orderBy] / whole);
      },
    })),
    hasNextPage: rows.length > first,
    hasPreviousPage: isRest,
  };
}
