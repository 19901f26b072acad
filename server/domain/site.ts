/** Who may read the figures of a site: anybody, or whoever has a token. Readers of its pages count either way. */
export type Visibility = 'public' | 'private';

/** A site as an owner declares it. */
export interface SiteDeclaration {
  /** Short name in URLs and queries: `a-z`, `0-9` and `-`, 1 to 64 characters. */
  readonly slug: string;
  readonly name: string;
  /** Origins the site is served from, e.g. `https://blog.example`; at least one, the first is shown to people. */
  readonly baseUrls: readonly string[];
  /** Origin that is asked whether a page exists. */
  readonly callbackOrigin: string;
  /** IANA zone (`Europe/Berlin`) or fixed offset (`+02:00`). */
  readonly timeZone: string;
  /** Visible seconds after which a visit counts, 0 to 86,400. */
  readonly minDelaySecs: number;
  /** Patterns such as `/user/:id` or `/docs/*` that fold the paths they match into one page of that name. */
  readonly pathPatterns: readonly string[];
  /** `DNT: 1` makes a visit anonymous, as `Sec-GPC: 1` always does. */
  readonly respectDnt: boolean;
  /** Days that visits are kept, at least 3; null for ever. Roll-ups stay. */
  readonly retentionDays: number | null;
  readonly visibility: Visibility;
}

/** A site as it is stored. */
export interface Site extends SiteDeclaration {
  readonly id: number;
}

/** What a stored word says. One that is not known, as of a later version, shows nothing to anybody. */
export function visibilityOf(stored: string): Visibility {
  return stored === 'public' ? 'public' : 'private';
}
