import { expect, test } from 'vitest';
import { startTestService } from '../support/service.ts';

const MADE = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const idOf = (response: Response) => response.headers.get('x-request-id');

test('every answer says what its request is called, and no two are called the same', async () => {
  const { request, site } = await startTestService();
  const paths = [
    '/register?path=/a',
    '/post-sleep/x',
    '/nowhere',
    '/graphql',
    '/api/counts',
    '/count.js',
    '/healthz',
  ];
  const ids = [];
  for (const path of paths) ids.push(idOf(await request(path, { headers: { origin: site.url } })));
  for (const id of ids) expect(id).toMatch(MADE);
  expect(new Set(ids).size).toBe(paths.length);
  const answer = await request('/register?path=/a', { headers: { origin: site.url } });
  expect(answer.headers.get('access-control-expose-headers')).toContain('x-request-id');
});

test('what a trusted proxy calls a request it is called here', async () => {
  const { request } = await startTestService({ env: { OXICOUNT_TRUSTED_PROXIES: 'loopback' } });
  const called = async (headers: Record<string, string>) => idOf(await request('/healthz', { headers }));
  const traceparent = `00-${TRACE}-b7ad6b7169203331-01`;
  expect(await called({ 'x-request-id': 'proxy-0123456789' })).toBe('proxy-0123456789');
  expect(await called({ traceparent })).toBe(TRACE);
  expect(await called({ 'x-request-id': 'short', traceparent })).toBe(TRACE);
  for (const wrong of ['short', 'with spaces in it', 'x'.repeat(129), '<script>alert(1)</script>']) {
    expect(await called({ 'x-request-id': wrong })).toMatch(MADE);
  }
  expect(await called({ traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` })).toMatch(MADE);
});

test('what a stranger calls a request is not believed', async () => {
  const { request } = await startTestService();
  expect(idOf(await request('/healthz', { headers: { 'x-request-id': 'proxy-0123456789' } }))).toMatch(MADE);
});
