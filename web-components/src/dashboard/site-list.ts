import { query } from '../transport/query.ts';
import { Latest } from './latest.ts';
import type { Source } from './live-reading.ts';
import { SITES, type Site, type SitesAnswer } from './operations.ts';

/** The sites of an instance. */
export class SiteList {
  readonly latest: Latest<readonly Site[]>;
  readonly #source: Omit<Source, 'site'>;

  constructor(source: Omit<Source, 'site'>) {
    this.#source = source;
    this.latest = new Latest(source.changed);
  }

  read(): Promise<void> {
    const { connection, endpoint } = this.#source;
    return this.latest.read(async (signal) => {
      const answer = await query<SitesAnswer>(connection.ask, { endpoint, query: SITES }, signal);
      return answer.sites;
    });
  }

  stop(): void {
    this.latest.stop();
  }
}
