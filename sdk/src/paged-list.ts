import type { RequestOptions } from './request-options.ts';

/** What a page of a list has, so that it can be read on from. */
export interface ListPage {
  readonly edges: readonly { readonly node: unknown }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/**
 * A list that is read page by page. Awaited, it is its first page. In a `for await` loop it is each node to the end of
 * the list, and each page is fetched when the loop gets there; `first` says how many are fetched at a time.
 *
 * With `last` it begins at the end and goes backwards: a loop over a list that has the newest first gives the oldest
 * first then.
 *
 * A page that cannot be had rejects with an `OxicountError`, in the loop too.
 */
export interface PagedList<Page extends ListPage>
  extends Promise<Page>,
    AsyncIterable<Page['edges'][number]['node']> {
  /** The same, a page at a time. */
  pages(): AsyncIterable<Page>;
}

interface Range {
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
}

/** Fetches the first page at once, and others as they are needed. */
export function createPagedList<Page extends ListPage, Of extends Range>(
  fetchPage: (variables: Of, options?: RequestOptions) => Promise<Page>,
  variables: Of,
  options?: RequestOptions,
): PagedList<Page> {
  const first = fetchPage(variables, options);
  const backwards = variables.last != null;

  async function* pages() {
    for (let page = await first; ; ) {
      yield page;
      const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
      if (!(backwards ? hasPreviousPage : hasNextPage)) return;
      page = await fetchPage(
        { ...variables, ...(backwards ? { before: startCursor } : { after: endCursor }) },
        options,
      );
    }
  }

  return Object.assign(first, {
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const { edges } of pages()) {
        for (const { node } of backwards ? edges.toReversed() : edges) yield node;
      }
    },
  });
}
