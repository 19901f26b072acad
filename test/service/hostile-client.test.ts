import { randomBytes } from 'node:crypto';
import { setTimeout as pass } from 'node:timers/promises';
import { getIntrospectionQuery } from 'graphql';
import { createClient } from 'graphql-ws';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { createVisitSeal } from '../../server/domain/visit-id.ts';
import { counts, dashboard } from '../../server/graphql/limits/documents.testing.ts';
import { ask, codesOf } from '../support/graphql.ts';
import { serve, temporaryFolder } from '../support/program.ts';
import { openRaw, openUnread, textFrame, upgrade } from '../support/raw-socket.ts';
import { startTrackedSite } from '../support/tracked-site.ts';
import { readerAt, repeat, whileVisited } from '../support/under-attack.ts';

const ADMIN_TOKEN = 'may-do-everything-there-is';
const ATTACKER = '203.0.113.66';
const hostile = readerAt(ATTACKER);

/** The program with the limits that it has by itself, behind a proxy. */
async function start(env: Record<string, string> = {}) {
  const site = await startTrackedSite(['/a']);
  onTestFinished(() => site.close());
  const { url, output } = serve(
    {
      OXICOUNT_TRACKED_ORIGIN: site.url,
      OXICOUNT_MIN_DELAY_SECS: '0',
      OXICOUNT_TRUSTED_PROXIES: 'loopback',
      ...env,
    },
    await temporaryFolder(),
  );
  return { url: await url, output, site };
}

const many = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');

const DOCUMENTS: readonly (readonly [string, string, string])[] = [
  ['aliases without number', `{ ${many(900, (i) => `n${i}: count(path: "/")`)} }`, 'QUERY_TOO_COMPLEX'],
  ['a document without end', `{ ${many(20_000, () => 'a')} }`, 'QUERY_TOO_COMPLEX'],
  ['a depth without end', '{ a '.repeat(20_000), 'QUERY_TOO_COMPLEX'],
  ['values within values', `{ a(b: ${'['.repeat(80_000)}`, 'QUERY_TOO_COMPLEX'],
  [
    'fragments that double with every step',
    `{ ...n0 } ${many(60, (i) => `fragment n${i} on Query { ...n${i + 1} ...n${i + 1} }`)} fragment n60 on Query { sites { id } }`,
    'QUERY_TOO_COMPLEX',
  ],
  ['the same fields again and again', `{ ${many(1_200, () => 'sites { id }')} }`, 'QUERY_TOO_COMPLEX'],
  [
    'lists without end',
    `{ ${many(12, (i) => `n${i}: counts(first: 10000) { path count }`)} }`,
    'QUERY_TOO_COMPLEX',
  ],
  ['a list longer than any', '{ counts(first: 2000000000) { path } }', 'QUERY_TOO_COMPLEX'],
  [
    'a schema within a schema',
    `{ __schema { types { ${'fields { type { '.repeat(5)} name ${'} } '.repeat(5)} } } }`,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['a fragment within itself', '{ ...a } fragment a on Query { ...a }', 'GRAPHQL_VALIDATION_FAILED'],
  ['names that nearly are some', '{ site { nam } }', 'GRAPHQL_VALIDATION_FAILED'],
];

/** Refused in words for people, which tell nothing of what is within. */
function expectClean(answer: string): void {
  expect(answer).not.toMatch(/node_modules|\bat \w+ \(|\.[jt]s:\d|Did you mean/);
  expect(answer.length).toBeLessThan(100_000);
}

describe('a hostile client gets a clean refusal, and others notice nothing', () => {
  test('of documents, over HTTP', async () => {
    const { url } = await start();
    await whileVisited(url, async () => {
      for (const [what, query, code] of DOCUMENTS) {
        await repeat(5, 5, async () => {
          const result = await ask(url, query, {}, hostile);
          expectClean(JSON.stringify(result));
          expect([what, ...new Set(codesOf(result))]).toEqual([what, code]);
        });
      }
      const batch = JSON.stringify(Array(100).fill({ query: '{ counts { path } }' }));
      const headers = { ...hostile, 'content-type': 'application/json' };
      const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: batch });
      expect([response.status, codesOf((await response.json()) as never)]).toEqual([400, ['BAD_REQUEST']]);
    });
  });

  test('of documents, over a WebSocket, which goes on', async () => {
    const { url } = await start();
    await whileVisited(url, async () => {
      const client = createClient({
        url: `${url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
      });
      const first = (query: string) =>
        client
          .iterate({ query })
          .next()
          .then(
            ({ value }) => value,
            (errors: unknown) => ({ errors }),
          );
      for (const [what, query, code] of DOCUMENTS) {
        const result = (await first(query)) as never;
        expectClean(JSON.stringify(result));
        expect(JSON.stringify(result)).not.toContain('"http"');
        expect([what, ...new Set(codesOf(result))]).toEqual([what, code]);
      }
      expect(await first('{ sites { id } }')).toMatchObject({ data: { sites: [{}] } });
      await client.dispose();
    });
  });

  test('of ten thousand forged visit ids', async () => {
    const { url } = await start();
    const seal = createVisitSeal(randomBytes(32), randomBytes);
    const answers = new Set<string>();
    await whileVisited(url, () =>
      repeat(10_000, 20, async (index) => {
        const id = seal.seal({
          siteId: 1,
          pageId: 1,
          registeredAt: Date.now(),
          nonce: index,
          filtered: false,
        });
        const path = index % 2 === 0 ? `/post-sleep/${id}` : `/page-left/${id}/1`;
        const response = await fetch(url + path, { headers: hostile });
        const answer = `${response.status} ${response.headers.get('oxicount-error')}`;
        if (response.status === 429) expect(response.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
        expectClean(await response.text());
        answers.add(answer);
      }),
    );
    expect([...answers].sort()).toEqual(['400 INVALID_VISIT_ID', '429 RATE_LIMITED']);
  }, 120_000);

  test('of ten thousand wrong tokens, however they are sent', async () => {
    const { url } = await start({ OXICOUNT_ADMIN_TOKEN: ADMIN_TOKEN, OXICOUNT_VISIBILITY: 'private' });
    const owner = { ...readerAt('198.51.100.3'), authorization: `Bearer ${ADMIN_TOKEN}` };
    const created = await ask(
      url,
      'mutation { createToken(input: { name: "a reader", scopes: [READ] }) { secret } }',
      {},
      owner,
    );
    const { secret: good } = created.data?.['createToken'] as { secret: string };
    const holder = { ...readerAt('198.51.100.4'), authorization: `Bearer ${good}` };
    const makeUp: readonly ((index: number) => string)[] = [
      () => `oxi_${randomBytes(6).toString('hex')}_${randomBytes(32).toString('base64url')}`,
      () => good.slice(0, 17) + randomBytes(32).toString('base64url'),
      () => ADMIN_TOKEN.slice(0, -1),
      (index) => `oxi_${index}`,
      () => randomBytes(1_000).toString('base64url'),
      () => '',
    ];
    const posted = (query: string) => (token: string) =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { ...hostile, 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query }),
      });
    const got = (path: string) => (token: string) =>
      fetch(url + path, { headers: { ...hostile, authorization: `Bearer ${token}` } });
    const asked: readonly ((token: string) => Promise<Response>)[] = [
      posted('{ viewer { name } }'),
      posted('{ count }'),
      posted('mutation { deleteSite(id: "default") { rows } }'),
      posted('mutation { createToken(input: { name: "mine", scopes: [READ] }) { secret } }'),
      got('/api/counts'),
      got('/badge.json'),
      got(`/graphql?${new URLSearchParams({ query: 'subscription { count }' })}`),
    ];
    const codes: Record<string, number> = {};
    const told = (code: unknown) => {
      codes[String(code)] = (codes[String(code)] ?? 0) + 1;
    };
    await whileVisited(url, () =>
      repeat(10_000, 20, async (index) => {
        const token = makeUp[index % makeUp.length]?.(index) ?? '';
        if (index % 40 === 0) {
          told(await codeOverSocket(url, token, index % 80 === 0 ? '{ count }' : 'subscription { count }'));
          return;
        }
        const response = await (asked[index % asked.length] ?? posted('{ count }'))(token);
        const answer = await response.text();
        expectClean(answer);
        if (token.length > 20) expect(answer).not.toContain(token);
        if (response.status === 429) expect(response.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
        told(/INVALID_TOKEN|RATE_LIMITED/.exec(answer)?.[0] ?? response.headers.get('oxicount-error'));
        // Whoever holds a token asks from elsewhere, and is answered.
        if (index % 500 === 0)
          expect(await ask(url, '{ counts { path } }', {}, holder)).toEqual({ data: { counts: [] } });
      }),
    );
    expect(Object.keys(codes).sort()).toEqual(['INVALID_TOKEN', 'RATE_LIMITED']);
    // So few are looked up that nobody finds one: what the limit lets through, and what was under way by then.
    expect(codes['INVALID_TOKEN']).toBeLessThan(150);
    // Somebody at that address can read on without a token.
    const { errors } = await ask(url, '{ viewer { name } }', {}, hostile);
    expect(errors).toBeUndefined();
    expect(await ask(url, '{ viewer { name } }', {}, holder)).toEqual({
      data: { viewer: { name: 'a reader' } },
    });
  }, 120_000);

  test.each([
    'server-sent events',
    'WebSocket',
  ])('of subscriptions with wrong tokens (%s)', async (transport) => {
    const { url } = await start();
    const query = 'subscription { count }';
    const codes = new Set<unknown>();
    await whileVisited(url, () =>
      repeat(100, 5, async (index) => {
        const token = `wrong-${index}`;
        if (transport === 'WebSocket') {
          codes.add(await codeOverSocket(url, token, query));
          return;
        }
        const response = await fetch(`${url}/graphql?${new URLSearchParams({ query })}`, {
          headers: { ...hostile, accept: 'text/event-stream', authorization: `Bearer ${token}` },
        });
        codes.add(/INVALID_TOKEN|RATE_LIMITED/.exec(await response.text())?.[0]);
      }),
    );
    expect([...codes].sort()).toEqual(['INVALID_TOKEN', 'RATE_LIMITED']);
  });

  test('of paths that nobody has, for which the site is asked only so often', async () => {
    const { url, site } = await start();
    const codes = new Set<string | null>();
    await whileVisited(url, () =>
      repeat(1_000, 10, async (index) => {
        const response = await fetch(`${url}/register?path=/guess-${index}`, { headers: hostile });
        codes.add(response.headers.get('oxicount-error'));
      }),
    );
    expect([...codes].sort()).toEqual(['PAGE_NOT_FOUND', 'RATE_LIMITED']);
    expect(site.requests.length).toBeLessThan(500);
  }, 120_000);

  test('of questions without end, which say when to come back', async () => {
    const { url } = await start({ OXICOUNT_LIMITS__READS: '100' });
    await whileVisited(url, async () => {
      const query = '{ counts(first: 10000) { path count } }';
      await repeat(20, 5, async () => void (await ask(url, query, {}, hostile)));
      const response = await fetch(`${url}/graphql?${new URLSearchParams({ query })}`, { headers: hostile });
      expect(response.status).toBe(429);
      expect(response.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
      expect(await response.json()).toEqual({
        errors: [
          {
            message: expect.stringMatching(/the limit is 100 a minute/),
            extensions: { code: 'RATE_LIMITED', retryAfterSecs: Number(response.headers.get('retry-after')) },
          },
        ],
      });
      const plain = await fetch(`${url}/api/counts`, { headers: hostile });
      expect([plain.status, plain.headers.get('oxicount-error')]).toEqual([429, 'RATE_LIMITED']);
      // Others read on, and the attacker's own visits count.
      expect(await ask(url, query, {}, readerAt('198.51.100.2'))).toEqual({ data: { counts: [] } });
      expect((await fetch(`${url}/register?path=/a`, { headers: hostile })).status).toBe(200);
    });
  });

  test('of headers without end', async () => {
    const { url } = await start();
    await whileVisited(url, async () => {
      for (const bytes of [
        `GET /register?path=/a HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`,
        `GET /register?path=/a HTTP/1.1\r\nhost: x\r\n${'x: y\r\n'.repeat(10_000)}\r\n`,
        `GET /${'x'.repeat(100_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
      ]) {
        const answer = await (await openRaw(url, bytes)).closed;
        expect(answer).toMatch(/^HTTP\/1\.1 431 /);
        expectClean(answer);
      }
    });
  });

  test('of requests that never arrive, and of connections that say nothing', async () => {
    const { url } = await start();
    const beginnings = [
      '',
      'GET /register?path=/a HT',
      'GET /register?path=/a HTTP/1.1\r\nhost: x\r\n',
      'POST /register?path=/a HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nslow',
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
    ];
    await whileVisited(url, async () => {
      const sockets = await Promise.all(
        beginnings.flatMap((bytes) => Array.from({ length: 40 }, () => openRaw(url, bytes))),
      );
      // They drip on, or close their side; the answers come all the same.
      for (const [index, { socket }] of sockets.entries()) {
        if (index % 4 === 0) socket.end();
        else if (index % 4 === 1 && index >= 160) socket.write('x');
      }
      for (const answer of await Promise.all(sockets.map(({ closed }) => closed))) {
        expect(answer).toMatch(/^$|^HTTP\/1\.1 4\d\d /);
        expectClean(answer);
      }
    });
  }, 120_000);
});

describe('a hostile subscriber', () => {
  const socketUrl = (url: string) => `${url.replace('http', 'ws')}/graphql`;
  const open = (url: string) => new WebSocket(socketUrl(url), 'graphql-transport-ws', { headers: hostile });
  const closing = (socket: WebSocket) =>
    new Promise<number>((resolve) => socket.on('error', () => {}).on('close', resolve));

  test('who says nothing is shown out', async () => {
    const { url } = await start();
    await whileVisited(url, async () => {
      const codes = await Promise.all(Array.from({ length: 20 }, () => closing(open(url))));
      // What the protocol has for a greeting that did not come.
      expect(new Set(codes)).toEqual(new Set([4408]));
    });
  });

  test('who says too much at once is shown out, and nothing is printed', async () => {
    const { url, output } = await start();
    await whileVisited(url, async () => {
      const socket = open(url);
      socket.on('open', () => socket.send('x'.repeat(200_000)));
      expect(await closing(socket)).toBe(1009);
    });
    expect(output()).not.toMatch(/RangeError|Internal error/);
  });

  test('who wants more sockets than an address may have is refused, and has others back', async () => {
    const { url } = await start({ OXICOUNT_LIMITS__SUBSCRIPTIONS: '10' });
    await whileVisited(url, async () => {
      const sockets = Array.from({ length: 10 }, () => open(url));
      await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.on('open', resolve))));
      const refused = (await openRaw(url, upgrade(url, `x-forwarded-for: ${ATTACKER}`))).closed;
      expect(await refused).toMatch(
        /^HTTP\/1\.1 429 [\s\S]*oxicount-error: TOO_MANY_SUBSCRIPTIONS[\s\S]*limit is 10\.$/,
      );
      sockets.pop()?.close();
      await expect
        .poll(async () => {
          const again = open(url);
          const opened = new Promise<boolean>((resolve) => {
            again.on('open', () => resolve(true)).on('error', () => resolve(false));
          });
          return opened.finally(() => again.close());
        })
        .toBe(true);
      for (const socket of sockets) socket.close();
    });
  });

  test.each([
    'server-sent events',
    'WebSocket',
  ])('who subscribes without end is refused (%s)', async (transport) => {
    const { url } = await start({ OXICOUNT_LIMITS__SUBSCRIPTIONS: '10' });
    const query = 'subscription { count(path: "/a") }';
    const ending = new AbortController();
    await whileVisited(url, async () => {
      if (transport === 'WebSocket') {
        const client = createClient({
          url: socketUrl(url),
          webSocketImpl: headed(hostile),
          retryAttempts: 0,
        });
        const first = Array.from({ length: 10 }, () => client.iterate({ query }));
        for (const counting of first) expect((await counting.next()).value).toEqual({ data: { count: 0 } });
        const { value } = await client.iterate({ query }).next();
        expect(codesOf(value as never)).toEqual(['TOO_MANY_SUBSCRIPTIONS']);
        // One that is over makes room for another.
        await first[0]?.return?.();
        await expect
          .poll(async () => (await client.iterate({ query }).next()).value)
          .toEqual({ data: { count: 0 } });
        await client.dispose();
        return;
      }
      const subscribe = () =>
        fetch(`${url}/graphql?${new URLSearchParams({ query })}`, {
          headers: { ...hostile, accept: 'text/event-stream' },
          signal: ending.signal,
        });
      const opened = await Promise.all(Array.from({ length: 10 }, subscribe));
      expect(new Set(opened.map(({ status }) => status))).toEqual(new Set([200]));
      const refused = await subscribe();
      expect(refused.status).toBe(429);
      expect(await refused.text()).toContain('TOO_MANY_SUBSCRIPTIONS');
      ending.abort();
    });
  });

  test('who has too much under way on one socket is refused, and keeps the rest', async () => {
    const { url } = await start();
    await whileVisited(url, async () => {
      const client = createClient({ url: socketUrl(url), webSocketImpl: WebSocket, retryAttempts: 0 });
      const query = 'subscription { count(path: "/a") }';
      const first = Array.from({ length: 100 }, () => client.iterate({ query }));
      await Promise.all(first.map((counting) => counting.next()));
      const refused = await client
        .iterate({ query })
        .next()
        .catch((errors) => ({ value: { errors } }));
      expect(codesOf(refused.value as never)).toEqual(['TOO_MANY_SUBSCRIPTIONS']);
      await client.dispose();
    });
  });

  test('who never reads what is pushed keeps no visit from being counted', async () => {
    const { url } = await start({ OXICOUNT_LIMITS__TRACKING: '0' });
    const query = 'subscription { visitCounted { path registeredAt } }';
    const events = `GET /graphql?${new URLSearchParams({ query })} HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n`;
    for (let reader = 0; reader < 20; reader += 1) {
      const stream = await openRaw(url, events);
      stream.socket.pause();
      const { socket } = await openUnread(url);
      socket.write(textFrame(JSON.stringify({ type: 'subscribe', id: '1', payload: { query } })));
    }
    await whileVisited(url, () =>
      repeat(300, 10, async (index) => {
        const headers = readerAt(`198.51.100.${index % 250}`);
        const id = await (await fetch(`${url}/register?path=/a`, { headers })).json();
        expect((await fetch(`${url}/post-sleep/${id}`, { headers })).status).toBe(200);
      }),
    );
    expect(await (await fetch(`${url}/api/count?path=/a`)).json()).toBe(300);
  });

  test('who asks and never reads is cut off', async () => {
    const { url } = await start({ OXICOUNT_LIMITS__READS: '0' });
    await whileVisited(url, async () => {
      const { socket, closed } = await openUnread(url);
      let over = false;
      void closed.then(() => {
        over = true;
      });
      const query = getIntrospectionQuery();
      for (let id = 0; !over; id += 1) {
        socket.write(textFrame(JSON.stringify({ type: 'subscribe', id: `${id}`, payload: { query } })));
        await pass(5);
      }
    });
  });
});

test('what our own parts ask for is answered with the limits as they come', async () => {
  const { url } = await start();
  const pages = Object.fromEntries(Array.from({ length: 50 }, (_, page) => [`p${page}`, `/page-${page}`]));
  for (const [query, variables] of [
    [counts(50), pages],
    [dashboard(10), {}],
    [dashboard(100), {}],
    [getIntrospectionQuery(), {}],
  ] as const) {
    expect((await ask(url, query, variables, hostile)).errors).toBeUndefined();
  }
});

/** The code that refuses an operation over a socket which sends a token as it is opened. */
async function codeOverSocket(url: string, token: string, query: string): Promise<unknown> {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: headed(hostile),
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });
  const { value } = await client
    .iterate({ query })
    .next()
    .catch((errors: unknown) => ({ value: { errors } }));
  await client.dispose();
  return codesOf(value as never)[0];
}

/** A WebSocket that sends headers, which no browser can. */
function headed(headers: Record<string, string>) {
  return class extends WebSocket {
    constructor(address: string, protocols: string | string[]) {
      super(address, protocols, { headers });
    }
  };
}
