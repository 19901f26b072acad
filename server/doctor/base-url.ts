import { broken, type Check, type Finding, fine, warning } from './finding.ts';
import type { KnownSite } from './known-sites.ts';

/** Where browsers are sent, compared with where the sites are. */
export interface Addresses {
  /** As it is set; null where it is not. */
  readonly baseUrl: string | null;
  /** Where this instance listens. */
  readonly local: string;
  readonly sites: readonly Pick<KnownSite, 'slug' | 'baseUrls'>[];
}

/** Whether readers of the sites can reach what `count.js` tells them to. */
export function baseUrlCheck(
  baseUrl: string | null,
  local: string,
  sites: () => Promise<readonly KnownSite[]>,
): Check {
  return {
    group: 'Configuration',
    name: 'base_url',
    limitMs: 8_000,
    look: async () => judgeBaseUrl({ baseUrl, local, sites: await sites() }),
  };
}

export function judgeBaseUrl({ baseUrl, local, sites }: Addresses): Finding {
  const base = baseUrl ?? local;
  const origins = sites.flatMap((site) => site.baseUrls);
  const elsewhere = origins.find((origin) => !isHere(origin));
  const encrypted = origins.find((origin) => origin.startsWith('https:'));
  if (elsewhere !== undefined && isHere(base)) {
    return broken(
      baseUrl === null ? `missing, and so ${local}` : `${baseUrl}, which only this machine can reach`,
      `The readers of ${elsewhere} are told to report there, that is to their own machines: nothing is counted. Set OXICOUNT_BASE_URL to where browsers reach this instance, such as https://count.example.`,
    );
  }
  if (encrypted !== undefined && base.startsWith('http:') && !isHere(base)) {
    return broken(
      `${base}, while ${encrypted} is served over https`,
      'Browsers refuse to load a script over http from a page that came over https. Put a proxy with a certificate in front, and begin OXICOUNT_BASE_URL with https://.',
    );
  }
  // Below a path of its own it takes nothing from the site.
  const shared = sites.find((site) => site.baseUrls.includes(base));
  if (shared !== undefined) {
    return warning(
      `${base} is an address of the site ${shared.slug}, too`,
      `One of the two answers there: pages that have the same paths as the instance, such as /, cannot be told apart. Give the instance a name of its own, such as count.example, or a path, such as ${base}/count.`,
    );
  }
  if (base.startsWith('http:') && !isHere(base)) {
    return warning(
      `${base} is not encrypted`,
      'Whoever is on the way can read tokens and what is counted. Put a proxy with a certificate in front, and begin OXICOUNT_BASE_URL with https://.',
    );
  }
  return fine(baseUrl === null ? `missing, and so ${local}` : base);
}

/** Whether an origin is one that means another machine to everybody. */
function isHere(origin: string): boolean {
  const { hostname } = new URL(origin);
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    hostname === '0.0.0.0' ||
    hostname === '[::]' ||
    hostname.startsWith('127.')
  );
}
