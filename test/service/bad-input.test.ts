import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startTestService, type TestService } from '../support/service.ts';

const LONG = `/${'x'.repeat(8_192)}`;
const VISIT_ID = 'A'.repeat(74);

/** Paths that are none, as they stand in a query string. */
const NO_PATHS = [
  '@127.0.0.1:9/x',
  '//host/x',
  '/\\host',
  '%5Chost',
  'https://host/x',
  'x',
  '/a/../b',
  '/%2e%2e/b',
  '/a/%252e%252e%2f',
  '/%00',
  '/%2500',
  '/a%0d%0ab',
  '/a%3Fb',
  '/a%23b',
  '/%25zz',
  '/%zz',
  '/%25ed%25a0%2580',
  LONG,
];

/** Requests that are wrong, and the code that says why; null where the request is not one that a route takes. */
const REQUESTS: readonly (readonly [string, string | null, RequestInit?])[] = [
  ...NO_PATHS.flatMap((path) =>
    ['/register', '/api/count', '/api/history'].map(
      (route) => [`${route}?path=${path}`, 'INVALID_PATH'] as const,
    ),
  ),
  ...['/register', '/api/count', '/api/history'].flatMap(
    (route) =>
      [
        [route, 'INVALID_ARGUMENT'],
        [`${route}?Path=/a`, 'INVALID_ARGUMENT'],
        [`${route}?path=/a&path=/b`, 'INVALID_ARGUMENT'],
        [`${route}?path=/a&site=blog&site=docs`, 'INVALID_ARGUMENT'],
        [`${route}?path=/a&site=`, 'SITE_NOT_FOUND'],
        [`${route}?path=/a&site=%00`, 'SITE_NOT_FOUND'],
        [`${route}?path=/a&site=${LONG}`, 'SITE_NOT_FOUND'],
        [`${route}?path=/a&site=__proto__`, 'SITE_NOT_FOUND'],
      ] as const,
  ),
  ['/api/counts?site=nobody', 'SITE_NOT_FOUND'],
  ['/api/counts?site=blog&site=docs', 'INVALID_ARGUMENT'],
  ...['x', VISIT_ID, `${VISIT_ID}A`, '%00', '..%2f..', '%F0%9F%98%80'].flatMap(
    (id) =>
      [
        [`/post-sleep/${id}`, 'INVALID_VISIT_ID'],
        [`/page-left/${id}/1`, 'INVALID_VISIT_ID'],
      ] as const,
  ),
  ...['-1', '1.5', '1e3', 'NaN', '', '9'.repeat(10), '%00'].map(
    (seconds) => [`/page-left/${VISIT_ID}/${seconds}`, 'INVALID_ARGUMENT'] as const,
  ),
  [`/post-sleep${LONG}`, null],
  [`/page-left${LONG}/1`, null],
  ['/post-sleep/%zz', null],
  ['/page-left/%zz/1', null],
  ['/post-sleep/', 'INVALID_VISIT_ID'],
  ['/page-left/', null],
  ['/register/more', null],
  ['/register?path=/a', null, { method: 'PUT' }],
  ['/register?path=/a', null, { method: 'DELETE' }],
  ['/api/counts', null, { method: 'POST' }],
  ['/api/count?path=/a', null, { method: 'PATCH' }],
  ['/register?path=/a', null, { method: 'POST', body: 'x'.repeat(200_000) }],
  [`/post-sleep/${VISIT_ID}`, null, { method: 'POST', body: 'x'.repeat(200_000) }],
];

async function nothingWasStored({ request, site }: TestService): Promise<void> {
  expect(await (await request('/api/counts')).json()).toEqual([]);
  for (const path of ['/a', '/b', '/']) {
    expect((await request(`/api/history?path=${path}`)).status).toBe(404);
  }
  expect(site.requests).toEqual([]);
}

test('a wrong request is refused with a sentence and a code, and leaves nothing behind', async () => {
  const service = await startTestService();
  for (const [path, code, init] of REQUESTS) {
    const response = await service.request(path, init);
    const shown = `${init?.method ?? 'GET'} ${path.slice(0, 80)}`;
    expect(response.status, shown).toBeGreaterThanOrEqual(400);
    expect(response.status, shown).toBeLessThan(500);
    expect(response.headers.get('content-type'), shown).toMatch(/^text\/plain/);
    expect(response.headers.get('oxicount-error'), shown).toBe(code);
    const message = await response.text();
    expect(message.length, shown).toBeGreaterThan(10);
    // What was sent is not sent back at length.
    expect(message.length, shown).toBeLessThan(400);
  }
  await nothingWasStored(service);
  expect(service.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

test('what is not HTTP is turned away, and the service goes on', async () => {
  const service = await startTestService();
  const { hostname, port } = new URL(service.url);
  const garbage = [
    'no HTTP at all\r\n\r\n',
    'GET /register?path=/a b HTTP/1.1\r\nhost: x\r\n\r\n',
    'GET /register?path=/\u0000 HTTP/1.1\r\nhost: x\r\n\r\n',
    `GET /register?path=/a HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`,
    'POST /register?path=/b HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n',
    'GET //host/register?path=/a HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
  ];
  for (const bytes of garbage) {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write(bytes));
      let text = '';
      socket.setEncoding('latin1').on('data', (chunk) => {
        text += chunk;
      });
      socket.on('error', reject).on('close', () => resolve(text));
    });
    expect(answer, bytes.slice(0, 60)).toMatch(/^HTTP\/1\.1 4\d\d /);
  }
  await nothingWasStored(service);
  expect((await service.request('/healthz')).status).toBe(200);
});
