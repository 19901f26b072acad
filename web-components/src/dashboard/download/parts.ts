import { history, series, stats, top } from '@oxicount/sdk/operations';
import type { PageClient } from '../../client/page-client.ts';
import { enumName } from '../../widget/enum-name.ts';
import type { StatsFilter } from '../../widget/panel-element.ts';
import type { StatsRange } from '../../widget/range.ts';
import { type DashboardDimension, DIMENSIONS } from '../dimensions.ts';
import type { Table } from './csv.ts';
import { figuresTable, totalsTable, type Values } from './tables.ts';

/** What is on show, for files that have the same in them. */
export interface Shown {
  readonly site: string;
  /** The page that is shown in detail; undefined for the whole site. */
  readonly path: string | undefined;
  readonly range: StatsRange;
  /** With the page. */
  readonly filter: StatsFilter;
  /** As the schema names it; undefined: nothing is compared. */
  readonly comparison: string | undefined;
}

/** Something that can be downloaded. */
export interface Part {
  /** In the name of the file, and of the word for it. */
  readonly name: string;
  readonly read: (
    client: PageClient,
    shown: Shown,
  ) => Promise<{ readonly table: Table; readonly json: unknown }>;
}

/** The service gives no more at a time. */
const MOST = 1_000;

/** What can be downloaded of a site or, with its visits, of a page. */
export function partsOf({ path }: Pick<Shown, 'path'>): readonly Part[] {
  const lists = DIMENSIONS.filter(
    ({ field }) => path === undefined || !['page', 'entryPage'].includes(field),
  );
  return [totals, chart, ...lists.map(listOf), ...(path === undefined ? [] : [visits])];
}

const totals: Part = {
  name: 'totals',
  async read(client, { comparison, ...shown }) {
    const answer = await client.request(stats, { ...shown, compareWith: comparison } as never);
    const { range, totals, comparison: before } = answer.stats;
    const compared = comparison && before ? before : undefined;
    return {
      table: totalsTable(valuesOf(totals), compared && mapped(compared)),
      json: { range, totals, ...(compared && { comparison: compared }) },
    };
  },
};

const mapped = ({ totals, change }: { totals: object; change: object }) => ({
  totals: valuesOf(totals),
  change: valuesOf(change),
});

const chart: Part = {
  name: 'chart',
  async read(client, shown) {
    const { stats } = await client.request(series, shown as never);
    const rows = stats.series.map(({ start, figures }) => ({
      of: String(start),
      figures: valuesOf(figures),
    }));
    return { table: figuresTable('start', rows), json: stats.series };
  },
};

function listOf({ name }: DashboardDimension): Part {
  return {
    name,
    async read(client, shown) {
      const nodes = await everything(async (after) => {
        const asked = { ...shown, dimension: enumName(name), first: MOST, after };
        return (await client.request(top, asked as never)).stats.top;
      });
      const rows = nodes.map(({ value, figures }) => ({ of: value, figures: valuesOf(figures) }));
      return { table: figuresTable(name, rows), json: nodes };
    },
  };
}

const visits: Part = {
  name: 'visits',
  async read(client, { site, path = '/' }) {
    const nodes = await everything(
      async (after) => (await client.request(history, { site, path, first: MOST, after } as never)).history,
    );
    const rows = nodes.map(({ registeredAt, referrer, spentSeconds }) => [
      String(registeredAt),
      referrer ?? null,
      spentSeconds ?? null,
    ]);
    return { table: [['registeredAt', 'referrer', 'spentSeconds'], ...rows], json: nodes };
  },
};

interface Connection<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
}

/** All nodes of a list that is given in parts. */
async function everything<Node>(read: (after?: string) => Promise<Connection<Node>>): Promise<Node[]> {
  const nodes: Node[] = [];
  for (let after: string | undefined; ; ) {
    const { edges, pageInfo } = await read(after);
    nodes.push(...edges.map(({ node }) => node));
    after = pageInfo.endCursor ?? undefined;
    if (!pageInfo.hasNextPage || after === undefined) return nodes;
  }
}

/** Of an object of the service, the figures. */
function valuesOf(figures: object): Values {
  return Object.fromEntries(Object.entries(figures).filter(([name]) => name !== '__typename')) as Values;
}
