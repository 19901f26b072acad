import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createClient } from '../../sdk/src/index.ts';
import { postgresql } from '../support/databases.ts';
import { readExposition, sumOf } from '../support/exposition.ts';
import { ask, codesOf, type Result } from '../support/graphql.ts';
import { postgresqlAbsence } from '../support/postgresql.ts';
import { run, temporaryFolder } from '../support/program.ts';
import { redisAbsence, redisUrl, startRedis } from '../support/redis.ts';
import { startTestService, type TestService, type TestServiceOptions } from '../support/service.ts';
import { type Subscription, transports } from '../support/subscriptions.ts';

const absence = (await postgresqlAbsence()) ?? (await redisAbsence());
const ADMINISTRATOR = { authorization: 'Bearer administers-everything' };
const SCRAPER = { authorization: 'Bearer reads-metrics-and-nothing-else' };
const PATIENT = { timeout: 15_000 };
/** Within this a cache that nobody told of a change has not been read again. */
const BEFORE_REFRESH = { timeout: 3_500 };

const COUNT = 'subscription { count(path: "/a") }';
const SITE_COUNT = 'subscription { count }';
const VOTES = 'subscription { votes(path: "/a") { up } }';
const LIVE = 'subscription { liveVisitors { visitors } }';
const VISITS = 'subscription { visitCounted { path } }';

/** Two services on one PostgreSQL that share a Redis. */
async function startTwo(url: string, options: TestServiceOptions = {}): Promise<[TestService, TestService]> {
  const database = await postgresql.create();
  const first = await startTestService({ ...options, databaseUrl: database.url, redisUrl: url });
  const sites = Object.fromEntries(
    Object.entries(first.sites).map(([slug, { url: origin }]) => [
      slug,
      { ...options.sites?.[slug], baseUrls: [origin], callbackOrigin: origin },
    ]),
  );
  const second = await startTestService({ ...options, databaseUrl: database.url, redisUrl: url, sites });
  onTestFinished(async () => {
    await Promise.all([first.stop(), second.stop()]);
    await database.remove();
  });
  return [first, second];
}

async function scrape({ request }: TestService) {
  const response = await request('/metrics', { headers: SCRAPER });
  return readExposition(await response.text());
}

/** What metrics say of whom live events reach, by reach. */
async function reachOf(service: TestService): Promise<Record<string, number>> {
  const { samples = [] } = (await scrape(service)).get('oxicount_live_events_reach') ?? {};
  return Object.fromEntries(samples.map(({ labels, value }) => [labels['reach'], value]));
}

/** Subscribes, and keeps the newest of what is pushed; over all that ever was where `all` is asked for. */
function follow({ url }: TestService, query: string) {
  const transport = transports.find(({ name }) => name === 'WebSocket');
  if (!transport) throw new Error('There is no WebSocket to subscribe over.');
  const subscription: Subscription = transport.subscribe(url, query);
  const all: unknown[] = [];
  const reading = (async () => {
    while (true) {
      const result = await subscription.next();
      if (result === null || result === 'broken off') return;
      all.push(Object.values((result as Result).data ?? { errors: result.errors })[0]);
    }
  })();
  onTestFinished(async () => {
    await subscription.end();
    await reading;
  });
  return { all, newest: () => all.at(-1) };
}

const readyz = async ({ request }: TestService) => {
  const response = await request('/readyz');
  return { status: response.status, body: await response.json() };
};

/** Reads `/a` until it counts, and votes for it. */
async function visitAndVote({ url, request, site }: TestService): Promise<Result> {
  const headers = {
    origin: site.url,
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
    'accept-language': 'en',
  };
  const id = await (await request('/register?path=/a', { headers })).json();
  await request(`/post-sleep/${id}`, { headers });
  return ask(url, 'mutation { vote(path: "/a", vote: UP) { up } }', {}, headers);
}

describe.skipIf(absence !== null)(`two replicas that share a Redis${absence ? ` (${absence})` : ''}`, () => {
  test('push what is counted on either to the subscribers of both', async () => {
    const [a, b] = await startTwo(redisUrl);
    const followed = [COUNT, SITE_COUNT, VOTES, LIVE, VISITS].map((query) => follow(b, query));
    const [count, siteCount, votes, live, visits] = followed;
    await vi.waitFor(() => expect([count?.newest(), siteCount?.newest()]).toEqual([0, 0]), PATIENT);
    await vi.waitFor(() => expect(live?.newest()).toEqual({ visitors: 0 }), PATIENT);
    expect((await visitAndVote(a)).errors).toBeUndefined();
    await vi.waitFor(() => {
      expect(count?.newest()).toBe(1);
      expect(siteCount?.newest()).toBe(1);
      expect(votes?.newest()).toEqual({ up: 1 });
      expect(live?.newest()).toEqual({ visitors: 1 });
      expect(visits?.all).toEqual([{ path: '/a' }]);
    }, PATIENT);
    await b.visit('/b');
    await vi.waitFor(() => expect(visits?.all).toEqual([{ path: '/a' }, { path: '/b' }]), PATIENT);
    for (const service of [a, b]) {
      expect(await readyz(service)).toEqual({
        status: 200,
        body: { status: 'ready', liveEvents: 'all replicas' },
      });
    }
  });

  test('take steps of one visit, whichever it is', async () => {
    const [a, b] = await startTwo(redisUrl);
    const id = await a.register('/a');
    expect((await b.request(`/post-sleep/${id}`)).status).toBe(200);
    expect((await a.request(`/page-left/${id}/0`)).status).toBe(200);
    expect(await (await b.request('/api/count?path=/a')).json()).toBe(1);
  });

  test('refuse a token at once that was revoked on the other', async () => {
    const [a, b] = await startTwo(redisUrl, {
      adminToken: 'administers-everything',
      sites: { blog: { visibility: 'private' } },
    });
    const made = await ask(
      a.url,
      'mutation { createToken(input: { name: "reader", scopes: [READ] }) { secret token { id } } }',
      {},
      ADMINISTRATOR,
    );
    const { secret, token } = made.data?.['createToken'] as { secret: string; token: { id: string } };
    const reader = { authorization: `Bearer ${secret}` };
    const read = async () => (await b.request('/api/counts', { headers: reader })).status;
    expect(await read()).toBe(200);
    const revoke = 'mutation ($id: ID!) { revokeToken(id: $id) { id } }';
    expect((await ask(a.url, revoke, { id: token.id }, ADMINISTRATOR)).errors).toBeUndefined();
    await vi.waitFor(async () => expect(await read()).toBe(401), BEFORE_REFRESH);
  });

  test('know a site at once that was made on the other', async () => {
    const [a, b] = await startTwo(redisUrl, { adminToken: 'administers-everything' });
    const sites = async () => ((await ask(b.url, '{ sites { id } }')).data?.['sites'] as unknown[]).length;
    expect(await sites()).toBe(1);
    const create =
      'mutation { createSite(input: { id: "shop", name: "Shop", baseUrls: ["https://shop.example"] }) { id } }';
    expect((await ask(a.url, create, {}, ADMINISTRATOR)).errors).toBeUndefined();
    await vi.waitFor(async () => expect(await sites()).toBe(2), BEFORE_REFRESH);
  });

  test('seal at once with a secret that was added by the command', async () => {
    const [a, b] = await startTwo(redisUrl);
    // The header of an id tells the secret that sealed it.
    const secrets = async () =>
      (await Promise.all([a, b].map(({ register }) => register('/a')))).map((id) => id.slice(0, 4));
    const [before] = await secrets();
    const rotation = run(['secret', 'rotate'], {
      cwd: await temporaryFolder(),
      env: { OXICOUNT_DATABASE_URL: a.databaseUrl, OXICOUNT_REDIS_URL: redisUrl },
    });
    expect(await rotation.exit, rotation.output()).toBe(0);
    await vi.waitFor(async () => {
      const [first, second] = await secrets();
      expect(first).not.toBe(before);
      expect(second).toBe(first);
    }, PATIENT);
  });

  test('have one budget of a caller together', async () => {
    const [a, b] = await startTwo(redisUrl, { limits: { reads: 20 } });
    const read = async (service: TestService) => (await service.request('/api/count?path=/a')).status;
    for (let asked = 0; asked < 20; asked += 1) await read(asked % 2 === 0 ? a : b);
    // A machine with much to do may let one through that it did not hear of in time.
    for (const service of [a, b])
      await vi.waitFor(async () => expect(await read(service)).toBe(429), PATIENT);
    await vi.waitFor(
      async () => expect(codesOf(await ask(b.url, '{ count(path: "/a") }'))).toEqual(['RATE_LIMITED']),
      PATIENT,
    );
  });
});

describe.skipIf(absence !== null)('while Redis is away, replicas', () => {
  test('serve on, each for itself, and their subscribers get what stands when it is back', async () => {
    const redis = await startRedis();
    const [a, b] = await startTwo(redis.url, {
      limits: { reads: 50 },
      env: { OXICOUNT_METRICS_TOKEN: 'reads-metrics-and-nothing-else' },
    });
    const followed = [COUNT, SITE_COUNT, VOTES, LIVE, VISITS].map((query) => follow(b, query));
    const [count, siteCount, votes, live, visits] = followed;
    await vi.waitFor(() => expect(live?.newest()).toEqual({ visitors: 0 }), PATIENT);
    await vi.waitFor(() => expect([count?.newest(), siteCount?.newest()]).toEqual([0, 0]), PATIENT);
    await redis.kill();
    for (const service of [a, b]) {
      await vi.waitFor(async () => {
        const only = { status: 'ready', liveEvents: 'this process only' };
        expect(await readyz(service)).toEqual({ status: 200, body: only });
      }, PATIENT);
      const reach = await reachOf(service);
      expect(reach).toEqual({ this_process: 0, this_process_only: 1, all_replicas: 0 });
    }

    expect((await visitAndVote(a)).errors).toBeUndefined();
    await b.visit('/b');
    await vi.waitFor(() => expect(visits?.all).toEqual([{ path: '/b' }]), PATIENT);
    expect(count?.newest()).toBe(0);
    for (let asked = 0; asked < 100; asked += 1) {
      expect((await a.request('/api/count?path=/a')).status).toBe(200);
    }

    await redis.start();
    await vi.waitFor(() => {
      expect(count?.newest()).toBe(1);
      expect(siteCount?.newest()).toBe(2);
      expect(votes?.newest()).toEqual({ up: 1 });
      expect(live?.newest()).toEqual({ visitors: 2 });
      expect(visits?.newest()).toBeNull();
    }, PATIENT);
    expect(await reachOf(b)).toEqual({ this_process: 0, this_process_only: 0, all_replicas: 1 });
    expect(sumOf(await scrape(a), 'oxicount_events_total', { direction: 'lost' })).toBeGreaterThan(0);
    expect(sumOf(await scrape(b), 'oxicount_event_gaps_total')).toBeGreaterThan(0);
    await a.visit('/posts/hello');
    await vi.waitFor(() => expect(visits?.newest()).toEqual({ path: '/posts/hello' }), PATIENT);
    const seen = await scrape(b);
    expect(sumOf(seen, 'oxicount_events_total', { direction: 'received' })).toBeGreaterThan(0);
    expect(sumOf(seen, 'oxicount_event_lag_seconds_count')).toBeGreaterThan(0);
  });

  test('lose no visit for a loop of the typed client', async () => {
    const redis = await startRedis();
    const [a, b] = await startTwo(redis.url);
    const seen: string[] = [];
    const stop = new AbortController();
    const loop = (async () => {
      for await (const { path } of createClient({ url: b.url }).visitCounted({}, stop)) seen.push(path);
    })();
    onTestFinished(async () => {
      stop.abort();
      await loop;
    });
    // Until it is subscribed, there is nothing that it could miss.
    await vi.waitFor(async () => {
      await b.visit('/');
      expect(seen).toContain('/');
    }, PATIENT);
    await redis.kill();
    await vi.waitFor(
      async () => expect((await readyz(b)).body.liveEvents).toBe('this process only'),
      PATIENT,
    );
    await a.visit('/a');
    await redis.start();
    await vi.waitFor(() => expect(seen.filter((path) => path === '/a')).toEqual(['/a']), PATIENT);
  });

  test('start', async () => {
    const redis = await startRedis();
    await redis.kill();
    const [a] = await startTwo(redis.url);
    await a.visit('/a');
    expect((await readyz(a)).body).toEqual({ status: 'ready', liveEvents: 'this process only' });
    expect(a.log.lines.filter(({ message }) => message.startsWith('Redis is away'))).toHaveLength(1);
  });
});
