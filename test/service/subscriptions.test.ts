import { createClient } from 'graphql-ws';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { eachDatabase } from '../support/databases.ts';
import { startTestService } from '../support/service.ts';
import { transports } from '../support/subscriptions.ts';

const COUNT = 'subscription ($site: ID, $path: String!) { count(site: $site, path: $path) }';
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
        [COUNT, { site: 'blog' }, 'BAD_USER_INPUT'],
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

/** Resolves once the service took up a subscription that began later than those before. */
async function listening(url: string): Promise<void> {
  for (const { subscribe } of transports) {
    const later = subscribe(url, 'subscription { a: count(site: "blog", path: "/") }');
    await later.next();
    await later.end();
  }
}
