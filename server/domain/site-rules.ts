import { normalisePath } from './path.ts';
import { FIGURE_KINDS, type FigureKind, VISIBILITIES, type Visibility } from './site.ts';

/** What is taken for a value of a site, and how it is stored. */
export interface Rule<T> {
  /** Completes the sentence "it should be ...". */
  readonly right: string;
  /** @returns undefined where it is refused */
  read(given: string): T | undefined;
}

export const slugRule: Rule<string> = {
  right: 'a short name of a-z, 0-9 and -, at most 64 characters',
  read: (given) => (/^[a-z0-9-]{1,64}$/.test(given) ? given : undefined),
};

/** A name that people read: not blank, without control characters, and such that it can be encoded. */
export const nameRule: Rule<string> = {
  right: 'a name of at most 200 characters, without control characters',
  read: (given) =>
    given.trim() !== '' && given.length <= 200 && given.isWellFormed() && !/\p{Cc}/u.test(given)
      ? given
      : undefined,
};

export const originRule: Rule<string> = {
  right: 'a scheme and a host, with neither a path nor a wildcard, such as https://example.com',
  read(given) {
    // URL mends what people rarely mean: spaces, backslashes, missing or surplus slashes.
    if (!/^https?:\/\/[^/\\\s*]+\/?$/i.test(given) || !URL.canParse(given)) return undefined;
    const url = new URL(given);
    return url.href === `${url.origin}/` ? url.origin : undefined;
  },
};

// Checked here because Intl takes offsets from node 22 on only, and in more spellings than we want to store.
const OFFSET = /^[+-](0\d|1[0-4]):[0-5]\d$/;

export const timeZoneRule: Rule<string> = {
  right: 'a time zone such as Europe/Berlin, or an offset such as +02:00',
  read: (given) => (OFFSET.test(given) || isNamedZone(given) ? given : undefined),
};

/** A pattern in the spelling that pages have, so that it can match them. */
export const pathPatternRule: Rule<string> = {
  right: 'a path such as /user/:id or /docs/*, where * is the last segment',
  read(given) {
    if (given === '' || given === '/') return undefined;
    const pattern = normalised(given);
    const segments = pattern?.split('/').slice(1) ?? [];
    const last = segments.length - 1;
    const wellFormed = segments.every(
      (segment, index) =>
        segment !== '' && segment !== ':' && (!segment.includes('*') || (segment === '*' && index === last)),
    );
    return wellFormed ? pattern : undefined;
  },
};

/** As {@link pathPatternRule}; the first page of a site can be chosen too. */
export const publicPageRule: Rule<string> = {
  right: 'a path such as /about or /blog/*, where * is the last segment',
  read: (given) => (given === '/' ? given : pathPatternRule.read(given)),
};

export const visibilityRule: Rule<Visibility> = ruleOfWords(VISIBILITIES);

export const figureKindRule: Rule<FigureKind> = ruleOfWords(FIGURE_KINDS);

/** What whole numbers of a site can be, both ends included. */
export const NUMBERS = {
  minDelaySecs: { least: 0, most: 86_400 },
  retentionDays: { least: 3, most: 36_500 },
} as const;

function ruleOfWords<T extends string>(words: readonly T[]): Rule<T> {
  return {
    right: `one of ${words.join(', ')}`,
    read: (given) => words.find((word) => word === given),
  };
}

function normalised(given: string): string | undefined {
  try {
    return normalisePath(given).page;
  } catch {
    return undefined;
  }
}

function isNamedZone(given: string): boolean {
  if (!/^[a-z]/i.test(given)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: given });
    return true;
  } catch {
    return false;
  }
}
