import { createHash, timingSafeEqual } from 'node:crypto';
import { DomainError } from './errors.ts';
import type { Site } from './site.ts';

const EVERYTHING = Symbol('may read everything');

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

/** Decides who may read what. */
export interface Access {
  /**
   * Those of the sites that the reader may read, in their order. To this reader there are no others.
   * @throws DomainError `INVALID_TOKEN` where a token was sent that is none, whatever it was to be good for: whoever
   * holds it is to know
   */
  readable(sites: readonly Site[], reader: Reader): readonly Site[];
}

export interface AccessOptions {
  /** The token that may read everything; null for none. */
  readonly adminToken: string | null;
}

export function createAccess({ adminToken }: AccessOptions): Access {
  const admin = adminToken === null ? null : digest(adminToken);

  function mayReadAll({ token }: Reader): boolean {
    if (token === null) return false;
    if (token === EVERYTHING) return true;
    // Digests are of one length, and comparing them takes one time whatever the token is.
    if (admin !== null && timingSafeEqual(digest(token), admin)) return true;
    throw new DomainError(
      'INVALID_TOKEN',
      'The bearer token is not one of this instance. Send one that is, or none for what anybody may read.',
    );
  }

  return {
    readable: (sites, reader) =>
      mayReadAll(reader) ? sites : sites.filter(({ visibility }) => visibility === 'public'),
  };
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
