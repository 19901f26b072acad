import type { Dimension } from '../dimensions/dimension.ts';
import { DomainError } from '../errors.ts';
import { MAX_PATH_LENGTH } from '../path.ts';
import { textFlaw } from '../text.ts';
import type { TopOrder, TopRequest, TopRow } from './figures.ts';

/** Which list of top values a cursor is of. */
export interface TopListKind {
  readonly dimension: Dimension;
  readonly orderBy: TopOrder;
}

// Room for a value of the longest kind, in base64url.
const MAX_CURSOR_LENGTH = 8_192;

/**
 * A cursor says where a value stands: how much it has of what the list is ordered by, and what it is called. So it
 * stays good while visits come in, also where its own value moves.
 */
export function encodeTopCursor(
  { dimension, orderBy }: TopListKind,
  { amount, value }: Pick<TopRow, 'amount' | 'value'>,
): string {
  return Buffer.from(JSON.stringify([dimension, orderBy, amount, value])).toString('base64url');
}

/** @throws DomainError `INVALID_ARGUMENT`, which names `after`, for what is no cursor of such a list */
export function decodeTopCursor(kind: TopListKind, cursor: string): NonNullable<TopRequest['after']> {
  const [dimension, orderBy, amount, value] = partsOf(cursor);
  if (!isAmount(amount) || !isValue(value)) throw refusal(cursor, 'it must be a cursor of this list');
  if (dimension !== kind.dimension || orderBy !== kind.orderBy) {
    throw refusal(cursor, 'it is of a list of another dimension or order, and must be of this one');
  }
  return { amount, value };
}

function partsOf(cursor: string): readonly unknown[] {
  if (cursor.length > MAX_CURSOR_LENGTH) return [];
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}

function isAmount(amount: unknown): amount is number {
  return Number.isSafeInteger(amount) && (amount as number) >= 0;
}

function isValue(value: unknown): value is string {
  // No value is longer than a path.
  return typeof value === 'string' && textFlaw(value, MAX_PATH_LENGTH) === null;
}

function refusal(cursor: string, reason: string): DomainError {
  return new DomainError('INVALID_ARGUMENT', `after is ${JSON.stringify(cursor.slice(0, 60))}; ${reason}.`);
}
