import { DomainError } from '../domain/errors.ts';
import type { AdministeredSite } from '../domain/site.ts';

/**
 * The refusal of a site that a command was to work on.
 * @param sites all, archived ones and those that are being deleted included
 */
export function noSite(slug: string, sites: readonly AdministeredSite[]): DomainError {
  return new DomainError('SITE_NOT_FOUND', reasonOf(slug, sites));
}

function reasonOf(slug: string, sites: readonly AdministeredSite[]): string {
  const found = sites.find((site) => site.slug === slug);
  if (found && found.deletedAt !== null) return `The site ${slug} is being deleted.`;
  if (found) return `The site ${slug} is archived; oxicount site restore ${slug} makes it active again.`;
  const known = sites.map((site) => site.slug).join(', ') || 'none yet';
  return `There is no site ${JSON.stringify(slug.slice(0, 100))}; there is: ${known}. Sites of the configuration are there once the service has started.`;
}
