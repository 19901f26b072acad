import type { SiteDeclaration } from '../domain/site.ts';
import type { Report } from './config-error.ts';
import { definitionOf } from './definitions.ts';
import type { AllGiven } from './given.ts';
import type { SiteDefaults } from './sites.ts';

/** Without a token nobody could read the figures of a private site, the demo site among them. */
export function reportUnreadable(
  given: AllGiven,
  sites: readonly SiteDeclaration[],
  defaults: SiteDefaults,
  report: Report,
): void {
  const all = sites.length > 0 ? sites : [defaults];
  if (given.values.has('admin_token') || all.every(({ visibility }) => visibility === 'public')) return;
  // The instance's own comes last: a site that says something else does not follow it.
  const said = [
    ...given.sites.map(({ values }) => values.get('sites.visibility')),
    given.values.get('visibility'),
  ].find((found) => found?.value === 'private');
  if (!said) return;
  report(
    `admin_token is missing: ${said.name} ${said.source.label} is "private", and nobody could read the figures ` +
      `without it. It should be ${definitionOf('admin_token').shape.right}`,
  );
}
