import { documentOf } from '../client/document.ts';
import type { PageClient } from '../client/page-client.ts';
import { visitsOf } from '../client/visits-of.ts';
import type { Reading } from '../widget/reading.ts';
import type { SingleVisit, VisitsData } from './visits-data.ts';

/** Which part of the visits: the newest, or those next to a cursor. */
export type Stretch = { readonly after: string } | { readonly before: string } | 'newest';

/** Which visits to read. */
export interface VisitsAsked {
  readonly site: string | undefined;
  readonly path: string;
  /** How many at a time. */
  readonly size: number;
  readonly stretch: Stretch;
}

const VISITS =
  documentOf<Answer>(`query Visits($site:ID$path:String!$first:Int$after:String$last:Int$before:String){
site(id:$site){timeZone}
history(site:$site path:$path first:$first after:$after last:$last before:$before){totalCount
edges{node{id registeredAt referrer spentSeconds}}
pageInfo{hasNextPage hasPreviousPage startCursor endCursor}}}`);

interface Answer {
  readonly site: { readonly timeZone: string } | null;
  readonly history: {
    readonly totalCount: number;
    readonly edges: readonly { readonly node: SingleVisit }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly startCursor: string | null;
      readonly endCursor: string | null;
    };
  };
}

/** A part of the single visits of a page, and where the next ones are. */
export function visitsReading(asked: VisitsAsked): Reading<VisitsData> {
  const { site, path, stretch } = asked;
  return {
    key: JSON.stringify(asked),
    async read(client, signal) {
      const data = await readStretch(client, asked, signal);
      // Going back ends at the newest visits, of which there are as many as fit.
      const arrived = stretch !== 'newest' && 'before' in stretch && data.newer === null;
      return arrived ? readStretch(client, { ...asked, stretch: 'newest' }, signal) : data;
    },
    source: visitsOf(site, path),
  };
}

async function readStretch(
  client: PageClient,
  { size, stretch, ...page }: VisitsAsked,
  signal: AbortSignal,
): Promise<VisitsData> {
  const part =
    stretch === 'newest'
      ? { first: size }
      : 'before' in stretch
        ? { last: size, ...stretch }
        : { first: size, ...stretch };
  const { site, history } = await client.request(VISITS, { ...page, ...part }, { signal });
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = history.pageInfo;
  return {
    visits: history.edges.map(({ node }) => node),
    total: history.totalCount,
    newer: hasPreviousPage ? startCursor : null,
    older: hasNextPage ? endCursor : null,
    timeZone: site?.timeZone ?? null,
  };
}
