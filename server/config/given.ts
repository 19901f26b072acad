import type { Key } from './definitions.ts';

/** The environment as node gives it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a value was found. The higher rank wins. */
export interface Source {
  readonly rank: number;
  /** Follows the key in a message: `in /etc/oxicount.toml`, `from OXICOUNT_BASE_URL`. */
  readonly label: string;
}

/** A value that was found for a key, not yet checked. */
export interface Given {
  /** The key in TOML notation, with the index of its site where it has one. */
  readonly name: string;
  readonly value: unknown;
  readonly source: Source;
}

/** At most one value for a key. */
export type GivenValues = ReadonlyMap<Key, Given>;

/** Everything that was found, each key from its highest source. */
export interface AllGiven {
  readonly values: GivenValues;
  /** One map a table of `[[sites]]`. */
  readonly sites: readonly GivenSite[];
}

export interface GivenSite {
  /** `sites[0]` */
  readonly name: string;
  readonly source: Source;
  readonly values: GivenValues;
}
