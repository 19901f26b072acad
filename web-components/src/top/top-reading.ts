import { documentOf } from '../client/document.ts';
import type { PageClient } from '../client/page-client.ts';
import { enumName } from '../widget/enum-name.ts';
import type { StatsFilter } from '../widget/panel-element.ts';
import type { StatsRange } from '../widget/range.ts';
import type { Order } from './order.ts';
import type { TopData } from './top-data.ts';

/** Which values to read. */
export interface TopAsked {
  readonly site: string | undefined;
  readonly range: StatsRange | undefined;
  readonly filter: StatsFilter | undefined;
  /** As the `dimension` attribute names it. */
  readonly dimension: string;
  readonly order: Order;
}

/** Which part of them. */
export interface TopPart {
  /** How many at most, from 1 to 1000. */
  readonly first: number;
  /** Only those after this cursor. */
  readonly after?: string | undefined;
}

type Figures = Readonly<Record<string, number | null>>;

interface Answer {
  readonly site: { readonly baseUrls: readonly string[] } | null;
  readonly stats: {
    readonly totals: Figures;
    readonly top: {
      readonly edges: readonly {
        readonly node: { readonly value: string; readonly share: number | null; readonly figures: Figures };
      }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

/** Reads a part of the values, and what they are a part of, in one request. */
export async function readTop(
  client: Pick<PageClient, 'request'>,
  { order: { field, name }, dimension, ...asked }: TopAsked,
  part: TopPart,
  signal: AbortSignal,
): Promise<TopData> {
  const document =
    'query Top($site:ID$range:StatsRange$filter:StatsFilter$dimension:Dimension!$first:Int$after:String$orderBy:TopOrder!){' +
    `site(id:$site){baseUrls}stats(site:$site range:$range filter:$filter){totals{${field}}` +
    'top(dimension:$dimension first:$first after:$after orderBy:$orderBy)' +
    `{edges{node{value share figures{${field}}}}pageInfo{hasNextPage endCursor}}}}`;
  const variables = { ...asked, dimension: enumName(dimension), orderBy: enumName(name), ...part };
  const { site, stats } = await client.request(documentOf<Answer>(document), variables, { signal });
  const { edges, pageInfo } = stats.top;
  return {
    values: edges.map(({ node: { value, share, figures } }) => ({
      value,
      figure: figures[field] ?? 0,
      share,
    })),
    total: stats.totals[field] ?? null,
    more: pageInfo.hasNextPage,
    cursor: pageInfo.endCursor,
    baseUrl: site?.baseUrls[0] ?? null,
  };
}
