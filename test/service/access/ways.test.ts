import { createClient } from 'graphql-ws';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ask, codesOf } from '../../support/graphql.ts';
import { startTestService } from '../../support/service.ts';
import { transports } from '../../support/subscriptions.ts';
import { QUERIES, READ_ROUTES } from './reach.ts';
import { bearer, type CallerName, originOf, SITES, startWorld } from './world.ts';

/** A caller of each kind that reads something else; the others are held to the same over HTTP. */
const SOME: readonly CallerName[] = ['nobody', 'a revoked token', 'READ', 'admin_token', 'a link to /a'];

const socketUrl = (url: string) => `${url.replace('http', 'ws')}/graphql`;

describe.each(transports)('over $name', ({ subscribe }) => {
  test('a query is answered and refused as over HTTP', { timeout: 120_000 }, async () => {
    const { url, tokens } = await startWorld();
    for (const caller of SOME) {
      for (const row of QUERIES) {
        // The present moment is another one each time.
        if (row.ask.includes('{ at }')) continue;
        const query = `query ($site: ID) { ${row.ask} }`;
        await Promise.all(
          SITES.map(async (site) => {
            const answers = subscribe(url, query, { site }, tokens[caller]);
            const answer = await answers.next();
            await answers.end();
            const expected = await ask(url, query, { site }, bearer(tokens[caller]));
            expect(answer, `${row.ask} of ${site} for ${caller}`).toEqual(expected);
          }),
        );
      }
    }
  });
});

test('a token that is none ends a subscription, and not the socket that others are on', async () => {
  const { url, tokens } = await startWorld();
  const closings: unknown[] = [];
  const client = createClient({
    url: socketUrl(url),
    webSocketImpl: WebSocket,
    connectionParams: { Authorization: `Bearer ${tokens['no token of ours']}` },
    retryAttempts: 0,
    lazy: false,
    on: { closed: (event) => closings.push(event) },
  });
  const refused = client.iterate({ query: 'subscription { count(site: "open", path: "/a") }' });
  const refusal = await refused.next().then(
    ({ value }) => value,
    (errors: unknown) => ({ errors }),
  );
  expect(refusal).toMatchObject({ errors: [{ extensions: { code: 'INVALID_TOKEN' } }] });
  expect(JSON.stringify(refusal)).not.toContain(tokens['no token of ours']);
  // Counting needs no token.
  const registered = client.iterate({
    query: 'mutation { register(site: "closed", path: "/a") { visitId } }',
  });
  expect((await registered.next()).value).toEqual({ data: { register: { visitId: expect.any(String) } } });
  expect(closings).toEqual([]);
  await client.dispose();
});

test('a program that can send headers with a WebSocket may send the token in one', async () => {
  const { url, tokens } = await startWorld();
  class WithHeader extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols, { headers: bearer(tokens.READ) });
    }
  }
  const client = createClient({ url: socketUrl(url), webSocketImpl: WithHeader });
  const counts = client.iterate({ query: 'subscription { count(site: "closed", path: "/a") }' });
  expect((await counts.next()).value).toEqual({ data: { count: 1 } });
  await client.dispose();
});

test('what a token may read is kept in no cache that others use', async () => {
  const { service, tokens } = await startWorld();
  const query = encodeURIComponent('{ count(site: "open", path: "/a") }');
  const paths = [
    `/graphql?query=${query}`,
    ...READ_ROUTES.map(({ route, ask: rest }) => `${route}?${rest}&site=open`),
  ];
  for (const path of paths) {
    const answer = await service.request(path, {
      headers: { ...bearer(tokens['READ of all']), origin: 'https://elsewhere.example' },
    });
    expect(answer.status, path).toBe(200);
    expect(answer.headers.get('cache-control'), path).toBe('private, no-cache');
    for (const anybodys of [answer, await service.request(path)]) {
      expect(anybodys.headers.get('vary'), path).toMatch(/authorization/i);
    }
  }
});

test('an answer that somebody may have already is told to be so only to who may read it', async () => {
  const { service, tokens } = await startWorld();
  const path = '/badge.json?site=closed&path=/a';
  const own = await service.request(path, { headers: bearer(tokens.READ) });
  const etag = own.headers.get('etag') ?? '';
  expect(etag).not.toBe('');
  for (const [caller, status] of [
    ['READ', 304],
    ['nobody', 404],
    ['a revoked token', 401],
    ['READ of shut', 404],
  ] as const) {
    const headers = { ...bearer(tokens[caller]), 'if-none-match': etag };
    expect((await service.request(path, { headers })).status, caller).toBe(status);
  }
});

test('a private site is counted without a token, from its pages and from programs', async () => {
  const { url, service, tokens } = await startWorld();
  await service.visit('/a', { site: 'closed' });
  const origin = originOf('closed');
  const id = await (await service.request('/register?path=/a', { headers: { origin } })).json();
  const headers = { origin, authorization: 'Bearer old' };
  expect((await service.request(`/post-sleep/${id}`, { headers })).status).toBe(200);
  const count = '{ count(site: "closed", path: "/a") }';
  expect(await ask(url, count, {}, { authorization: `bearer ${tokens.READ}` })).toEqual({
    data: { count: 3 },
  });
});

test('an instance that has only private sites tells nobody so', async () => {
  const token = 'may-do-everything-there-is';
  const { url } = await startTestService({ adminToken: token, sites: { blog: { visibility: 'private' } } });
  expect(codesOf(await ask(url, '{ count(path: "/a") }'))).toEqual(['SITE_NOT_FOUND']);
  expect(await ask(url, '{ sites { id } }')).toEqual({ data: { sites: [] } });
  expect(await ask(url, '{ count(path: "/a") }', {}, bearer(token))).toEqual({ data: { count: 0 } });
});

test('a password that a proxy asks for is no token', async () => {
  const { url } = await startWorld();
  const headers = { authorization: 'Basic YTpi' };
  expect(await ask(url, '{ count(site: "open", path: "/a") }', {}, headers)).toEqual({ data: { count: 1 } });
});
