import type { SiteQuestion } from './access.ts';
import { DomainError } from './errors.ts';
import { isSet } from './is-set.ts';
import { checkListSize } from './list-size.ts';
import type { Page } from './page.ts';
import type { Pages } from './pages.ts';
import type { Storage, VisitPosition } from './ports.ts';
import type { Site } from './site.ts';
import type { Sites } from './sites.ts';
import type { Visit } from './visit.ts';

/** Visits in a page of history where nothing is asked for. */
export const DEFAULT_HISTORY_SIZE = 50;
/** Most visits in a page of history. */
export const MAX_HISTORY_SIZE = 1_000;
// Large enough that the queries do not dominate, small enough that a slow reader holds little.
const STREAM_CHUNK = 1_000;

/** A part of a list from either end, as Relay's cursor connections have it. */
export interface HistoryArguments {
  readonly first?: number | null | undefined;
  readonly after?: VisitPosition | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: VisitPosition | null | undefined;
}

export interface HistoryPage {
  readonly page: Page;
  /** Newest first. */
  readonly visits: readonly Visit[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** The visits of a page. */
export interface History {
  /**
   * @throws DomainError `INVALID_ARGUMENT`, `INVALID_PATH`, `PAGE_NOT_FOUND` or of {@link Sites.find}
   */
  read(question: SiteQuestion, path: string, range: HistoryArguments): Promise<HistoryPage>;
  /** All visits of a page in chunks, oldest first, for as many as there are. @throws as {@link read} */
  stream(
    question: SiteQuestion,
    path: string,
  ): Promise<{ readonly site: Site; readonly chunks: AsyncIterable<readonly Visit[]> }>;
}

export function createHistory(storage: Pick<Storage, 'visits'>, sites: Sites, pages: Pages): History {
  async function findPage(question: SiteQuestion, path: string): Promise<{ site: Site; page: Page }> {
    const { site } = await sites.readPage(question, 'HISTORY', path);
    return { site, page: await pages.existing(site, path) };
  }

  async function* chunks(page: Page): AsyncGenerator<readonly Visit[]> {
    let after: VisitPosition | undefined;
    while (true) {
      const visits = await storage.visits({
        siteId: page.siteId,
        pageId: page.id,
        order: 'oldest first',
        after,
        limit: STREAM_CHUNK,
      });
      if (visits.length > 0) yield visits;
      if (visits.length < STREAM_CHUNK) return;
      after = visits.at(-1);
    }
  }

  return {
    async read(question, path, range) {
      const size = sizeOf(range);
      const { page } = await findPage(question, path);
      const backwards = typeof range.last === 'number';
      const visits = await storage.visits({
        siteId: page.siteId,
        pageId: page.id,
        // Reading backwards walks from the old end, so that the limit cuts at the right side.
        order: backwards ? 'oldest first' : 'newest first',
        after: (backwards ? range.before : range.after) ?? undefined,
        before: (backwards ? range.after : range.before) ?? undefined,
        // One more tells whether there is more.
        limit: size + 1,
      });
      const more = visits.length > size;
      if (more) visits.pop();
      if (backwards) visits.reverse();
      return {
        page,
        visits,
        hasNextPage: backwards ? isSet(range.before) : more,
        hasPreviousPage: backwards ? more : isSet(range.after),
      };
    },
    async stream(question, path) {
      const { site, page } = await findPage(question, path);
      return { site, chunks: chunks(page) };
    },
  };
}

function sizeOf({ first, last }: HistoryArguments): number {
  if (isSet(first) && isSet(last)) {
    throw new DomainError('INVALID_ARGUMENT', 'first and last are both given; ask for one end of the list.');
  }
  const [name, size] = isSet(last)
    ? (['last', last] as const)
    : (['first', first ?? DEFAULT_HISTORY_SIZE] as const);
  checkListSize(name, size, MAX_HISTORY_SIZE);
  return size;
}
