/**
 * Who may read the figures of a site: anybody, whoever has a token, or anybody some of them. Readers of its pages
 * count either way.
 */
export const VISIBILITIES = ['public', 'selected', 'private'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** Kinds of figures, which a site can show one by one, with what each is. */
export const figureKinds = {
  COUNTS: 'Visits and views of pages and of the site, since the beginning.',
  HISTORY: 'Visits one by one.',
  STATS: 'Statistics of a range of time.',
  REAL_TIME: 'Who is there now, and the last half hour.',
  VOTES: 'What the votes on a page come to.',
} as const;
export type FigureKind = keyof typeof figureKinds;
export const FIGURE_KINDS = Object.keys(figureKinds) as readonly FigureKind[];

/** What of a `selected` site anybody may read. */
export interface PublicPart {
  /** Patterns such as `/blog/*` of the pages whose figures are public; empty for all, and for the site as a whole. */
  readonly publicPages: readonly string[];
  /** Empty for all. */
  readonly publicFigures: readonly FigureKind[];
}

/** A site as an owner declares it. */
export interface SiteDeclaration extends PublicPart {
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

/** A site with what only those who administer it are told. */
export interface AdministeredSite extends Site {
  /** It is in the configuration, and changed there. */
  readonly declared: boolean;
  /** Since when nothing is counted on it, and nobody may read it; null where it is active. */
  readonly archivedAt: number | null;
  /** Since when its rows are being removed; null where they are not. */
  readonly deletedAt: number | null;
}

/** What a stored word says. One that is not known, as of a later version, shows nothing to anybody. */
export function visibilityOf(stored: string): Visibility {
  return VISIBILITIES.find((visibility) => visibility === stored) ?? 'private';
}
