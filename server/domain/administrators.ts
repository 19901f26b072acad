import { type Access, forbidden, type Grant, mayDo, mayKnow, type Reader } from './access.ts';
import { DomainError } from './errors.ts';
import type { Storage } from './ports.ts';
import { allows } from './scope.ts';
import type { AdministeredSite } from './site.ts';

/** Somebody who may change a site. */
export interface SiteAdministrator {
  readonly grant: Grant;
  readonly site: AdministeredSite;
}

/** Tells who may change what. */
export interface Administrators {
  /** @throws DomainError `INVALID_TOKEN` or `FORBIDDEN` */
  ofInstance(reader: Reader): Promise<Grant>;
  /**
   * @throws DomainError `INVALID_TOKEN`, `FORBIDDEN`, or `SITE_NOT_FOUND` for a site that is none to the reader
   */
  ofSite(reader: Reader, slug: string): Promise<SiteAdministrator>;
  /** What the reader may see of all that is administered. @throws as {@link ofInstance} */
  ofAny(reader: Reader): Promise<Grant>;
}

export interface AdministratorsOptions {
  readonly storage: Pick<Storage, 'administration'>;
  readonly access: Access;
}

export function createAdministrators({ storage, access }: AdministratorsOptions): Administrators {
  /** Nobody without a token is told whether what they would change is there. */
  async function known(reader: Reader): Promise<Grant> {
    const grant = await access.grantOf(reader);
    if (grant) return grant;
    throw forbidden(
      'This needs a token that administers the site or the instance. Send it as a bearer token.',
    );
  }

  return {
    async ofInstance(reader) {
      const grant = await known(reader);
      if (grant.siteId === null && allows(grant.scopes, 'ADMINISTER_INSTANCE')) return grant;
      throw forbidden(
        `The token ${JSON.stringify(grant.name)} is not one that administers the instance: its scopes are ${grant.scopes.join(', ')}.`,
      );
    },
    async ofSite(reader, slug) {
      const grant = await known(reader);
      const site = (await storage.administration.sites()).find((candidate) => candidate.slug === slug);
      if (site && mayDo(grant, 'ADMINISTER_SITE', site)) return { grant, site };
      if (site && site.archivedAt === null && mayKnow(grant, site)) {
        throw forbidden(
          `The token ${JSON.stringify(grant.name)} is not one that administers the site ${slug}: its scopes are ${grant.scopes.join(', ')}.`,
        );
      }
      throw new DomainError('SITE_NOT_FOUND', `There is no site ${JSON.stringify(slug.slice(0, 100))}.`);
    },
    async ofAny(reader) {
      const grant = await known(reader);
      if (allows(grant.scopes, 'ADMINISTER_SITE')) return grant;
      throw forbidden(
        `The token ${JSON.stringify(grant.name)} is not one that administers anything: its scopes are ${grant.scopes.join(', ')}.`,
      );
    },
  };
}
