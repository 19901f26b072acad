import type { Filter } from './dimensions/dimension.ts';
import { DomainError } from './errors.ts';
import { matchesPattern } from './path.ts';
import { allows, type Scope } from './scope.ts';
import type { FigureKind, Site } from './site.ts';
import type { Restriction, Token } from './token.ts';
import type { TokenCheck } from './token-check.ts';

const EVERYTHING = Symbol('may do everything');

/** Who asks for figures. A caller is one. */
export interface Reader {
  /** The bearer token as it was sent; null where none was. */
  readonly token: string | null | typeof EVERYTHING;
}

/** Whoever runs the instance, for its commands and the work it does by itself. No request can be this reader. */
export const operator: Reader = { token: EVERYTHING };

/** Which site is asked about, and by whom: whatever tells figures takes one. */
export interface SiteQuestion {
  /** Its slug; may be left out where the reader knows of one site only. */
  readonly site?: string | null | undefined;
  readonly reader: Reader;
}

/** What a reader may do, as the token says. */
export interface Grant {
  /** What the audit log calls who did something. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** The only site that it is good for; null for all. */
  readonly siteId: number | null;
  readonly restriction: Restriction | null;
  /** The stored token; null where it is the one of the configuration, or who runs the instance. */
  readonly token: Token | null;
}

/** What is asked for of a site. */
export interface Reading {
  readonly figures: FigureKind;
  /** Of which visits; of a page where it names one, else of the site as a whole. */
  readonly filter: Filter;
}

/** Decides who may do what. */
export interface Access {
  /**
   * What the reader may do; null without a token.
   * @throws DomainError `INVALID_TOKEN` where a token was sent that is none, whatever it was to be good for: whoever
   * holds it is to know
   */
  grantOf(reader: Reader): Promise<Grant | null>;
}

export interface AccessOptions {
  /** The token of the configuration, which may do everything; null for none. */
  readonly adminToken: string | null;
  readonly tokens: TokenCheck;
}

export function createAccess({ adminToken, tokens }: AccessOptions): Access {
  const isAdminToken = tokens.comparedWith(adminToken);
  return {
    async grantOf({ token }) {
      if (token === null) return null;
      if (token === EVERYTHING) return unlimited('command line');
      if (isAdminToken(token)) return unlimited('admin_token');
      const found = await tokens.check(token);
      const { name, scopes, site, filter, range } = found;
      const restriction = filter === null && range === null ? null : { filter, range };
      return { name, scopes, siteId: site?.id ?? null, restriction, token: found };
    },
  };
}

function unlimited(name: string): Grant {
  return { name, scopes: ['ADMINISTER_INSTANCE'], siteId: null, restriction: null, token: null };
}

/** Whether a token is good for this on the site. */
export function mayDo(grant: Grant | null, scope: Scope, { id }: Pick<Site, 'id'>): boolean {
  return grant !== null && (grant.siteId === null || grant.siteId === id) && allows(grant.scopes, scope);
}

/** Whether there is such a site to the reader: one that is private and not theirs is as one that is not there. */
export function mayKnow(grant: Grant | null, site: Site): boolean {
  return site.visibility !== 'private' || mayDo(grant, 'READ', site);
}

/**
 * Refuses what the reader may not read of a site that they know of. What decides is what was asked, and never what is
 * there, so that a refusal tells nothing of it.
 * @throws DomainError `FORBIDDEN`
 */
export function checkReading(grant: Grant | null, site: Site, { figures, filter }: Reading): void {
  if (mayDo(grant, 'READ', site)) {
    if (grant?.restriction) checkRestriction(grant.restriction, figures, filter);
  } else if (site.visibility === 'selected') {
    checkPublicPart(site, figures, filter);
  }
}

function checkRestriction({ filter: only, range }: Restriction, figures: FigureKind, filter: Filter): void {
  // Statistics see to the range themselves: they alone are asked for one.
  if (range !== null && figures !== 'STATS') {
    throw forbidden('This token is for statistics of a range of time. What has no range is not for it.');
  }
  for (const [dimension, value] of Object.entries(only ?? {})) {
    if (filter[dimension as keyof Filter] !== value) {
      throw forbidden(`This token is for visits with the ${dimension} ${JSON.stringify(value)} only.`);
    }
  }
}

function checkPublicPart(site: Site, figures: FigureKind, { page }: Filter): void {
  const { slug, publicPages, publicFigures } = site;
  if (publicFigures.length > 0 && !publicFigures.includes(figures)) {
    throw forbidden(
      `Of the site ${slug} only some figures are public: ${publicFigures.join(', ')}, and not ${figures}. Send a token that may read it.`,
    );
  }
  if (publicPages.length > 0 && !publicPages.some((pattern) => matchesPattern(pattern, page ?? ''))) {
    const asked = page === undefined ? 'not the site as a whole' : `not ${page}`;
    throw forbidden(
      `Of the site ${slug} only some pages are public: ${publicPages.join(', ')}, and ${asked}. Send a token that may read it.`,
    );
  }
}

export function forbidden(message: string): DomainError {
  return new DomainError('FORBIDDEN', message);
}
