import {
  type Access,
  checkReading,
  type Grant,
  mayDo,
  mayKnow,
  type Reader,
  type SiteQuestion,
} from './access.ts';
import type { Caller } from './caller.ts';
import type { Filter } from './dimensions/dimension.ts';
import { DomainError } from './errors.ts';
import { isSet } from './is-set.ts';
import { normalisePath } from './path.ts';
import type { Clock, Storage } from './ports.ts';
import type { FigureKind, Site } from './site.ts';
import type { Restriction } from './token.ts';

/** What tells the site of a tracking request. */
type Sender = Pick<Caller, 'origin'>;

// Sites change rarely, so a change made by another process may take a while to be seen.
const REFRESH_INTERVAL_MS = 5_000;
// What is older is read again before it answers: a site may have been made private since the last request.
const OLDEST_MS = 10_000;

/** A site that figures are asked of. What the reader may read of it depends on which, so it is given for those. */
export interface KnownSite extends Pick<Site, 'slug' | 'pathPatterns'> {
  /** What alone the reader's token may read; statistics see to the range. */
  readonly restriction: Restriction | null;
  /**
   * The site, for figures of visits with these values, or of all.
   * @throws DomainError `FORBIDDEN`
   */
  open(filter: Filter): Site;
}

/** A site and one of its pages, by the name that it has there; null for the site as a whole. */
export interface SitePart {
  readonly site: Site;
  readonly page: string | null;
}

/** A site and one of its pages, which may have been visited or not. */
export interface PageOfSite extends SitePart {
  readonly page: string;
}

/** Finds the site that a request is about. Whatever tells figures finds its site with {@link Sites.read}. */
export interface Sites {
  /** Those that the reader may know of, in the order they were created. @throws DomainError `INVALID_TOKEN` */
  all(reader: Reader): Promise<readonly Site[]>;
  /**
   * The site that is meant, for what tells no figures: the named one, or that of the token, or the only one. One that
   * the reader may know nothing of is as unknown as one that is not there.
   * @throws DomainError `INVALID_TOKEN`, `SITE_NOT_FOUND` or `SITE_REQUIRED`
   */
  find(question: SiteQuestion): Promise<Site>;
  /** As {@link find}, for figures. */
  known(question: SiteQuestion, figures: FigureKind): Promise<KnownSite>;
  /**
   * As {@link known}, for figures of a page or of the site as a whole.
   * @throws DomainError `INVALID_PATH` or `FORBIDDEN`, or as {@link find}
   */
  read(question: SiteQuestion, figures: FigureKind, path: string | null | undefined): Promise<SitePart>;
  /** As {@link read}, for figures that only pages have. */
  readPage(question: SiteQuestion, figures: FigureKind, path: string): Promise<PageOfSite>;
  /** Makes the next request read the sites again, after they were changed here. */
  forget(): void;
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
  // When what is known was asked for, and when somebody last asked.
  let readAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let away = false;
  let loading: Promise<void> | undefined;

  function load(): Promise<void> {
    if (loading) return loading;
    const startedAt = clock();
    triedAt = startedAt;
    const reading = storage
      .sites()
      .then(
        (loaded) => {
          // A reading that a change overtook may have begun before it.
          if (loading === reading) readAt = startedAt;
          else if (sites) return;
          sites = loaded;
          byOrigin = new Map(loaded.flatMap((site) => site.baseUrls.map((origin) => [origin, site])));
          away = false;
        },
        (error) => {
          away = true;
          throw error;
        },
      )
      .finally(() => {
        if (loading === reading) loading = undefined;
      });
    loading = reading;
    return reading;
  }

  async function known(): Promise<readonly Site[]> {
    if (!sites) await load();
    const now = clock();
    const age = now - readAt;
    if (age >= REFRESH_INTERVAL_MS && (loading || now - triedAt >= REFRESH_INTERVAL_MS)) {
      const reading = load().catch(() => {});
      // While the database is away, the sites known so far are all there is.
      if (age >= OLDEST_MS && !away) await reading;
    }
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

  async function find({ site: slug, reader }: SiteQuestion): Promise<{ site: Site; grant: Grant | null }> {
    const grant = await access.grantOf(reader);
    const readable = (await known()).filter((site) => mayKnow(grant, site));
    const own = isSet(slug) ? undefined : readable.find(({ id }) => id === grant?.siteId);
    return { site: own ?? choose(readable, slug), grant };
  }

  async function knownSite(question: SiteQuestion, figures: FigureKind): Promise<KnownSite> {
    const { site, grant } = await find(question);
    const restriction = grant && mayDo(grant, 'READ', site) ? grant.restriction : null;
    return {
      slug: site.slug,
      pathPatterns: site.pathPatterns,
      restriction,
      open(filter) {
        checkReading(grant, site, { figures, filter });
        return site;
      },
    };
  }

  async function readPage(question: SiteQuestion, figures: FigureKind, path: string): Promise<PageOfSite> {
    const site = await knownSite(question, figures);
    const { page } = normalisePath(path, site.pathPatterns);
    return { site: site.open({ page }), page };
  }

  return {
    async all(reader) {
      const grant = await access.grantOf(reader);
      return (await known()).filter((site) => mayKnow(grant, site));
    },
    find: async (question) => (await find(question)).site,
    known: knownSite,
    async read(question, figures, path) {
      if (isSet(path)) return readPage(question, figures, path);
      return { site: (await knownSite(question, figures)).open({}), page: null };
    },
    readPage,
    forget() {
      readAt = Number.NEGATIVE_INFINITY;
      triedAt = Number.NEGATIVE_INFINITY;
      loading = undefined;
      away = false;
    },
    async tracked(slug, { origin }) {
      if (origin === null) return choose(await known(), slug);
      const site = await siteOfOrigin(origin);
      if (isSet(slug) && slug !== site.slug) {
        // Pages of other sites are not told that there is a private one.
        choose(
          (await known()).filter((other) => mayKnow(null, other)),
          slug,
        );
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
