import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pass } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { schema } from '../../server/graphql/schema.ts';
import { ask, codesOf, type Result } from '../support/graphql.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { type Subscription, transports } from '../support/subscriptions.ts';

/** A field of one site, with the argument `$site`, and what it tells where `/a` was visited once. */
type Reads = Readonly<Record<string, readonly [field: string, told: unknown]>>;

/** Every query of one site. A new one is to be added here, whatever it tells. */
const QUERIES: Reads = {
  count: ['count(site: $site, path: "/a")', 1],
  counts: ['counts(site: $site) { path count }', [{ path: '/a', count: 1 }]],
  history: [
    'history(site: $site, path: "/a") { totalCount edges { node { path } } }',
    { totalCount: 1, edges: [{ node: { path: '/a' } }] },
  ],
  realTime: ['realTime(site: $site) { pages { path } }', { pages: [{ path: '/a' }] }],
  site: ['site(id: $site) { visits }', { visits: 1 }],
  stats: ['stats(site: $site) { totals { visits } }', { totals: { visits: 1 } }],
  votes: ['votes(site: $site, path: "/a") { score mine }', { score: 0, mine: null }],
};

/** Every query of no site in particular; what they tell is tested below. */
const OTHER_QUERIES = ['sites'];

/** Every subscription, as above. Those that tell of what happens next are told of another visit of `/a`. */
const SUBSCRIPTIONS: Reads = {
  count: ['count(site: $site, path: "/a")', expect.any(Number)],
  liveVisitors: ['liveVisitors(site: $site) { pages { path } }', { pages: [{ path: '/a' }] }],
  visitCounted: ['visitCounted(site: $site) { path }', { path: '/a' }],
  votes: ['votes(site: $site, path: "/a") { score mine }', { score: 0, mine: null }],
};

/** Every plain route that tells figures of one site, with the rest of its query string. */
const ROUTES: Readonly<Record<string, readonly [query: string, told: unknown]>> = {
  '/api/count': ['path=/a', 1],
  '/api/counts': ['', [{ path: '/a', count: 1 }]],
  '/api/history': ['path=/a', { utc_offset: '+00:00', visits: [expect.anything()] }],
  '/badge.json': ['path=/a', expect.objectContaining({ label: 'visits', message: '1' })],
};

/** Every plain route that tells none, and the one that draws what another tells. */
const OTHER_ROUTES = ['/badge.svg', '/count.js', '/definitions', '/healthz', '/pixel.gif', '/readyz'];

const TOKEN = 'may-read-everything-there-is';
const WRONG = 'was-never-a-token-of-this-one';
/** A site that there is not, with a name as long as that of a private one. */
const ABSENT = 'absent';

/** An instance with a public site and two private ones, on each of which `/a` was visited once. */
async function startInstance(): Promise<TestService> {
  const hidden = { visibility: 'private' } as const;
  const sites = { closed: hidden, open: {}, shut: hidden };
  const service = await startTestService({ adminToken: TOKEN, sites });
  for (const site of Object.keys(sites)) await service.visit('/a', { site });
  return service;
}

/** Fields as documents. */
function documentsOf(kind: 'query' | 'subscription', reads: Reads) {
  return Object.entries(reads).map(([name, [field, told]]) => ({
    name,
    document: `${kind} ($site: ID) { ${field} }`,
    told: { data: { [name]: told } },
  }));
}

/** Ways to ask once. */
const ways = [
  {
    name: 'HTTP',
    ask: (url: string, query: string, site: string | null, token?: string): Promise<Result> =>
      ask(url, query, { site }, token === undefined ? {} : { authorization: `Bearer ${token}` }),
  },
  ...transports.map(({ name, subscribe }) => ({
    name,
    async ask(url: string, query: string, site: string | null, token?: string): Promise<unknown> {
      const answers = subscribe(url, query, { site }, token);
      const answer = await answers.next();
      await answers.end();
      return answer;
    },
  })),
];

/** The same refusal of any site, so that those of two can be compared to the letter. */
function anonymous(answer: unknown, site: string): unknown {
  return JSON.parse(JSON.stringify(answer).replaceAll(site, 'SITE'));
}

const refusedWith = (code: string) => ({ errors: [{ extensions: { code } }] });

test('every field and every route that reads is held to what follows', () => {
  const fieldsOf = (type: { getFields(): object } | null | undefined) =>
    Object.keys(type?.getFields() ?? {}).sort();
  expect(fieldsOf(schema.getQueryType())).toEqual([...Object.keys(QUERIES), ...OTHER_QUERIES].sort());
  expect(fieldsOf(schema.getSubscriptionType())).toEqual(Object.keys(SUBSCRIPTIONS).sort());
  const folder = new URL('../../server/http/routes/', import.meta.url);
  const routes = readdirSync(folder).flatMap((file) =>
    [...readFileSync(new URL(file, folder), 'utf8').matchAll(/\.get(?:<.*>)?\('([^']+)'/g)].map(
      ([, route]) => route,
    ),
  );
  expect(routes.sort()).toEqual([...Object.keys(ROUTES), ...OTHER_ROUTES].sort());
});

describe.each(ways)('over $name', (way) => {
  const queries = documentsOf('query', QUERIES);

  test('a private site is to everybody as one that is not there, and a public one is there', async () => {
    const { url } = await startInstance();
    for (const { name, document, told } of queries) {
      const refusal = anonymous(await way.ask(url, document, 'closed'), 'closed');
      expect(refusal, name).toMatchObject(refusedWith('SITE_NOT_FOUND'));
      expect(refusal, name).toEqual(anonymous(await way.ask(url, document, ABSENT), ABSENT));
      expect(await way.ask(url, document, 'open'), name).toEqual(told);
    }
  });

  test('the public site needs not be named where no other may be read', async () => {
    const { url } = await startInstance();
    for (const { name, document, told } of queries) {
      expect(await way.ask(url, document, null), name).toEqual(told);
      expect(await way.ask(url, document, null, TOKEN), name).toMatchObject(refusedWith('SITE_REQUIRED'));
    }
    expect(await way.ask(url, '{ sites { id visibility } }', null)).toEqual({
      data: { sites: [{ id: 'open', visibility: 'PUBLIC' }] },
    });
  });

  test('the token reads every site', async () => {
    const { url } = await startInstance();
    for (const { name, document, told } of queries) {
      for (const site of ['closed', 'open', 'shut']) {
        expect(await way.ask(url, document, site, TOKEN), `${name} of ${site}`).toEqual(told);
      }
    }
    expect(await way.ask(url, '{ sites { id visibility visits } }', null, TOKEN)).toEqual({
      data: {
        sites: [
          { id: 'closed', visibility: 'PRIVATE', visits: 1 },
          { id: 'open', visibility: 'PUBLIC', visits: 1 },
          { id: 'shut', visibility: 'PRIVATE', visits: 1 },
        ],
      },
    });
  });

  test('a token that is none is refused for every site, there or not, and never repeated', async () => {
    const { url } = await startInstance();
    const documents = [...queries, { name: 'sites', document: '{ sites { id } }' }];
    for (const { name, document } of documents) {
      for (const site of ['closed', 'open', ABSENT, null]) {
        const refusal = await way.ask(url, document, site, WRONG);
        expect(refusal, `${name} of ${site}`).toMatchObject(refusedWith('INVALID_TOKEN'));
        expect(JSON.stringify(refusal)).not.toContain(WRONG);
      }
    }
  });
});

describe.each(transports)('a subscription over $name', ({ subscribe }) => {
  const subscriptions = documentsOf('subscription', SUBSCRIPTIONS);

  /** What is told first, while the site is visited now and then: some tell of nothing that was before. */
  async function firstOf(subscription: Subscription, visit: () => Promise<unknown>): Promise<unknown> {
    const first = subscription.next();
    while (await Promise.race([first.then(() => false), pass(50, true)])) await visit();
    await subscription.end();
    return first;
  }

  test('tells of a public site to everybody, and of every site with the token', async () => {
    const { url, visit } = await startInstance();
    for (const { name, document, told } of subscriptions) {
      for (const [site, token] of [['open'], ['open', TOKEN], ['closed', TOKEN]] as const) {
        const subscription = subscribe(url, document, { site }, token);
        expect(await firstOf(subscription, () => visit('/a', { site })), `${name} of ${site}`).toEqual(told);
      }
    }
  });

  test('is refused where a query would be, as it begins', async () => {
    const { url } = await startInstance();
    const first = async (document: string, site: string | null, token?: string) => {
      const subscription = subscribe(url, document, { site }, token);
      const answer = await subscription.next();
      await subscription.end();
      return answer;
    };
    for (const { name, document } of subscriptions) {
      const refusal = anonymous(await first(document, 'closed'), 'closed');
      expect(refusal, name).toMatchObject(refusedWith('SITE_NOT_FOUND'));
      expect(refusal, name).toEqual(anonymous(await first(document, ABSENT), ABSENT));
      for (const site of ['closed', 'open', ABSENT, null]) {
        expect(await first(document, site, WRONG), name).toMatchObject(refusedWith('INVALID_TOKEN'));
      }
      expect(await first(document, null, TOKEN), name).toMatchObject(refusedWith('SITE_REQUIRED'));
    }
  });
});

test('a token that is none ends a subscription, and not the socket that others are on', async () => {
  const { url } = await startInstance();
  const closings: unknown[] = [];
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { Authorization: `Bearer ${WRONG}` },
    retryAttempts: 0,
    lazy: false,
    on: { closed: (event) => closings.push(event) },
  });
  const refused = client.iterate({ query: 'subscription { count(site: "open", path: "/a") }' });
  const refusal = await refused.next().then(
    ({ value }) => value,
    (errors: unknown) => ({ errors }),
  );
  expect(refusal).toMatchObject(refusedWith('INVALID_TOKEN'));
  // Counting needs no token.
  const registered = client.iterate({
    query: 'mutation { register(site: "closed", path: "/a") { visitId } }',
  });
  expect((await registered.next()).value).toEqual({ data: { register: { visitId: expect.any(String) } } });
  expect(closings).toEqual([]);
  await client.dispose();
});

test('a program that can send headers with a WebSocket may send the token in one', async () => {
  const { url } = await startInstance();
  class WithHeader extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols, { headers: { authorization: `Bearer ${TOKEN}` } });
    }
  }
  const client = createClient({ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: WithHeader });
  const counts = client.iterate({ query: 'subscription { count(site: "closed", path: "/a") }' });
  expect((await counts.next()).value).toEqual({ data: { count: 1 } });
  await client.dispose();
});

describe('on plain routes', () => {
  /** All that an answer says, but for when. */
  async function answerOf({ request }: TestService, route: string, site: string | null, token?: string) {
    const query = [ROUTES[route]?.[0], site === null ? '' : `site=${site}`].filter(Boolean).join('&');
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await request(`${route}?${query}`, { headers });
    const { date: _date, ...others } = Object.fromEntries(response.headers);
    return { status: response.status, headers: others, body: await response.text() };
  }

  test('/badge.svg tells no more than /badge.json', async () => {
    const service = await startInstance();
    const titleOf = ({ body }: { readonly body: string }) => /<title>(.*?)<\/title>/.exec(body)?.[1];
    const answer = (site: string, token?: string) => answerOf(service, '/badge.svg', site, token);

    expect(titleOf(await answer('open'))).toBe('visits: 1');
    for (const site of ['closed', ABSENT]) {
      const refused = await answer(site);
      expect([refused.status, refused.headers['oxicount-error']]).toEqual([404, 'SITE_NOT_FOUND']);
      expect(titleOf(refused)).toBe(`badge: There is no site &quot;${site}&quot;`);
    }
    expect(titleOf(await answer('closed', TOKEN))).toBe('visits: 1');
  });

  test.each(Object.entries(ROUTES))('%s tells no more than GraphQL', async (route, [, told]) => {
    const service = await startInstance();
    const answer = (site: string | null, token?: string) => answerOf(service, route, site, token);

    const open = await answer('open');
    expect(JSON.parse(open.body)).toEqual(told);
    expect((await answer(null)).body).toBe(open.body);
    const refusal = anonymous(await answer('closed'), 'closed');
    expect(refusal).toMatchObject({ status: 404, headers: { 'oxicount-error': 'SITE_NOT_FOUND' } });
    expect(refusal).toEqual(anonymous(await answer(ABSENT), ABSENT));

    for (const site of ['open', 'closed', 'shut']) {
      expect(JSON.parse((await answer(site, TOKEN)).body)).toEqual(told);
    }
    expect((await answer(null, TOKEN)).headers['oxicount-error']).toBe('SITE_REQUIRED');

    for (const site of ['open', 'closed', ABSENT, null]) {
      const wrong = await answer(site, WRONG);
      expect([wrong.status, wrong.headers['oxicount-error']]).toEqual([401, 'INVALID_TOKEN']);
      expect(wrong.headers['www-authenticate']).toMatch(/^Bearer/);
      expect(wrong.body).not.toContain(WRONG);
    }
  });
});

test('what a token may read is kept in no cache that others use', async () => {
  const { request } = await startInstance();
  const query = encodeURIComponent('{ count(site: "open", path: "/a") }');
  const paths = [
    `/graphql?query=${query}`,
    ...Object.entries(ROUTES).map(([route, [rest]]) => `${route}?${rest}`),
  ];
  for (const path of paths) {
    const answer = await request(`${path}&site=open`, {
      headers: { authorization: `Bearer ${TOKEN}`, origin: 'https://elsewhere.example' },
    });
    expect(answer.status, path).toBe(200);
    expect(answer.headers.get('cache-control'), path).toBe('private, no-cache');
    for (const anybodys of [answer, await request(`${path}&site=open`)]) {
      expect(anybodys.headers.get('vary'), path).toMatch(/authorization/i);
    }
  }
});

test('a private site is counted without a token, from its pages and from programs', async () => {
  const { url, request, visit, sites } = await startInstance();
  await visit('/a', { site: 'closed' });
  const origin = sites['closed']?.url ?? '';
  const id = await (await request('/register?path=/a', { headers: { origin } })).json();
  expect(
    (await request(`/post-sleep/${id}`, { headers: { origin, authorization: 'Bearer old' } })).status,
  ).toBe(200);
  const { data } = await ask(
    url,
    '{ count(site: "closed", path: "/a") }',
    {},
    { authorization: `bearer ${TOKEN}` },
  );
  expect(data).toEqual({ count: 3 });
});

test('an instance that has only private sites tells nobody so', async () => {
  const { url } = await startTestService({ adminToken: TOKEN, sites: { blog: { visibility: 'private' } } });
  expect(codesOf(await ask(url, '{ count(path: "/a") }'))).toEqual(['SITE_NOT_FOUND']);
  expect(await ask(url, '{ sites { id } }')).toEqual({ data: { sites: [] } });
  const headers = { authorization: `Bearer ${TOKEN}` };
  expect(await ask(url, '{ count(path: "/a") }', {}, headers)).toEqual({ data: { count: 0 } });
});

test('a password that a proxy asks for is no token', async () => {
  const { url } = await startInstance();
  const headers = { authorization: 'Basic YTpi' };
  expect(await ask(url, '{ count(site: "open", path: "/a") }', {}, headers)).toEqual({ data: { count: 1 } });
});
