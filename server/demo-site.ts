import type { NewSiteDefaults } from './config/config.ts';
import type { SiteDeclaration } from './domain/site.ts';

/**
 * The site of an instance without configuration: its own demo pages, counted and validated as any other site's. It
 * can be opened under every name that this machine has for itself.
 */
export function demoSite(options: {
  readonly baseUrl: string;
  /** Where the instance listens. */
  readonly local: string;
  readonly config: NewSiteDefaults;
}): SiteDeclaration {
  const { baseUrl, local, config } = options;
  const { port } = new URL(local);
  const origins = [baseUrl, local, `http://localhost:${port}`, `http://127.0.0.1:${port}`];
  return {
    slug: 'demo',
    name: 'Demo blog',
    baseUrls: [...new Set(origins.map((origin) => new URL(origin).origin))],
    callbackOrigin: new URL(local).origin,
    timeZone: config.timeZone,
    minDelaySecs: config.minDelaySecs,
    pathPatterns: [],
    publicPages: config.publicPages,
    publicFigures: config.publicFigures,
    respectDnt: config.respectDnt,
    retentionDays: config.retentionDays,
    visibility: config.visibility,
  };
}
