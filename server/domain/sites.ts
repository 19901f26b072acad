import type { Access, Reader, SiteQuestion } from './access.ts';
import type { Caller } from './caller.ts';
import { DomainError } from './errors.ts';
import { isSet } from './is-set.ts';
import type { Clock, Storage } from './ports.ts';
import type { Site } from './site.ts';

/** What tells the site of a tracking request. */
type Sender = Pick<Caller, 'origin'>;

// Sites change rarely, and a change made by another process may take this long to be seen.
const REFRESH_INTERVAL_MS = 5_000;

/** Finds the site that a request is about. */
export interface Sites {
  /** Those that the reader may read, in the order they were created. @throws DomainError `INVALID_TOKEN` */
  all(reader: Reader): Promise<readonly Site[]>;
  /**
   * The site to read: the named one, or the only one where none is named. One that the reader may not read is as
   * unknown as one that is not there. Whatever tells figures finds its site here.
   * @throws DomainError `INVALID_TOKEN`, `SITE_NOT_FOUND` or `SITE_REQUIRED`
   */
  find(question: SiteQuestion): Promise<Site>;
  /**
   * The site that a tracking request belongs to: that of its origin where it has one, which a named site must agree
   * with; else the named or the only one. Those who read its pages have no token, so it may be private.
   * @throws DomainError `ORIGIN_NOT_ALLOWED`, `SITE_NOT_FOUND` or `SITE_REQUIRED`
   */
  tracked(slug: string | null | undefined, sender: Sender): Promise<Site>;
  /** @throws DomainError `SITE_NOT_FOUND` where it is gone, `ORIGIN_NOT_ALLOWED` where the caller's is another's */
  ofVisit(siteId: number, sender: Sender): Promise<Site>;
  /** Whether a browser may read answers to tracking requests from this origin. */
  allowsOrigin(origin: string): Promise<boolean>;
}

export interface SitesOptions {
  readonly storage: Pick<Storage, 'sites'>;
  readonly access: Access;
  readonly clock: Clock;
}

/** Keeps the sites in memory and serves them on while the database is away. */
export function createSites({ storage, access, clock }: SitesOptions): Sites {
  let sites: readonly Site[] | undefined;
  let byOrigin = new Map<string, Site>();
  let loadedAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | undefined;

  function load(): Promise<void> {
    loadedAt = clock();
    loading ??= storage
      .sites()
      .then((loaded) => {
        sites = loaded;
        byOrigin = new Map(loaded.flatMap((site) => site.baseUrls.map((origin) => [origin, site])));
      })
      .finally(() => {
        loading = undefined;
      });
    return loading;
  }

  async function known(): Promise<readonly Site[]> {
    if (!sites) await load();
    // The sites known so far are good enough to answer with, and all there is while the database is away.
    else if (clock() - loadedAt >= REFRESH_INTERVAL_MS) load().catch(() => {});
    return sites ?? [];
  }

  async function siteOfOrigin(origin: string): Promise<Site> {
    await known();
    const site = byOrigin.get(origin);
    if (!site) {
      throw new DomainError('ORIGIN_NOT_ALLOWED', `${shown(origin)} is not a base URL of any site here.`);
    }
    return site;
  }

  return {
    all: async (reader) => access.readable(await known(), reader),
    find: async ({ site, reader }) => choose(access.readable(await known(), reader), site),
    async tracked(slug, { origin }) {
      if (origin === null) return choose(await known(), slug);
      const site = await siteOfOrigin(origin);
      if (isSet(slug) && slug !== site.slug) {
        // Pages of other sites are not told that there is a private one.
        choose(access.readable(await known(), { token: null }), slug);
        throw new DomainError(
          'ORIGIN_NOT_ALLOWED',
          `${shown(origin)} is not a base URL of the site ${slug}.`,
        );
      }
      return site;
    },
    async ofVisit(siteId, { origin }) {
      const site = (await known()).find((candidate) => candidate.id === siteId);
      if (!site) throw new DomainError('SITE_NOT_FOUND', 'The site of this visit is gone.');
      if (origin !== null && (await siteOfOrigin(origin)).id !== siteId) {
        throw new DomainError(
          'ORIGIN_NOT_ALLOWED',
          `${shown(origin)} is not a base URL of the visit's site.`,
        );
      }
      return site;
    },
    async allowsOrigin(origin) {
      await known();
      return byOrigin.has(origin);
    },
  };
}

/** The one with the slug, or the only one where none is given. */
function choose(sites: readonly Site[], slug: string | null | undefined): Site {
  if (isSet(slug)) {
    const site = sites.find((candidate) => candidate.slug === slug);
    if (site) return site;
    throw new DomainError('SITE_NOT_FOUND', `There is no site ${JSON.stringify(slug.slice(0, 100))}.`);
  }
  const [only, another] = sites;
  if (!only) {
    throw new DomainError('SITE_NOT_FOUND', 'The instance has no site that may be read without a token.');
  }
  if (another) {
    throw new DomainError('SITE_REQUIRED', 'The instance has several sites: say which with `site`.');
  }
  return only;
}

function shown(origin: string): string {
  return `The origin ${JSON.stringify(origin.slice(0, 100))}`;
}
