import type { SiteQuestion } from './access.ts';
import type { CountQuestion } from './counted.ts';
import { DomainError } from './errors.ts';
import { isSet } from './is-set.ts';
import { checkListSize } from './list-size.ts';
import type { PageCount, PageCountRequest } from './page.ts';
import { normalisePath } from './path.ts';
import type { Storage } from './ports.ts';
import type { Site } from './site.ts';
import type { Sites } from './sites.ts';
import { checkText } from './text.ts';

/** Most pages that one list of counts holds. */
export const MAX_COUNTS = 10_000;
/** Longest text that paths are searched for. */
export const MAX_SEARCH = 200;

/** All-time figures of pages. */
export interface Counts {
  /**
   * Visits or views of a page, 0 where it is unknown, or of all pages of the site.
   * @throws DomainError `INVALID_PATH` or of {@link Sites.find}
   */
  count(question: SiteQuestion, what: CountQuestion): Promise<number>;
  /**
   * Pages with at least one visit.
   * @throws DomainError `INVALID_ARGUMENT`, `INVALID_PATH`, `PAGE_NOT_FOUND` or of {@link Sites.find}
   */
  counts(question: SiteQuestion, list: CountsList): Promise<PageCount[]>;
}

/** A part of the list of pages. */
export interface CountsList {
  /** How many at most, 1 to {@link MAX_COUNTS}. */
  readonly first: number;
  /** Most visited first, or by path. Default: by count. */
  readonly orderBy?: PageCountRequest['orderBy'] | null | undefined;
  /** Only paths that contain this text, whatever the case of ASCII letters; at most {@link MAX_SEARCH} characters. */
  readonly search?: string | null | undefined;
  /** Path of the last page of the part before. Counts that change meanwhile can move a page over this border. */
  readonly after?: string | null | undefined;
}

export function createCounts(
  storage: Pick<Storage, 'pageTotals' | 'siteTotals' | 'pageCounts'>,
  sites: Sites,
): Counts {
  return {
    async count(question, { path, of }) {
      const { site, page } = await sites.read(question, 'COUNTS', path);
      const totals = await (page === null ? storage.siteTotals(site.id) : storage.pageTotals(site.id, page));
      return totals[of ?? 'visits'];
    },
    async counts(question, { first, orderBy, search, after }) {
      checkListSize('first', first, MAX_COUNTS);
      if (search) checkText('search', search, MAX_SEARCH);
      const { site } = await sites.read(question, 'COUNTS', null);
      return storage.pageCounts(site.id, {
        orderBy: orderBy ?? 'count',
        search: search ?? null,
        after: await placeOf(site, after),
        limit: first,
      });
    },
  };

  async function placeOf(site: Site, path: string | null | undefined): Promise<PageCount | null> {
    if (!isSet(path)) return null;
    const page = normalisePath(path, site.pathPatterns).page;
    const { visits: count } = await storage.pageTotals(site.id, page);
    if (count > 0) return { path: page, count };
    throw new DomainError(
      'PAGE_NOT_FOUND',
      `after is ${JSON.stringify(path.slice(0, 100))}, which is no page with a visit; it must be the path of one.`,
    );
  }
}
