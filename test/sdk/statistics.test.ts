import { expect, test } from 'vitest';
import { createClient, OxicountError, type SeriesPoint, type TypedString } from '../../sdk/src/index.ts';
import { startTestService } from '../support/service.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0';
const SAFARI =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15';
const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

/** A service, and readers of it who track with clients of their own. */
async function startWithReaders() {
  const { url } = await startTestService();
  const clientOf = (browser: string) =>
    createClient({
      url,
      site: 'blog',
      fetch: (input, init) => {
        const headers = new Headers(init?.headers);
        headers.set('user-agent', browser);
        return fetch(input, { ...init, headers });
      },
    });
  return {
    client: createClient({ url, site: 'blog' }),
    async read(path: string, browser: string, { referrer = '', query = '', seconds = 0 } = {}) {
      const reader = clientOf(browser);
      const { visitId } = await reader.register({ path });
      await reader.postSleep({ visitId, referrer, query });
      if (seconds > 0) await reader.pageLeft({ visitId, secondsOnPage: seconds });
    },
  };
}

const visitsIn = (series: readonly SeriesPoint[]) =>
  series.reduce((sum, { figures }) => sum + figures.visits, 0);

test('figures of a time come with those that they are compared with', async () => {
  const { client, read } = await startWithReaders();
  await read('/a', FIREFOX);
  await read('/a', FIREFOX);
  await read('/b', SAFARI);

  const { range, totals, comparison } = await client.stats();
  expect(range.preset).toBe('LAST_30_DAYS');
  expect(totals).toMatchObject({ visits: 3, views: 3, visitors: 2, bounces: 1, bounceRate: 0.5 });
  expect(comparison?.totals).toMatchObject({ visits: 0, visitors: 0, bounceRate: null });
  expect(comparison?.change).toMatchObject({ visits: null, bounceRate: null });
  const dayBefore = new Date(Date.parse(range.firstDay ?? '') - 86_400_000).toISOString().slice(0, 10);
  expect(comparison?.range).toMatchObject({ preset: null, lastDay: dayBefore });

  const year = await client.stats({
    range: { from: '2024-02-29', to: '2024-03-01' },
    compareWith: 'YEAR_BEFORE',
  });
  expect(year.totals.visits).toBe(0);
  expect(year.comparison?.range).toMatchObject({ firstDay: '2023-02-28', lastDay: '2023-03-01' });
  expect((await client.stats({ range: { preset: 'ALL_TIME' } })).comparison).toBeNull();
  expect((await client.stats({ filter: { page: '/a', browser: 'Safari' } })).totals.visits).toBe(0);
  expect((await client.stats({ filter: { page: '/a', browser: 'Firefox' } })).totals.visits).toBe(2);
});

test('a series has a point for each interval', async () => {
  const { client, read } = await startWithReaders();
  await read('/a', FIREFOX);
  const days = await client.series();
  expect([days.length, visitsIn(days)]).toEqual([30, 1]);
  const hours = await client.series({
    range: { preset: 'LAST_24_HOURS' },
    interval: 'HOUR',
    filter: { page: '/a' },
  });
  expect([hours.length, visitsIn(hours)]).toEqual([24, 1]);
  expect(Date.parse(hours[1]?.start ?? '') - Date.parse(hours[0]?.start ?? '')).toBe(3_600_000);
});

test('a list of top values is read to its end, in its order and with its search', async () => {
  const { client, read } = await startWithReaders();
  await read('/a', FIREFOX, {
    referrer: 'https://news.example',
    query: '?utm_source=Letter&x=1',
    seconds: 1,
  });
  await read('/a', SAFARI, { referrer: 'https://news.example' });
  await read('/b', FIREFOX, { referrer: 'https://search.example' });
  await read('/', FIREFOX);

  const first = await client.top({ dimension: 'PAGE', first: 2 });
  expect(first.edges.map(({ node }) => [node.value, node.figures.visits, node.share])).toEqual([
    ['/a', 2, 0.5],
    ['/', 1, 0.25],
  ]);
  expect(first.pageInfo.hasNextPage).toBe(true);
  const valuesOf = async (...question: Parameters<typeof client.top>) => {
    const values: string[] = [];
    for await (const { value } of client.top(...question)) values.push(value);
    return values;
  };
  expect(await valuesOf({ dimension: 'PAGE', first: 1 })).toEqual(['/a', '/', '/b']);
  expect(await valuesOf({ dimension: 'REFERRER', filter: { page: '/a' } })).toEqual(['news.example']);
  expect(await valuesOf({ dimension: 'REFERRER', search: 'SEARCH' })).toEqual(['search.example']);
  expect(await valuesOf({ dimension: 'CAMPAIGN' })).toEqual(['letter']);
  expect(await valuesOf({ dimension: 'BROWSER', orderBy: 'VISITORS', first: 1 })).toEqual([
    'Firefox',
    'Safari',
  ]);
});

test('hits that were kept out are told by reason', async () => {
  const { client, read } = await startWithReaders();
  await read('/a', GOOGLEBOT);
  const [most, ...others] = await client.filteredHits({ range: { preset: 'LAST_7_DAYS' } });
  expect(most).toMatchObject({ reason: 'CRAWLER', hits: 1, days: [{ hits: 1 }] });
  expect(others.every(({ hits }) => hits === 0)).toBe(true);
});

test('all pages are read to the end of the list', async () => {
  const { client, read } = await startWithReaders();
  for (const path of ['/b', '/posts/hello', '/a', '/a']) await read(path, FIREFOX);
  const pagesOf = async (...question: Parameters<typeof client.counts>) => {
    const paths: string[] = [];
    for await (const { path } of client.counts(...question)) paths.push(path);
    return paths;
  };
  expect(await pagesOf()).toEqual(['/a', '/b', '/posts/hello']);
  expect(await pagesOf({ first: 1 })).toEqual(['/a', '/b', '/posts/hello']);
  expect(await pagesOf({ first: 2, orderBy: 'PATH', after: '/a' })).toEqual(['/b', '/posts/hello']);
  expect(await pagesOf({ search: 'Hello' })).toEqual(['/posts/hello']);
  expect(await client.counts({ first: 1 })).toEqual([{ path: '/a', count: 2 }]);
});

test('who is here now can be asked for, and is told as it changes', async () => {
  const { client, read } = await startWithReaders();
  const live = client.liveVisitors({ first: 1 });
  expect((await live.next()).value).toMatchObject({ visitors: 0, pages: [] });
  await read('/b', FIREFOX);
  await read('/a', SAFARI);
  let { value } = await live.next();
  while (value?.visitors !== 2) ({ value } = await live.next());
  expect(value.pages).toEqual([{ path: '/a', visitors: 1 }]);
  await live.return();
  const { visitors, pages, minutes } = await client.realTime({ path: '/b' });
  expect([visitors, pages, minutes.length]).toEqual([1, [{ path: '/b', visitors: 1 }], 30]);
});

test.each([
  ['a day that is none', { range: { from: 'x' } }, 'INVALID_ARGUMENT', 'range.from'],
  [
    'a preset and a day',
    { range: { preset: 'TODAY', from: '2024-01-02' } },
    'INVALID_ARGUMENT',
    'range.preset',
  ],
  ['a path that is none', { filter: { page: 'a' } }, 'INVALID_PATH', 'filter.page'],
] as const)('%s is refused with its code', async (_what, question, code, name) => {
  const { client } = await startWithReaders();
  const error = await client.stats(question).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(OxicountError);
  expect(error).toMatchObject({ code, path: ['stats'], message: expect.stringContaining(name) });
});

test('what no method asks for is asked for with a document of its own', async () => {
  const { client, read } = await startWithReaders();
  await read('/a', FIREFOX);
  interface Part {
    readonly totals: { readonly visits: number };
  }
  type Data = { readonly stats: Part & { readonly before: Part } };
  const document = `query ($site: ID, $range: StatsRange) {
    stats(site: $site, range: $range) { totals { visits } before: comparison { totals { visits } } }
  }` as TypedString<Data, { range: { preset: 'LAST_7_DAYS' } }>;
  const { stats } = await client.request(document, { range: { preset: 'LAST_7_DAYS' } });
  const { totals, before } = stats;
  expect({ totals, before }).toEqual({ totals: { visits: 1 }, before: { totals: { visits: 0 } } });
});
