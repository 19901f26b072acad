import { operator } from '../domain/access.ts';
import type { AdministeredSite } from '../domain/site.ts';
import { noSite } from './no-site.ts';
import type { Instance } from './on-instance.ts';

/** The site with the slug, whatever its state. @throws DomainError `SITE_NOT_FOUND`, which says what there is */
export async function knownSite({ administration }: Instance, slug: string): Promise<AdministeredSite> {
  const sites = await administration.all(operator);
  const site = sites.find((one) => one.slug === slug);
  if (!site) throw noSite(slug, sites);
  return site;
}
