import type { RequestOptions } from './request-options.ts';

/** A part of a list that says where to read on. */
export interface Connection<Node = unknown> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** A part of a list: a connection, or entries of which each is known by its path. */
export type ListPage = Connection | readonly { readonly path: string }[];

/** What a loop over a list of such parts gets. */
export type EntryOf<Page extends ListPage> =
  Page extends Connection<infer Node> ? Node : Page extends readonly (infer Entry)[] ? Entry : never;

/**
 * A list that is read page by page. Awaited, it is its first page. In a `for await` loop it is each entry to the end of
 * the list, and each page is fetched when the loop gets there; `first` says how many are fetched at a time.
 *
 * With `last`, where a list takes that, it begins at the end and goes backwards: a loop over a list that has the newest
 * first gives the oldest first then.
 *
 * A page that cannot be had rejects with an `OxicountError`, in the loop too.
 */
export interface PagedList<Page extends ListPage> extends Promise<Page>, AsyncIterable<EntryOf<Page>> {
  /** The same, a page at a time. */
  pages(): AsyncIterable<Page>;
}

interface Range {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
}

/** Fetches the first page at once, and others as they are needed. */
export function createPagedList<Page extends ListPage>(
  fetchPage: (variables: Range, options?: RequestOptions) => Promise<Page>,
  variables: Range = {},
  options?: RequestOptions,
): PagedList<Page> {
  const start = fetchPage(variables, options);
  const backwards = variables.last != null;

  async function* pages() {
    for (let page = await start; ; ) {
      yield page;
      const cursor = cursorAfter(page);
      if (!cursor) return;
      page = await fetchPage({ ...variables, [backwards ? 'before' : 'after']: cursor }, options);
    }
  }

  /** Where the next page begins; nothing at the end of the list. */
  function cursorAfter(page: ListPage) {
    // An array, the only page with `at`, has no cursors. The list ends where there is less than was asked for.
    if ('at' in page) return page.length >= (variables.first ?? 1) && page.at(-1)?.path;
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    return backwards ? hasPreviousPage && startCursor : hasNextPage && endCursor;
  }

  return Object.assign(start, {
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) {
        const entries: readonly unknown[] = 'at' in page ? page : page.edges.map(({ node }) => node);
        yield* (backwards ? entries.toReversed() : entries) as EntryOf<Page>[];
      }
    },
  });
}
