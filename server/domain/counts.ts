import { DomainError } from './errors.ts';
import type { PageCount } from './page.ts';
import { normalisePath } from './path.ts';
import type { Storage } from './ports.ts';
import type { Sites } from './sites.ts';

/** Most pages that one list of counts holds. */
export const MAX_COUNTS = 10_000;

/** All-time figures of pages. */
export interface Counts {
  /** Visits of a page; 0 where the page is unknown. @throws DomainError `INVALID_PATH` or of {@link Sites.find} */
  count(site: string | null | undefined, path: string): Promise<number>;
  /** Visits of all pages of a site. @throws DomainError of {@link Sites.find} */
  total(site: string | null | undefined): Promise<number>;
  /**
   * Pages with at least one visit, most first.
   * @param first how many at most, 1 to {@link MAX_COUNTS}
   * @throws DomainError `INVALID_ARGUMENT` or of {@link Sites.find}
   */
  counts(site: string | null | undefined, first: number): Promise<PageCount[]>;
}

export function createCounts(
  storage: Pick<Storage, 'pageVisits' | 'siteVisits' | 'pageCounts'>,
  sites: Sites,
): Counts {
  return {
    async count(slug, path) {
      const site = await sites.find(slug);
      return storage.pageVisits(site.id, normalisePath(path, site.pathPatterns).page);
    },
    async total(slug) {
      return storage.siteVisits((await sites.find(slug)).id);
    },
    async counts(slug, first) {
      if (!Number.isInteger(first) || first < 1 || first > MAX_COUNTS) {
        throw new DomainError('INVALID_ARGUMENT', `first is ${first}; it must be from 1 to ${MAX_COUNTS}.`);
      }
      return storage.pageCounts((await sites.find(slug)).id, first);
    },
  };
}
