import { documentOf } from '../client/document.ts';
import type { Reading } from '../widget/reading.ts';
import type { LiveData } from './live-data.ts';

/** What to read of who is here. */
export interface LiveAsked {
  readonly site: string | undefined;
  /** Only this page; undefined for the site. */
  readonly path: string | undefined;
  /** Whether to read the last 30 minutes. */
  readonly minutes: boolean;
  /** How many pages at most, to 1000. 0: none. */
  readonly pages: number;
}

/** Who is here now, read once or pushed whenever it changes. */
export function liveReading({ site, path, minutes, pages }: LiveAsked): Reading<LiveData> {
  const fields = [
    'at visitors',
    minutes ? 'minutes{start visits pixelViews}' : '',
    pages > 0 ? `pages(first:${pages}){path visitors}` : '',
  ].join(' ');
  const ask = (operation: string, field: string) =>
    `${operation}($site:ID$path:String){${field}(site:$site path:$path){${fields}}}`;
  const variables = { site, path };
  return {
    key: JSON.stringify([variables, fields]),
    async read(client, signal) {
      const document = documentOf<{ realTime: LiveData }>(ask('query RealTime', 'realTime'));
      return (await client.request(document, variables, { signal })).realTime;
    },
    source: {
      document: ask('subscription', 'liveVisitors'),
      variables,
      pushed: ({ liveVisitors }: { liveVisitors: LiveData }) => liveVisitors,
    },
  };
}
