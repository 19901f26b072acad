import { createClient } from 'graphql-ws';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { eachDatabase } from '../support/databases.ts';
import { ask, type Result } from '../support/graphql.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { transports } from '../support/subscriptions.ts';

const COUNT = 'subscription ($site: ID, $path: String) { count(site: $site, path: $path) }';
const VIEWS = 'subscription ($path: String) { count(path: $path, of: VIEWS) }';
const VISITS =
  'subscription ($site: ID, $path: String) { visitCounted(site: $site, path: $path) { path referrer spentSeconds } }';

for (const { name, subscribe } of transports) {
  eachDatabase(`over ${name}`, (database) => {
    test('a count is told at once, and again whenever it changes', async () => {
      const { url, visit } = await startTestService({ database });
      await visit('/a');
      const counts = subscribe(url, COUNT, { path: '/a/' });
      expect(await counts.next()).toEqual({ data: { count: 1 } });
      await visit('/b');
      await visit('/a');
      expect(await counts.next()).toEqual({ data: { count: 2 } });
      await visit('/a');
      expect(await counts.next()).toEqual({ data: { count: 3 } });
      await counts.end();
    });
  });

  eachDatabase(`over ${name}`, (database) => {
    test('views of a page, and visits and views of the whole site, are told likewise', async () => {
      const service = await startTestService({ database });
      const { url, visit } = service;
      await visit('/a');
      const subscriptions = [
        subscribe(url, VIEWS, { path: '/a' }),
        subscribe(url, COUNT),
        subscribe(url, VIEWS),
      ];
      const next = async () => {
        const results = await Promise.all(subscriptions.map((subscription) => subscription.next()));
        return results.map((result) => (result as Result).data?.['count']);
      };
      expect(await next()).toEqual([1, 1, 1]);
      await visit('/a');
      expect(await next()).toEqual([2, 2, 2]);
      await view(service, '/b');
      expect(await subscriptions[2]?.next()).toEqual({ data: { count: 3 } });
      await visit('/a');
      expect(await next()).toEqual([3, 3, 4]);
      const { data } = await ask(
        url,
        '{ a: count(path: "/b") b: count(path: "/b", of: VIEWS) c: count d: count(of: VIEWS) site { visits views } }',
      );
      expect(data).toEqual({ a: 0, b: 1, c: 3, d: 4, site: { visits: 3, views: 4 } });
      await Promise.all(subscriptions.map((subscription) => subscription.end()));
    });
  });

  describe(`over ${name}`, () => {
    test('each visit is told as it counts, of all pages or of one', async () => {
      const { url, visit } = await startTestService();
      const all = subscribe(url, VISITS);
      const one = subscribe(url, VISITS, { path: '/b' });
      // These have no present value, so a count says when the service listens.
      const next = [all.next(), one.next()];
      await listening(url);
      await visit('/a', { referrer: 'https://news.example' });
      await visit('/b');
      const a = { path: '/a', referrer: 'news.example', spentSeconds: null };
      const b = { path: '/b', referrer: null, spentSeconds: null };
      expect(await Promise.all(next)).toEqual([{ data: { visitCounted: a } }, { data: { visitCounted: b } }]);
      expect(await all.next()).toEqual({ data: { visitCounted: b } });
      await Promise.all([all.end(), one.end()]);
    });

    test('visits of another site are never told', async () => {
      const { url, visit } = await startTestService({ sites: { blog: {}, docs: {} } });
      const counts = subscribe(url, COUNT, { site: 'docs', path: '/a' });
      expect(await counts.next()).toEqual({ data: { count: 0 } });
      const visits = subscribe(url, VISITS, { site: 'docs' });
      const next = visits.next();
      await listening(url);
      for (const site of ['blog', 'blog', 'docs']) await visit('/a', { site });
      expect(await counts.next()).toEqual({ data: { count: 1 } });
      expect(await next).toMatchObject({ data: { visitCounted: { path: '/a' } } });
      await Promise.all([counts.end(), visits.end()]);
    });

    test('what cannot be subscribed to is refused with its code', async () => {
      const { url } = await startTestService({ sites: { blog: {}, docs: {} } });
      const refusals = [
        [COUNT, { path: '/a' }, 'SITE_REQUIRED'],
        [VISITS, { site: 'shop' }, 'SITE_NOT_FOUND'],
        [COUNT, { site: 'blog', path: '//host' }, 'INVALID_PATH'],
        [COUNT, { site: 1.5 }, 'BAD_USER_INPUT'],
        [COUNT, { site: 'blog', path: 'no-slash' }, 'INVALID_PATH'],
        ['subscription { nothing }', {}, 'GRAPHQL_VALIDATION_FAILED'],
        ['subscription { count(', {}, 'GRAPHQL_PARSE_FAILED'],
      ] as const;
      for (const [query, variables, code] of refusals) {
        const refused = subscribe(url, query, variables);
        expect([query, await refused.next()]).toMatchObject([query, { errors: [{ extensions: { code } }] }]);
        await refused.end();
      }
    });

    test('every subscription is broken off when the service stops, which does not wait for it', async () => {
      const service = await startTestService();
      const counts = subscribe(service.url, COUNT, { path: '/a' });
      const visits = subscribe(service.url, VISITS);
      await counts.next();
      const ends = [counts.next(), visits.next()];
      await listening(service.url);
      const began = performance.now();
      await service.stop();
      expect(performance.now() - began).toBeLessThan(1_500);
      expect(await Promise.all(ends)).toEqual(['broken off', 'broken off']);
    });
  });
}

test('a WebSocket carries queries and mutations too, and closes as going away', async () => {
  const service = await startTestService();
  const closed = new Promise<CloseEvent>((resolve) => {
    const client = createClient({
      url: `${service.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      lazy: false,
      retryAttempts: 0,
      onNonLazyError: () => {},
      on: { closed: (event) => resolve(event as CloseEvent) },
    });
    const query = 'mutation { register(path: "/a") { visitId } }';
    client.subscribe({ query }, { next: () => void service.stop(), error: () => {}, complete: () => {} });
  });
  expect((await closed).code).toBe(1001);
  expect(service.site.requests).toEqual(['/a']);
});

test('a wrong document does not end the other subscriptions of its socket', async () => {
  const { url, visit } = await startTestService();
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  const counts = client.iterate<{ count: number }>({ query: COUNT, variables: { path: '/a' } });
  expect((await counts.next()).value?.data?.count).toBe(0);
  for (const query of ['subscription {', 'subscription { nothing }', '{ count(path: "//host") }']) {
    const wrong = client.iterate({ query });
    // Told as an error message or as a result with errors, by when it was found.
    const errors = await wrong.next().then(
      ({ value }) => (value as { errors?: unknown })?.errors,
      (error: unknown) => error,
    );
    expect(errors, query).toBeInstanceOf(Array);
  }
  await visit('/a');
  expect((await counts.next()).value?.data?.count).toBe(1);
  await client.dispose();
});

/** Counts a hit of the pixel. */
async function view({ request }: TestService, path: string): Promise<void> {
  const response = await request(`/pixel.gif?${new URLSearchParams({ path })}`);
  expect(response.headers.get('oxicount-error')).toBeNull();
}

/** Resolves once the service took up a subscription that began later than those before. */
async function listening(url: string): Promise<void> {
  for (const { subscribe } of transports) {
    const later = subscribe(url, 'subscription { a: count(site: "blog", path: "/") }');
    await later.next();
    await later.end();
  }
}
