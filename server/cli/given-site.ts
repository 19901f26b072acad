import { DomainError } from '../domain/errors.ts';
import type { Site } from '../domain/site.ts';
import { noSite } from './no-site.ts';
import type { Opened } from './on-database.ts';

/** The site that a command was given, or the only one that there is. @throws DomainError `SITE_NOT_FOUND` or `SITE_REQUIRED` */
export async function givenSite({ config, storage }: Opened, slug: string | undefined): Promise<Site> {
  const all = await storage.administration.sites();
  // Whoever comes before the first start has sites in the configuration only.
  if (all.length === 0) await storage.declareSites(config.sites, Date.now());
  const sites = await storage.sites();
  if (slug !== undefined) {
    const site = sites.find((one) => one.slug === slug);
    if (!site) throw noSite(slug, all.length > 0 ? all : await storage.administration.sites());
    return site;
  }
  const [site, ...others] = sites;
  if (!site)
    throw new DomainError('SITE_NOT_FOUND', 'The instance has no site yet; oxicount site add makes one.');
  if (others.length === 0) return site;
  const slugs = sites.map((one) => one.slug).join(', ');
  throw new DomainError('SITE_REQUIRED', `There are several sites: --site must say which of ${slugs}.`);
}
