import { query } from '../transport/query.ts';
import { LiveReading, type Source } from './live-reading.ts';
import { MOST_PAGES, OVERVIEW, type OverviewAnswer, type PageCount, type Visit } from './operations.ts';

/** Figures of a whole site. */
export interface SiteFigures {
  readonly visits: number;
  readonly pages: readonly PageCount[];
}

/** Visits kept in the feed. */
const FEED_LENGTH = 12;

/** A site with its most read pages and the visits that have counted while one looks on. */
export class Overview {
  readonly kind = 'overview';
  readonly figures: LiveReading<SiteFigures>;
  #feed: readonly Visit[] = [];

  constructor(source: Source) {
    const { connection, endpoint, site } = source;
    this.figures = new LiveReading(source, {
      async read(signal) {
        const variables = { site, first: MOST_PAGES };
        const answer = await query<OverviewAnswer>(
          connection.ask,
          { endpoint, query: OVERVIEW, variables },
          signal,
        );
        return { visits: answer.site?.visits ?? 0, pages: answer.counts };
      },
      onVisit: (visit) => {
        const others = this.#feed.filter(({ id }) => id !== visit.id);
        this.#feed = [visit, ...others].slice(0, FEED_LENGTH);
      },
    });
  }

  /** Newest first. */
  get feed(): readonly Visit[] {
    return this.#feed;
  }
}
