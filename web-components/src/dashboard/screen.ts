import type { Copying } from './copying.ts';
import type { Site } from './operations.ts';
import type { Place } from './place.ts';

/** What every part of the dashboard may need to draw itself. */
export interface Screen {
  readonly language: string | undefined;
  /** Base address of the instance, with a slash at its end. */
  readonly instance: string;
  readonly sites: readonly Site[];
  readonly site: Site;
  readonly copying: Copying;
  /** Address of a place within the dashboard. */
  readonly address: (place: Omit<Place, 'site'>) => string;
}

/** The site that a newcomer finds: the instance's own demo pages. */
export const DEMO_SITE = 'demo';

/** The line that an owner pastes into the pages of a site. */
export function snippetFor({ instance, sites, site }: Pick<Screen, 'instance' | 'sites' | 'site'>): string {
  const script = new URL('count.js', instance).href;
  // Slugs hold letters, digits and hyphens; anything else would have to be escaped here.
  const attribute = sites.length > 1 ? ` data-site="${site.id.replace(/[^\w-]/g, '')}"` : '';
  return `<script defer src="${script}"${attribute}></script>`;
}

/** `1 visit`, `2 visits`. */
export function visitsWord(count: number): string {
  return count === 1 ? 'visit' : 'visits';
}
