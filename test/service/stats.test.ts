import { expect, onTestFinished, test } from 'vitest';
import { loadConfig } from '../../server/config/config.ts';
import { dayOf } from '../../server/domain/day.ts';
import { NO_TRAITS, type Traits } from '../../server/domain/dimensions/dimension.ts';
import { openDatabase } from '../../server/storage/open.ts';
import { createStorage } from '../../server/storage/storage.ts';
import { type DatabaseKind, eachDatabase } from '../support/databases.ts';
import { ask } from '../support/graphql.ts';
import { startTestService } from '../support/service.ts';

const BERLIN = 'Europe/Berlin';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0';
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ' +
  'Version/18.1 Mobile/15E148 Safari/604.1';
const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

interface Counted {
  readonly figures: { readonly visits: number };
}

interface PastVisit extends Partial<Traits> {
  readonly at: string;
  readonly path: string;
  /** Left out: one who is not told apart. */
  readonly reader?: number;
  readonly pixel?: boolean;
  readonly seconds?: number;
}

/** Three days in Berlin, of which nobody came on the second, and one a year before. */
const PAST: readonly PastVisit[] = [
  { at: '2023-02-28T09:00:00+01:00', path: '/a', reader: 1, country: 'DE' },
  {
    at: '2024-02-28T00:10:00+01:00',
    path: '/a',
    reader: 1,
    country: 'DE',
    referrer: 'news.example',
    seconds: 40,
  },
  { at: '2024-02-28T00:20:00+01:00', path: '/b', reader: 1, country: 'DE', seconds: 20 },
  { at: '2024-02-28T09:30:00+01:00', path: '/a', reader: 2, country: 'FR', referrer: 'news.example' },
  { at: '2024-02-28T23:59:59+01:00', path: '/b', country: 'FR', seconds: 200 },
  { at: '2024-02-28T12:00:00+01:00', path: '/a', pixel: true },
  { at: '2024-03-01T07:00:00+01:00', path: '/a', reader: 3, country: 'DE', referrer: 'search.example' },
  { at: '2024-03-01T08:00:00+01:00', path: '/posts/hello', reader: 3, country: 'DE', seconds: 10 },
];

eachDatabase('statistics over GraphQL', (database) => {
  test('tell what happened on some days, and how that compares', async () => {
    const { stats } = await startWithPast(database);
    const found = await stats(
      `{ stats(range: { from: "2024-02-28", to: "2024-03-01" }) {
        range { preset from to firstDay lastDay }
        totals { visits pixelViews views visitors returningVisitors bounces bounceRate timedVisits spentSeconds averageSpentSeconds }
        series { start figures { views visitors bounces } }
        weeks: series(interval: WEEK) { start figures { visits } }
        before: comparison { totals { visits } change { visits } }
        comparison(with: YEAR_BEFORE) {
          range { preset firstDay lastDay }
          totals { visits }
          change { visits visitors pixelViews bounceRate }
          series { start figures { visits } }
        }
      } }`,
    );
    expect(found).toEqual({
      range: {
        preset: null,
        from: '2024-02-27T23:00:00.000Z',
        to: '2024-03-01T23:00:00.000Z',
        firstDay: '2024-02-28',
        lastDay: '2024-03-01',
      },
      totals: {
        visits: 6,
        pixelViews: 1,
        views: 7,
        visitors: 3,
        returningVisitors: 0,
        bounces: 1,
        bounceRate: 1 / 3,
        timedVisits: 4,
        spentSeconds: 270,
        averageSpentSeconds: 67.5,
      },
      series: [
        { start: '2024-02-27T23:00:00.000Z', figures: { views: 5, visitors: 2, bounces: 1 } },
        { start: '2024-02-28T23:00:00.000Z', figures: { views: 0, visitors: 0, bounces: 0 } },
        { start: '2024-02-29T23:00:00.000Z', figures: { views: 2, visitors: 1, bounces: 0 } },
      ],
      weeks: [{ start: '2024-02-27T23:00:00.000Z', figures: { visits: 6 } }],
      before: { totals: { visits: 0 }, change: { visits: null } },
      comparison: {
        range: { preset: null, firstDay: '2023-02-28', lastDay: '2023-03-01' },
        totals: { visits: 1 },
        change: { visits: 5, visitors: 2, pixelViews: null, bounceRate: 1 / 3 - 1 },
        series: [
          { start: '2023-02-27T23:00:00.000Z', figures: { visits: 1 } },
          { start: '2023-02-28T23:00:00.000Z', figures: { visits: 0 } },
        ],
      },
    });
  });

  test('tell it by the hour and the minute, and for all time', async () => {
    const { stats } = await startWithPast(database);
    const found = (await stats(
      `{ stats(range: { from: "2024-02-28", to: "2024-02-28" }) {
        series { start figures { visits bounces } }
        minutes: series(interval: MINUTE) { figures { visits } }
      } }`,
    )) as Record<'series' | 'minutes', { start: string; figures: { visits: number; bounces: null } }[]>;
    const visits = (name: 'series' | 'minutes') => found[name].map(({ figures }) => figures.visits);
    expect(visits('series')).toEqual([2, ...Array(8).fill(0), 1, ...Array(13).fill(0), 1]);
    expect(found.series[9]).toEqual({
      start: '2024-02-28T08:00:00.000Z',
      figures: { visits: 1, bounces: null },
    });
    expect(visits('minutes')).toHaveLength(1_440);
    expect([visits('minutes')[10], visits('minutes')[20], visits('minutes')[1_439]]).toEqual([1, 1, 1]);

    expect(
      await stats(`{ stats(range: { preset: ALL_TIME }) {
        range { preset firstDay } totals { visits } comparison { totals { visits } }
      } }`),
    ).toEqual({
      range: { preset: 'ALL_TIME', firstDay: '2023-02-28' },
      totals: { visits: 7 },
      comparison: null,
    });
  });

  test('list top values, with their share of all', async () => {
    const { stats } = await startWithPast(database);
    const top = `edges { node { value share figures { visits visitors bounces spentSeconds } } }`;
    const found = (await stats(
      `{ stats(range: { from: "2024-02-28", to: "2024-03-01" }) {
        pages: top(dimension: PAGE) { ${top} }
        entries: top(dimension: ENTRY_PAGE, orderBy: VISITORS) { ${top} }
        countries: top(dimension: COUNTRY) { ${top} }
        referrers: top(dimension: REFERRER, search: "SEARCH") { ${top} }
        longest: top(dimension: PAGE, orderBy: AVERAGE_SECONDS, first: 1) { ${top} pageInfo { hasNextPage } }
      } }`,
    )) as Record<string, { edges: { node: { value: string; share: number; figures: object } }[] }>;
    const rows = (name: string) =>
      found[name]?.edges.map(({ node }) => [node.value, node.share, ...Object.values(node.figures)]);
    expect(rows('pages')).toEqual([
      ['/a', 3 / 6, 3, 3, null, 40],
      ['/b', 2 / 6, 2, 1, null, 220],
      ['/posts/hello', 1 / 6, 1, 1, null, 10],
    ]);
    expect(rows('entries')).toEqual([['/a', 1, 3, 3, null, 40]]);
    expect(rows('countries')).toEqual([
      ['DE', 4 / 6, 4, 2, 0, 70],
      ['FR', 2 / 6, 2, 1, 1, 200],
    ]);
    expect(rows('referrers')).toEqual([['search.example', 1 / 6, 1, 1, null, 0]]);
    expect(rows('longest')).toEqual([['/b', null, 2, 1, null, 220]]);
    expect(found['longest']).toMatchObject({ pageInfo: { hasNextPage: true } });
  });

  test('list them part by part, also while visits come in', async () => {
    const { stats, visit } = await startWithPast(database);
    const read = async (after: string | null) =>
      (
        (await stats(
          `query ($after: String) { stats(range: { preset: ALL_TIME }) {
            top(dimension: PAGE, first: 1, after: $after) {
              edges { cursor node { value } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
            }
          } }`,
          { after },
        )) as { top: { edges: { node: { value: string } }[]; pageInfo: Record<string, unknown> } }
      ).top;
    const first = await read(null);
    expect([
      first.edges[0]?.node.value,
      first.pageInfo['hasNextPage'],
      first.pageInfo['hasPreviousPage'],
    ]).toEqual(['/a', true, false]);
    await visit('/a');
    const second = await read(first.pageInfo['endCursor'] as string);
    expect([
      second.edges[0]?.node.value,
      second.pageInfo['hasNextPage'],
      second.pageInfo['hasPreviousPage'],
    ]).toEqual(['/b', true, true]);
    const third = await read(second.pageInfo['endCursor'] as string);
    expect([third.edges[0]?.node.value, third.pageInfo['hasNextPage']]).toEqual(['/posts/hello', false]);
    const none = await read(third.pageInfo['endCursor'] as string);
    expect(none).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
    });
  });

  test('can be those of some visits only', async () => {
    const { stats } = await startWithPast(database);
    for (const [filter, visits, visitors, bounces] of [
      ['{ page: "/a" }', 3, 3, null],
      ['{ page: "/a/", country: "FR" }', 1, 1, null],
      ['{ entryPage: "/a" }', 3, 3, null],
      ['{ country: "DE" }', 4, 2, 0],
      ['{ referrer: "news.example" }', 2, 2, null],
      ['{ referrer: "news.example", country: "DE", page: "/a" }', 1, 1, null],
      ['{ page: "/nowhere" }', 0, 0, null],
      ['{ country: "Atlantis" }', 0, 0, 0],
      ['{ page: null }', 6, 3, 1],
    ] as const) {
      const found = (await stats(
        `{ stats(range: { from: "2024-02-28", to: "2024-03-01" }, filter: ${filter}) {
          totals { visits visitors bounces }
          series { figures { visits } }
          hours: series(interval: HOUR) { figures { visits } }
          top(dimension: COUNTRY) { edges { node { figures { visits } } } }
        } }`,
      )) as Record<'series' | 'hours', Counted[]> & { totals: unknown; top: { edges: { node: Counted }[] } };
      const sum = (points: readonly Counted[]) =>
        points.reduce((total, { figures }) => total + figures.visits, 0);
      const countries = found.top.edges.map(({ node }) => node);
      expect({
        filter,
        ...found,
        series: sum(found.series),
        hours: sum(found.hours),
        top: sum(countries),
      }).toEqual({
        filter,
        totals: { visits, visitors, bounces },
        series: visits,
        hours: visits,
        top: visits,
      });
    }
  });

  test('tell what readers do now, and who was kept out', async () => {
    const service = await startTestService({ database });
    const as = (userAgent: string) => ({ headers: { 'user-agent': userAgent } });
    const read = async (path: string, userAgent: string, query = '') => {
      const id = await (await service.request(`/register?path=${path}`, as(userAgent))).json();
      expect((await service.request(`/post-sleep/${id}?${query}`, as(userAgent))).status).toBe(200);
    };
    await read('/a', FIREFOX, 'referrer_origin=https://news.example');
    await read('/b', FIREFOX);
    await read('/a', SAFARI);
    await read('/a', GOOGLEBOT);
    await service.request('/pixel.gif?path=/a', as(FIREFOX));

    const { data, errors } = await ask(
      service.url,
      `{ stats(range: { preset: LAST_24_HOURS }, filter: { page: "/a" }) {
        range { preset firstDay }
        totals { visits pixelViews visitors }
        top(dimension: BROWSER) { edges { node { value } } }
        filteredHits { reason hits days { hits } }
      } }`,
    );
    expect(errors).toBeUndefined();
    expect(data?.['stats']).toEqual({
      range: { preset: 'LAST_24_HOURS', firstDay: null },
      totals: { visits: 2, pixelViews: 1, visitors: 2 },
      top: { edges: [{ node: { value: 'Firefox' } }, { node: { value: 'Safari' } }] },
      filteredHits: [
        { reason: 'CRAWLER', hits: 1, days: [{ hits: 1 }] },
        ...['HEADLESS', 'PREFETCH', 'PRERENDER', 'CONTRADICTION'].map((reason) => ({
          reason,
          hits: 0,
          days: [],
        })),
      ],
    });
  });

  test('refuse what cannot be asked for, and say which argument it is', async () => {
    const { url } = await startTestService({ database });
    const refusals: readonly (readonly [string, string, string, string?])[] = [
      ['range: { from: "2024-02-30" }', 'INVALID_ARGUMENT', 'range.from'],
      ['range: { from: "yesterday" }', 'INVALID_ARGUMENT', 'range.from'],
      ['range: { from: "0001-01-01" }', 'INVALID_ARGUMENT', 'range.from'],
      ['range: { from: "9999-12-31" }', 'INVALID_ARGUMENT', 'range.from'],
      ['range: { from: "2024-01-02", to: "2024-01-01" }', 'INVALID_ARGUMENT', 'range.from'],
      ['range: { from: "2024-01-02", to: "9999-12-31" }', 'INVALID_ARGUMENT', 'range.to'],
      ['range: { from: "2024-01-02", to: "\\u0000" }', 'INVALID_ARGUMENT', 'range.to'],
      ['range: { to: "2024-01-02" }', 'INVALID_ARGUMENT', 'range.from'],
      ['range: { preset: TODAY, from: "2024-01-02" }', 'INVALID_ARGUMENT', 'range.preset'],
      ['filter: { page: "a" }', 'INVALID_PATH', 'filter.page'],
      ['filter: { entryPage: "//host" }', 'INVALID_PATH', 'filter.entryPage'],
      ['filter: { referrer: "" }', 'INVALID_ARGUMENT', 'filter.referrer'],
      ['filter: { campaign: "\\u0000" }', 'INVALID_ARGUMENT', 'filter.campaign'],
      ['site: "shop"', 'SITE_NOT_FOUND', 'shop'],
      ['range: { from: "2020-01-01" }', 'INVALID_ARGUMENT', 'interval', 'series(interval: MINUTE) { start }'],
      ['', 'QUERY_TOO_COMPLEX', 'cost', 'top(dimension: PAGE, first: 2147483647) { edges { cursor } }'],
      ...['first: 0', 'first: -1', 'first: 1001'].map(
        (list) =>
          ['', 'INVALID_ARGUMENT', 'first', `top(dimension: PAGE, ${list}) { edges { cursor } }`] as const,
      ),
      ...[
        'after: ""',
        'after: "nonsense"',
        `after: "${Buffer.from('["page","visits",1,"\\u0000"]').toString('base64url')}"`,
      ].map(
        (list) =>
          ['', 'INVALID_ARGUMENT', 'after', `top(dimension: PAGE, ${list}) { edges { cursor } }`] as const,
      ),
      ...[`search: "${'x'.repeat(201)}"`, 'search: "\\u0000"'].map(
        (list) =>
          ['', 'INVALID_ARGUMENT', 'search', `top(dimension: PAGE, ${list}) { edges { cursor } }`] as const,
      ),
    ];
    for (const [given, code, name, field = 'totals { visits }'] of refusals) {
      const query = `{ stats${given && `(${given})`} { ${field} } }`;
      const { errors } = await ask(url, query);
      expect([query, errors?.[0]?.extensions?.['code']]).toEqual([query, code]);
      expect(errors?.[0]?.message).toContain(name);
      expect(errors?.[0]?.message.length).toBeLessThan(300);
    }
  });
});

/** A service on a database that has visits of the past. */
async function startWithPast(kind: DatabaseKind) {
  const own = await kind.create();
  const { database } = await openDatabase(loadConfig({ OXICOUNT_DATABASE_URL: own.url }).database);
  const storage = createStorage(database, () => {});
  const baseUrls = ['https://blog.example'];
  await storage.declareSites(
    [
      {
        slug: 'blog',
        name: 'blog',
        baseUrls,
        callbackOrigin: 'https://blog.example',
        timeZone: BERLIN,
        minDelaySecs: 0,
        pathPatterns: [],
        respectDnt: false,
        retentionDays: null,
        visibility: 'public',
        publicPages: [],
        publicFigures: [],
      },
    ],
    0,
  );
  const [site] = await storage.sites();
  if (!site) throw new Error('no site');
  for (const [nonce, { at, path, reader, pixel, seconds, ...traits }] of PAST.entries()) {
    const registeredAt = Date.parse(at);
    const day = dayOf(registeredAt, BERLIN);
    await storage.countVisit({
      siteId: site.id,
      pageId: (await storage.addPage(site.id, path, 0)).id,
      registeredAt,
      nonce,
      kind: pixel ? 'pixel' : 'visit',
      traits: { ...NO_TRAITS, ...traits },
      visitor: reader === undefined ? null : { day, pseudonym: day * 100 + reader, earlier: [] },
      spentSeconds: seconds ?? null,
    });
  }
  await storage.close();

  const service = await startTestService({ databaseUrl: own.url, sites: { blog: { timeZone: BERLIN } } });
  onTestFinished(async () => {
    await service.stop();
    await own.remove();
  });
  return {
    ...service,
    async stats(query: string, variables: Record<string, unknown> = {}): Promise<unknown> {
      const { data, errors } = await ask(service.url, query, variables);
      expect(errors).toBeUndefined();
      return data?.['stats'];
    },
  };
}
