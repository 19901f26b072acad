import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Domain } from '../../server/domain/domain.ts';
import { noLimits } from '../../server/domain/limits.testing.ts';
import { addGraphQL } from '../../server/graphql/server.ts';
import { createCallerOf } from '../../server/http/caller.ts';
import { createRequestIds } from '../../server/http/request-id.ts';
import { createHttpServer } from '../../server/http/server.ts';
import { createRefusals } from '../../server/refusals.ts';
import { createQuietLog } from '../support/log.ts';
import { startTestService } from '../support/service.ts';

const QUERY = encodeURIComponent('{ sites { id } }');
const JSON_TYPE = { 'content-type': 'application/json' };

/** Every route, and every way in which one can fail. Pages are those that browsers show. */
const ROUTES: readonly (readonly [string, number, ('page' | 'data')?, RequestInit?])[] = [
  ['/', 200, 'page'],
  ['/stats?path=/a', 200, 'page'],
  ['/definitions', 200, 'page'],
  ['/demo/', 200, 'page'],
  ['/demo/tide-pools/', 200, 'page'],
  ['/demo', 301],
  ['/demo/style.css', 200],
  ['/count.js', 200],
  ['/widgets.js', 200],
  ['/register?path=/a', 200],
  ['/register?path=/a', 204, 'data', { method: 'OPTIONS' }],
  ['/register?path=/missing', 404],
  ['/register?path=//host', 400],
  ['/register', 400],
  ['/register?path=/a', 403, 'data', { headers: { origin: 'https://elsewhere.example' } }],
  ['/register?path=/a', 404, 'data', { method: 'DELETE' }],
  ['/register?path=/a', 413, 'data', { method: 'POST', body: 'x'.repeat(200_000) }],
  ['/post-sleep/forged', 400],
  ['/page-left/forged/1', 400],
  ['/page-left/forged/never', 400],
  [`/post-sleep/${'x'.repeat(2_000)}`, 404],
  ['/post-sleep/%zz', 400],
  ['/pixel.gif?path=/a', 200],
  ['/pixel.gif', 200],
  ['/pixel.gif', 200, 'data', { method: 'HEAD' }],
  ['/api/counts', 200],
  ['/api/counts', 204, 'data', { method: 'OPTIONS' }],
  ['/api/counts', 404, 'data', { method: 'POST' }],
  ['/api/count?path=/a', 200],
  ['/api/count', 400],
  ['/api/count?path=/a', 401, 'data', { headers: { authorization: 'Bearer wrong' } }],
  ['/api/history?path=/missing', 404],
  ['/healthz', 200],
  ['/readyz', 200],
  [`/graphql?query=${QUERY}`, 200],
  ['/graphql?query={', 200],
  ['/graphql', 400],
  ['/graphql', 204, 'data', { method: 'OPTIONS' }],
  ['/graphql', 400, 'data', { method: 'POST', headers: JSON_TYPE, body: '{' }],
  ['/graphql', 415, 'data', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' }],
  ['/graphql', 413, 'data', { method: 'POST', headers: JSON_TYPE, body: 'x'.repeat(200_000) }],
  ['/graphql', 404, 'data', { method: 'DELETE' }],
  ['/nothing', 404],
  ['/demo/nothing', 404],
  ['/..%2fmain.js', 404],
  ['/%zz', 400],
];

/** What is told of every answer, whatever it is of. */
function expectSafe({ headers }: { headers: Headers }, kind: 'page' | 'data' | undefined): void {
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(kind === 'page' ? /default-src 'self'/ : /default-src 'none'/);
  expect(policy).toMatch(/frame-ancestors 'none'/);
  expect(policy).toMatch(/base-uri 'none'/);
  expect(policy).not.toMatch(/unsafe|\*/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
  expect(headers.get('permissions-policy')).toMatch(/camera=\(\)/);
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('server')).toBeNull();
  expect(headers.get('set-cookie')).toBeNull();
}

test('every answer of every route says what browsers may do with it, refusals too', async () => {
  const { request } = await startTestService();
  for (const [path, status, kind, init] of ROUTES) {
    const response = await request(path, { redirect: 'manual', ...init });
    const shown = `${init?.method ?? 'GET'} ${path.slice(0, 60)}`;
    expect([shown, response.status]).toEqual([shown, status]);
    expectSafe(response, kind);
    expect(response.headers.get('strict-transport-security')).toBeNull();
    await response.arrayBuffer();
  }
});

test('scripts and pictures are for other pages, which no header of theirs forbids', async () => {
  const { request } = await startTestService();
  for (const path of ['/count.js', '/widgets.js', '/pixel.gif?path=/a']) {
    const { headers } = await request(path);
    expect(headers.get('cross-origin-resource-policy'), path).toBe('cross-origin');
  }
  for (const path of ['/count.js', '/widgets.js']) {
    expect((await request(path)).headers.get('access-control-allow-origin'), path).toBe('*');
  }
});

test('the dashboard shares no window with who opened it', async () => {
  const { request } = await startTestService();
  for (const path of ['/', '/stats?path=/a', '/definitions']) {
    expect((await request(path)).headers.get('cross-origin-opener-policy'), path).toBe('same-origin');
  }
});

test('an event stream has the headers too', async () => {
  const { request } = await startTestService();
  const ending = new AbortController();
  const response = await request('/graphql', {
    method: 'POST',
    headers: { ...JSON_TYPE, accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription { count(path: "/a") }' }),
    signal: ending.signal,
  });
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  expectSafe(response, 'data');
  ending.abort();
});

test('GraphiQL may run its script, where developers have it', async () => {
  const { request } = await startTestService({ development: true });
  const response = await request('/graphql', { headers: { accept: 'text/html' } });
  expect(response.headers.get('content-security-policy')).toBeNull();
  expect(response.headers.get('x-frame-options')).toBe('DENY');
});

describe('where browsers reach the instance over HTTPS', () => {
  const callerOf = createCallerOf({ trustedProxies: [], countryHeader: null });
  const requestIdOf = createRequestIds(() => false);

  async function startSecure(): Promise<string> {
    const log = createQuietLog();
    const refusals = createRefusals({ log, ping: async () => {} });
    const domain = {
      limits: noLimits(),
      ready: async () => {},
      readReplica: async () => null,
    } as unknown as Domain;
    const app = await createHttpServer({
      domain,
      log,
      refusals,
      baseUrl: 'https://count.example',
      callerOf,
      requestIdOf,
    });
    await addGraphQL(app, {
      domain,
      entities: {} as never,
      log,
      refusals,
      callerOf,
      requestIdOf,
      baseUrl: 'http://127.0.0.1',
      development: false,
    });
    onTestFinished(() => app.close());
    return app.listen({ host: '127.0.0.1', port: 0 });
  }

  test('they are told to ask for nothing else', async () => {
    const url = await startSecure();
    for (const path of ['/', '/count.js', '/healthz', '/graphql?query={__typename}', '/nothing', '/%zz']) {
      const { headers } = await fetch(url + path);
      expect(headers.get('strict-transport-security'), path).toBe('max-age=31536000');
    }
  });

  test('what is no request at all is answered with the headers too', async () => {
    const { hostname, port } = new URL(await startSecure());
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write('no HTTP at all\r\n\r\n'));
      let text = '';
      socket.setEncoding('latin1').on('data', (chunk) => {
        text += chunk;
      });
      socket.on('error', reject).on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(/^x-content-type-options: nosniff\r$/m);
    expect(answer).toMatch(/^content-security-policy: default-src 'none'/m);
    expect(answer).toMatch(/^strict-transport-security: /m);
  });
});
