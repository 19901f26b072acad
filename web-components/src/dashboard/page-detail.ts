import { query } from '../transport/query.ts';
import { LiveReading, type Source } from './live-reading.ts';
import { PAGE, type PageAnswer, type PageInfo, type Visit } from './operations.ts';

/** Figures of one page, and a stretch of its visits. */
export interface PageFigures {
  readonly count: number;
  /** Newest first. */
  readonly visits: readonly Visit[];
  readonly pageInfo: PageInfo;
}

/** Visits shown at a time. */
const STRETCH = 20;

type Stretch = { first: number; after?: string } | { last: number; before: string };

/** One page with its visits, the newest first. */
export class PageDetail {
  readonly kind = 'page';
  readonly path: string;
  readonly figures: LiveReading<PageFigures>;
  #stretch: Stretch = { first: STRETCH };

  constructor(source: Source, path: string) {
    this.path = path;
    const { connection, endpoint, site } = source;
    const read = async (stretch: Stretch, signal: AbortSignal): Promise<PageFigures> => {
      const operation = { endpoint, query: PAGE, variables: { site, path, ...stretch } };
      const { count, history } = await query<PageAnswer>(connection.ask, operation, signal);
      return { count, visits: history.edges.map(({ node }) => node), pageInfo: history.pageInfo };
    };
    this.figures = new LiveReading(source, {
      path,
      read: async (signal) => {
        const figures = await read(this.#stretch, signal);
        // Going back ends at the newest visits, where new ones join them: from there on, the newest are followed.
        if (!('last' in this.#stretch) || figures.pageInfo.hasPreviousPage) return figures;
        this.#stretch = { first: STRETCH };
        return read(this.#stretch, signal);
      },
    });
  }

  /** Shows the visits before those on show. */
  older(): Promise<void> {
    const after = this.figures.latest.value?.pageInfo.endCursor;
    if (after) this.#stretch = { first: STRETCH, after };
    return this.figures.read();
  }

  /** Shows the visits after those on show. */
  newer(): Promise<void> {
    const before = this.figures.latest.value?.pageInfo.startCursor;
    if (before) this.#stretch = { last: STRETCH, before };
    return this.figures.read();
  }
}
