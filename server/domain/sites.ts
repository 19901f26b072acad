import type { Caller } from './caller.ts';
import { DomainError } from './errors.ts';
import type { Clock, Storage } from './ports.ts';
import type { Site } from './site.ts';

/** What tells the site of a tracking request. */
type Sender = Pick<Caller, 'origin'>;

// Sites change rarely, and a change made by another process may take this long to be seen.
const REFRESH_INTERVAL_MS = 5_000;

/** Finds the site that a request is about. */
export interface Sites {
  all(): Promise<readonly Site[]>;
  /**
   * The named site, or the only one where none is named.
   * @throws DomainError `SITE_NOT_FOUND` or `SITE_REQUIRED`
   */
  find(slug: string | null | undefined): Promise<Site>;
  /**
   * The site that a tracking request belongs to: that of its origin where it has one, which a named site must agree
   * with; else as {@link find}.
   * @throws DomainError `ORIGIN_NOT_ALLOWED`, `SITE_NOT_FOUND` or `SITE_REQUIRED`
   */
  tracked(slug: string | null | undefined, sender: Sender): Promise<Site>;
  /** @throws DomainError `SITE_NOT_FOUND` where it is gone, `ORIGIN_NOT_ALLOWED` where the caller's is another's */
  ofVisit(siteId: number, sender: Sender): Promise<Site>;
  /** Whether a browser may read answers to tracking requests from this origin. */
  allowsOrigin(origin: string): Promise<boolean>;
}

/** Keeps the sites in memory and serves them on while the database is away. */
export function createSites(storage: Pick<Storage, 'sites'>, clock: Clock): Sites {
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

  async function all(): Promise<readonly Site[]> {
    if (!sites) await load();
    // The sites known so far are good enough to answer with, and all there is while the database is away.
    else if (clock() - loadedAt >= REFRESH_INTERVAL_MS) load().catch(() => {});
    return sites ?? [];
  }

  async function find(slug: string | null | undefined): Promise<Site> {
    const known = await all();
    if (slug !== null && slug !== undefined) {
      const site = known.find((candidate) => candidate.slug === slug);
      if (!site)
        throw new DomainError('SITE_NOT_FOUND', `There is no site ${JSON.stringify(slug.slice(0, 100))}.`);
      return site;
    }
    const [only, another] = known;
    if (!only) throw new DomainError('SITE_NOT_FOUND', 'The instance has no site yet.');
    if (another)
      throw new DomainError('SITE_REQUIRED', 'The instance has several sites: say which with `site`.');
    return only;
  }

  async function siteOfOrigin(origin: string): Promise<Site> {
    await all();
    const site = byOrigin.get(origin);
    if (!site) {
      throw new DomainError('ORIGIN_NOT_ALLOWED', `${shown(origin)} is not a base URL of any site here.`);
    }
    return site;
  }

  return {
    all,
    find,
    async tracked(slug, { origin }) {
      if (origin === null) return find(slug);
      const site = await siteOfOrigin(origin);
      if (slug !== null && slug !== undefined && (await find(slug)).id !== site.id) {
        throw new DomainError(
          'ORIGIN_NOT_ALLOWED',
          `${shown(origin)} is not a base URL of the site ${slug}.`,
        );
      }
      return site;
    },
    async ofVisit(siteId, { origin }) {
      const site = (await all()).find((candidate) => candidate.id === siteId);
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
      await all();
      return byOrigin.has(origin);
    },
  };
}

function shown(origin: string): string {
  return `The origin ${JSON.stringify(origin.slice(0, 100))}`;
}
