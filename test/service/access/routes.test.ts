import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, onTestFinished, test } from 'vitest';
import { REACH, READ_ROUTES, verdictOf } from './reach.ts';
import { anonymous, bearer, CALLERS, originOf, SITES, startWorld, type World } from './world.ts';

/** Many small requests, on a machine that may be busy. */
const PATIENTLY = { timeout: 120_000 };

/** How routes are held to who may read: every route of the program, with every method, is here. */
const ROUTES = {
  /** Tell figures of a site, as {@link READ_ROUTES} has them. */
  figures: ['/api/count', '/api/counts', '/api/history', '/badge.json', '/badge.svg', '/digest.atom'].flatMap(
    (url) => [`GET ${url}`, `HEAD ${url}`],
  ),
  /** Count what readers do, who have no token. */
  tracking: [
    ...['/register', '/post-sleep/:visitId', '/page-left/:visitId/:seconds'].flatMap((url) => [
      `GET ${url}`,
      `POST ${url}`,
      `HEAD ${url}`,
    ]),
    'GET /pixel.gif',
  ],
  /** Tell whoever administers the instance how their request arrived, and what it does. */
  administering: ['/arrival', '/metrics'].flatMap((url) => [`GET ${url}`, `HEAD ${url}`]),
  /** Tell everybody the same, and nothing of any site. */
  same: [
    ...['/', '/stats', '/definitions', '/healthz', '/readyz', '/count.js', '/*'].flatMap((url) => [
      `GET ${url}`,
      `HEAD ${url}`,
    ]),
    'HEAD /pixel.gif',
    ...['/register', '/post-sleep/:visitId', '/page-left/:visitId/:seconds', '/api/*'].map(
      (url) => `OPTIONS ${url}`,
    ),
    'OPTIONS /graphql',
  ],
  /** Is for those who administer a site: administering.test.ts. */
  owners: ['GET /api/export', 'HEAD /api/export'],
  /** Have tables of their own, field by field. */
  graphql: ['GET /graphql', 'POST /graphql', 'HEAD /graphql'],
};

/** What Fastify says of itself when it is made. */
interface WithRoutes {
  addHook(name: 'onRoute', told: (route: { method: string | string[]; url: string }) => void): void;
}

/** Routes whose answers are no JSON. */
const MARKUP: readonly string[] = ['/badge.svg', '/digest.atom'];
const GONE = ['archived', 'deleted', 'absent'] as const;

/** All that an answer says, but for when, to which request, and how long the name of the site in it is. */
async function answerTo({ url }: World, path: string, init: RequestInit = {}) {
  const response = await fetch(url + path, init);
  const {
    date: _date,
    'content-length': _length,
    'x-request-id': _id,
    ...headers
  } = Object.fromEntries(response.headers);
  return { status: response.status, headers, body: await response.text() };
}

/** A picture is as wide as the name of the site in it, so of pictures the words are compared. */
function withoutWidths<T extends { readonly body: string } | undefined>(answer: T): T {
  const [, title] = /<title>(.*?)<\/title>/.exec(answer?.body ?? '') ?? [];
  return title === undefined ? answer : { ...answer, body: title };
}

test('every route is in a table, with every method', async () => {
  const routes = new Set<string>();
  const watch = (message: unknown) => {
    const { fastify } = message as { fastify: WithRoutes };
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) routes.add(`${one} ${url}`);
    });
  };
  subscribe('fastify.initialization', watch);
  onTestFinished(() => void unsubscribe('fastify.initialization', watch));
  await startWorld();
  expect([...routes].sort()).toEqual(Object.values(ROUTES).flat().sort());
});

test(
  'a route of figures tells each caller what they may read, and nobody of a site that is none to them',
  PATIENTLY,
  async () => {
    expect(ROUTES.figures).toEqual(
      expect.arrayContaining(READ_ROUTES.flatMap(({ route }) => [`GET ${route}`, `HEAD ${route}`])),
    );
    expect(new Set(READ_ROUTES.map(({ route }) => `GET ${route}`)).size * 2).toBe(ROUTES.figures.length);
    const world = await startWorld();
    for (const caller of CALLERS) {
      for (const row of READ_ROUTES) {
        const headers = bearer(world.tokens[caller]);
        const pathOf = (site: string) =>
          `${row.route}?${[row.ask, `site=${site}`].filter(Boolean).join('&')}`;
        const answers = await Promise.all(SITES.map((site) => answerTo(world, pathOf(site), { headers })));
        for (const secret of world.callbackOrigins) expect(JSON.stringify(answers)).not.toContain(secret);
        const absent = anonymous(withoutWidths(answers[SITES.indexOf('absent')]), 'absent');
        for (const [index, site] of SITES.entries()) {
          const where = `${pathOf(site)} for ${caller}`;
          const reach = REACH[caller][site];
          const verdict = verdictOf(reach, row);
          const answer = answers[index];
          expect(answer?.headers['oxicount-error'] ?? 'told', where).toBe(verdict);
          if (verdict === 'told') {
            const body = answer?.body ?? '';
            expect(MARKUP.includes(row.route) ? body : JSON.parse(body), where).toEqual(row.told);
          }
          if (reach === 'none') expect(anonymous(withoutWidths(answer), site), where).toEqual(absent);
        }
        const head = await answerTo(world, pathOf('closed'), { headers, method: 'HEAD' });
        const { status, headers: shown } = answers[SITES.indexOf('closed')] ?? head;
        expect([head.status, head.headers['oxicount-error'], head.body]).toEqual([
          status,
          shown['oxicount-error'],
          '',
        ]);
      }
    }
  },
);

test('whoever asks over GET and POST of GraphQL is told the same', async () => {
  const world = await startWorld();
  for (const caller of CALLERS) {
    for (const site of SITES) {
      const query = `{ count(site: "${site}", path: "/a") }`;
      const headers = bearer(world.tokens[caller]);
      const got = await answerTo(world, `/graphql?${new URLSearchParams({ query })}`, { headers });
      const posted = await answerTo(world, '/graphql', {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      expect([got.status, got.body], `${site} for ${caller}`).toEqual([posted.status, posted.body]);
      expect(got.body).toContain(
        verdictOf(REACH[caller][site], { kind: 'COUNTS', of: '/a' }).replace('told', '{"count":1}'),
      );
      const head = await answerTo(world, `/graphql?${new URLSearchParams({ query })}`, {
        headers,
        method: 'HEAD',
      });
      expect(head.body).toBe('');
    }
  }
});

test('what is the same for everybody tells nothing of any site', async () => {
  const world = await startWorld();
  for (const route of ROUTES.same) {
    const [method = '', path = ''] = route.split(' ');
    const url = path.replace('/*', '/counts').replace(':visitId', 'x').replace(':seconds', '1');
    const answers = new Set<string>();
    for (const caller of CALLERS) {
      const answer = await answerTo(world, url, { method, headers: bearer(world.tokens[caller]) });
      answers.add(JSON.stringify([answer.status, answer.body]));
      const shown = JSON.stringify(answer);
      for (const site of ['closed', 'shut']) expect(shown, route).not.toContain(originOf(site));
      for (const secret of world.callbackOrigins) expect(shown, route).not.toContain(secret);
    }
    expect([route, answers.size]).toEqual([route, 1]);
  }
});

test(
  'readers are counted on every site that is there, whatever token is sent, and nothing else is',
  PATIENTLY,
  async () => {
    const world = await startWorld();
    const before = world.rows();
    for (const caller of CALLERS) {
      const headers = bearer(world.tokens[caller]);
      for (const site of SITES) {
        const gone = (GONE as readonly string[]).includes(site);
        // Of programs, and of the pages themselves, which cannot be told from those of no site once theirs is gone.
        for (const [origin, refusal] of [
          [null, 'SITE_NOT_FOUND'],
          [originOf(site), 'ORIGIN_NOT_ALLOWED'],
        ] as const) {
          const sent = { ...headers, ...(origin === null ? {} : { origin }) };
          const where = `${site} from ${origin} for ${caller}`;
          const named = origin === null ? `&site=${site}` : '';
          for (const method of ['GET', 'POST', 'HEAD']) {
            const registered = await answerTo(world, `/register?path=/a${named}`, { method, headers: sent });
            const expected = gone ? refusal : undefined;
            expect([registered.status === 200, registered.headers['oxicount-error']], where).toEqual([
              !gone,
              expected,
            ]);
            const allowed = registered.headers['access-control-allow-origin'];
            expect(allowed, where).toBe(gone ? undefined : (origin ?? undefined));
            if (gone || method === 'HEAD') continue;
            const id = JSON.parse(registered.body);
            const counted = await answerTo(world, `/post-sleep/${id}`, { method, headers: sent });
            expect(counted.status, where).toBe(200);
            const left = await answerTo(world, `/page-left/${id}/0`, { method, headers: sent });
            expect(left.status, where).toBe(200);
          }
          const seen = await answerTo(world, `/pixel.gif?path=/a${named}`, { headers: sent });
          expect([seen.status, seen.headers['oxicount-error']], where).toEqual([
            200,
            gone ? refusal : undefined,
          ]);
        }
        const id = world.begun[site];
        if (!gone || id === undefined) continue;
        for (const step of [`/post-sleep/${id}`, `/page-left/${id}/1`]) {
          for (const method of ['GET', 'POST', 'HEAD']) {
            const late = await answerTo(world, step, { method, headers });
            expect(late.headers['oxicount-error'], `${step} of ${site}`).toBe('SITE_NOT_FOUND');
          }
        }
      }
    }
    const after = world.rows();
    const goneIds = (before['oxi_sites'] as { id: number; archived_at: number | null }[])
      .filter((row) => row.archived_at !== null)
      .map(({ id }) => id);
    const ofGone = (rows: typeof before) =>
      Object.entries(rows).map(([table, all]) => [
        table,
        all.filter((row) => goneIds.includes((row as { site_id: number }).site_id)),
      ]);
    expect(goneIds).toHaveLength(2);
    expect(ofGone(after)).toEqual(ofGone(before));
  },
);

test('how a request arrived is told to whoever administers the instance, as kinds of addresses', async () => {
  const world = await startWorld();
  for (const caller of CALLERS) {
    const { status, headers, body } = await answerTo(world, '/arrival', {
      headers: { ...bearer(world.tokens[caller]), 'x-forwarded-for': '198.51.100.7, 10.1.2.3' },
    });
    const may = caller === 'ADMINISTER_INSTANCE' || caller === 'admin_token';
    expect([caller, status === 200]).toEqual([caller, may]);
    if (!may) {
      expect(headers['oxicount-error']).toMatch(/^(FORBIDDEN|INVALID_TOKEN)$/);
      continue;
    }
    expect(JSON.parse(body)).toMatchObject({ peer: 'loopback', forwarded: ['documentation', 'private'] });
    expect(body).not.toMatch(/198\.51|10\.1/);
  }
});

test('metrics are for whoever administers the instance', async () => {
  const world = await startWorld();
  for (const caller of CALLERS) {
    const { status, headers, body } = await answerTo(world, '/metrics', {
      headers: bearer(world.tokens[caller]),
    });
    const may = caller === 'ADMINISTER_INSTANCE' || caller === 'admin_token';
    expect([caller, status === 200]).toEqual([caller, may]);
    if (may) expect(body).toContain('oxicount_');
    else expect(headers['oxicount-error']).toMatch(/^(FORBIDDEN|INVALID_TOKEN)$/);
  }
});

test('a path that a private site does not have is refused without a word of where it was asked', async () => {
  const world = await startWorld();
  for (const origin of [null, originOf('closed')]) {
    for (const prepare of [async () => {}, async () => world.service.sites['closed']?.close()]) {
      await prepare();
      const path = `/register?path=/never${origin ? '-again' : ''}${origin ? '' : '&site=closed'}`;
      const answer = await answerTo(world, path, { headers: origin ? { origin } : {} });
      expect(answer.headers['oxicount-error']).toMatch(/^PAGE_NOT_FOUND|SITE_UNREACHABLE$/);
      for (const secret of world.callbackOrigins) {
        expect(JSON.stringify(answer)).not.toContain(secret);
        expect(JSON.stringify(answer)).not.toContain(new URL(secret).host);
      }
    }
  }
});
