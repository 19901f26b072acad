import { LRUCache } from 'lru-cache';
import pLimit, { type LimitFunction } from 'p-limit';
import { DomainError } from './errors.ts';
import type { Page } from './page.ts';
import { normalisePath } from './path.ts';
import type { Clock, OriginProbe, Storage } from './ports.ts';
import type { Site } from './site.ts';

/** Bounds of path validation. */
export const VALIDATION = {
  /** Requests to one site at one time. */
  concurrency: 8,
  /** Paths of one site that may wait for their turn; more are refused with `UNAVAILABLE`. */
  queue: 1_000,
  /** How long a path that the site does not have is refused without asking again. */
  missingMs: 60_000,
  /** How long a path is refused after the site could not be asked. */
  unreachableMs: 10_000,
  /** Refusals remembered at most. */
  refusals: 10_000,
} as const;
const CACHED_PAGES = 50_000;

type Refusal = 'missing' | 'unreachable';

/** Finds the page of a path, and validates paths that were never seen before. */
export interface Pages {
  /** The page of a path that was validated before, or null. @throws DomainError `INVALID_PATH` */
  find(site: Site, path: string): Promise<Page | null>;
  /** As {@link find}, for what only makes sense of a page. @throws DomainError `INVALID_PATH` or `PAGE_NOT_FOUND` */
  existing(site: Site, path: string): Promise<Page>;
  /**
   * The page of a path. At its first sight the site is asked whether it has it, once, however many ask for it.
   * @throws DomainError `INVALID_PATH`, `PAGE_NOT_FOUND`, `SITE_UNREACHABLE`, `UNAVAILABLE` or that of `admit`
   */
  findOrValidate(site: Site, path: string, options?: ValidationOptions): Promise<Page>;
  /** Forgets a page that is no longer in the database. */
  forget(siteId: number, pageId: number): void;
}

export interface ValidationOptions {
  /** Asked before the site is; where it rejects, the site is not asked. Default: it is. */
  readonly admit?: () => Promise<void>;
}

export interface PagesOptions {
  readonly storage: Pick<Storage, 'findPage' | 'addPage'>;
  readonly probe: OriginProbe;
  readonly clock: Clock;
}

/** A path that is looked for. */
interface Sought extends ValidationOptions {
  readonly site: Site;
  /** The page that it belongs to. */
  readonly page: string;
  /** What the site is asked for. */
  readonly request: string;
  /** Names the question, for others who wait for its answer. */
  readonly asked: string;
}

export function createPages({ storage, probe, clock }: PagesOptions): Pages {
  const known = new LRUCache<string, Page>({ max: CACHED_PAGES });
  const refusals = new LRUCache<string, { refusal: Refusal; until: number }>({ max: VALIDATION.refusals });
  const underway = new Map<string, Promise<Page>>();
  const limits = new Map<number, LimitFunction>();

  /** A site that is slow to answer keeps no other site waiting. */
  function limitOf(site: Site): LimitFunction {
    let limit = limits.get(site.id);
    if (!limit) {
      limit = pLimit(VALIDATION.concurrency);
      limits.set(site.id, limit);
    }
    return limit;
  }

  async function find(site: Site, page: string): Promise<Page | null> {
    const key = keyOf(site.id, page);
    const cached = known.get(key);
    if (cached) return cached;
    const found = await storage.findPage(site.id, page);
    if (found) known.set(key, found);
    return found;
  }

  async function validate({ site, page, request, asked, admit }: Sought): Promise<Page> {
    const found = await find(site, page);
    if (found) return found;
    const refused = refusals.get(asked);
    if (refused && clock() < refused.until) throw refusal(refused.refusal, page);
    await admit?.();
    const limit = limitOf(site);
    if (limit.pendingCount >= VALIDATION.queue) {
      throw new DomainError('UNAVAILABLE', 'Too many new pages are being validated.', { retryAfterSecs: 5 });
    }
    const outcome = await limit(() => probe(site.callbackOrigin, request));
    if (outcome !== 'exists') {
      const memory = outcome === 'missing' ? VALIDATION.missingMs : VALIDATION.unreachableMs;
      refusals.set(asked, { refusal: outcome, until: clock() + memory });
      throw refusal(outcome, page);
    }
    const added = await storage.addPage(site.id, page, clock());
    known.set(keyOf(site.id, page), added);
    return added;
  }

  return {
    async find(site, path) {
      return find(site, normalisePath(path, site.pathPatterns).page);
    },
    async existing(site, path) {
      const { page } = normalisePath(path, site.pathPatterns);
      const found = await find(site, page);
      if (found) return found;
      throw new DomainError(
        'PAGE_NOT_FOUND',
        `The site ${site.slug} has no page ${JSON.stringify(page)} yet.`,
      );
    },
    async findOrValidate(site, path, options) {
      const { page, request } = normalisePath(path, site.pathPatterns);
      const cached = known.get(keyOf(site.id, page));
      if (cached) return cached;
      // What the site says of one path says nothing of the others that a pattern folds into the same page.
      const asked = keyOf(site.id, normalisePath(path).page);
      let validation = underway.get(asked);
      if (!validation) {
        validation = validate({ site, page, request, asked, ...options }).finally(() =>
          underway.delete(asked),
        );
        underway.set(asked, validation);
      }
      return validation;
    },
    forget(siteId, pageId) {
      for (const [key, page] of known.entries()) {
        if (page.siteId === siteId && page.id === pageId) known.delete(key);
      }
    },
  };
}

function keyOf(siteId: number, page: string): string {
  return `${siteId}:${page}`;
}

function refusal(kind: Refusal, page: string): DomainError {
  return kind === 'missing'
    ? new DomainError('PAGE_NOT_FOUND', `The site has no page ${page}.`)
    : new DomainError('SITE_UNREACHABLE', `The site did not answer whether it has ${page}.`, {
        retryAfterSecs: VALIDATION.unreachableMs / 1000,
      });
}
