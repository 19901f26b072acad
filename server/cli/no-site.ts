import { DomainError } from '../domain/errors.ts';
import type { Site } from '../domain/site.ts';

/** The refusal of a site that a command was to work on. */
export function noSite(slug: string, sites: readonly Site[]): DomainError {
  const known = sites.map((site) => site.slug).join(', ') || 'none yet';
  return new DomainError(
    'SITE_NOT_FOUND',
    `There is no site ${JSON.stringify(slug.slice(0, 100))}; there is: ${known}. Sites of the configuration are there once the service has started.`,
  );
}
