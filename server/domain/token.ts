import type { Filter } from './dimensions/dimension.ts';
import type { Instant } from './instant.ts';
import type { Scope } from './scope.ts';
import type { RangeInput } from './statistics/range.ts';

/** What alone a token may read, as of a link that was shared. */
export interface Restriction {
  /** Only visits that have all of these values; null for all. */
  readonly filter: Filter | null;
  /** Only what lies in this range, a preset moving on with the days; null for all time. */
  readonly range: RangeInput | null;
}

/** A token as it is stored, without its secret, which nobody keeps. */
export interface Token extends Restriction {
  /** Its public part, by which it is looked up and told from others. */
  readonly prefix: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** The only site that it is good for; null for all. */
  readonly site: { readonly id: number; readonly slug: string } | null;
  readonly createdAt: Instant;
  /** Null where it does not expire. */
  readonly expiresAt: Instant | null;
  /** To the minute; null where it never was. */
  readonly lastUsedAt: Instant | null;
  /** Null where it was not revoked. */
  readonly revokedAt: Instant | null;
}

/** A token with what proves it. */
export interface StoredToken extends Token {
  /** SHA-256 of its secret part. */
  readonly hash: Uint8Array;
}
