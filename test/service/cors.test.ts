import { expect, test } from 'vitest';
import { startTestService } from '../support/service.ts';

const ELSEWHERE = 'https://elsewhere.example';

test("the site's pages may read every answer to their tracker, refusals too", async () => {
  const { request, register, site } = await startTestService();
  const id = await register('/a');
  const paths = [
    '/register?path=/a',
    '/register?path=/gone',
    '/register',
    `/post-sleep/${id}`,
    `/post-sleep/${id}`,
    '/post-sleep/forged',
    `/page-left/${id}/0`,
    `/page-left/${id}/never`,
  ];
  for (const method of ['GET', 'POST']) {
    for (const path of paths) {
      const response = await request(path, { method, headers: { origin: site.url } });
      expect(response.headers.get('access-control-allow-origin'), `${method} ${path}`).toBe(site.url);
      expect(response.headers.get('access-control-expose-headers')).toMatch(/oxicount-error/);
      expect(response.headers.get('vary')).toMatch(/origin/i);
      expect(response.headers.get('access-control-allow-credentials')).toBeNull();
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
  }
});

test('each base URL of a site is allowed, and answered as itself', async () => {
  const { request } = await startTestService({
    sites: { blog: { baseUrls: ['https://blog.example', 'https://www.blog.example'] } },
  });
  for (const origin of ['https://blog.example', 'https://www.blog.example']) {
    const response = await request('/register?path=/a', { headers: { origin } });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
  }
});

test('pages of another origin can neither count nor read', async () => {
  const { request, register } = await startTestService();
  const id = await register('/a');
  for (const origin of [ELSEWHERE, 'null', '']) {
    for (const path of ['/register?path=/b', `/post-sleep/${id}`, `/page-left/${id}/0`]) {
      const response = await request(path, { headers: { origin } });
      expect(response.status, `${path} from ${origin}`).toBe(403);
      expect(response.headers.get('oxicount-error')).toBe('ORIGIN_NOT_ALLOWED');
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
  }
  expect(await (await request('/api/counts')).json()).toEqual([]);
});

test("a page cannot count for another site, though that one's owner is the same", async () => {
  const { request, register, sites } = await startTestService({ sites: { blog: {}, docs: {} } });
  const origin = sites['docs']?.url ?? '';
  const id = await register('/a', 'blog');
  for (const path of ['/register?path=/a&site=blog', `/post-sleep/${id}`]) {
    const response = await request(path, { headers: { origin } });
    expect([response.status, response.headers.get('oxicount-error')]).toEqual([403, 'ORIGIN_NOT_ALLOWED']);
  }
});

test('anyone may read the public figures, refusals too', async () => {
  const { request, visit } = await startTestService({ sites: { blog: {}, docs: {} } });
  await visit('/a', { site: 'blog' });
  const paths = [
    '/api/counts?site=blog',
    '/api/count?site=blog&path=/a',
    '/api/history?site=blog&path=/a',
    '/api/counts',
    '/api/counts?site=shop',
    '/api/count?site=blog',
    '/api/history?site=blog&path=/never',
    '/api/history?site=blog&path=//host',
    '/api/count?site=blog&path=%zz',
  ];
  for (const path of paths) {
    const response = await request(path, { headers: { origin: ELSEWHERE } });
    expect(response.headers.get('access-control-allow-origin'), path).toBe('*');
    expect(response.headers.get('access-control-expose-headers'), path).toMatch(/oxicount-error/);
  }
});

test('a page may send a token of its own with what it reads, and the browser adds nothing', async () => {
  const { request } = await startTestService();
  for (const path of ['/api/counts', '/api/count?path=/a', '/api/history?path=/a']) {
    const preflight = await request(path, {
      method: 'OPTIONS',
      headers: {
        origin: ELSEWHERE,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET');
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization');
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
    const refused = await request(path, { headers: { origin: ELSEWHERE, authorization: 'Bearer wrong' } });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
    expect(refused.headers.get('access-control-expose-headers')).toMatch(/oxicount-error/);
  }
});

test('a browser may ask GraphQL from any page', async () => {
  const { request } = await startTestService();
  const preflight = await request('/graphql', {
    method: 'OPTIONS',
    headers: {
      origin: ELSEWHERE,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  });
  expect(preflight.status).toBe(204);
  expect(['*', ELSEWHERE]).toContain(preflight.headers.get('access-control-allow-origin'));
  expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
  expect(preflight.headers.get('access-control-allow-methods')).toMatch(/POST/);
  expect(preflight.headers.get('access-control-allow-headers')).toMatch(/authorization.*content-type/i);
  const asked = await request('/graphql', {
    method: 'POST',
    headers: { origin: ELSEWHERE, 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ counts { path } }' }),
  });
  expect(['*', ELSEWHERE]).toContain(asked.headers.get('access-control-allow-origin'));
  expect(await asked.json()).toEqual({ data: { counts: [] } });
});

test('a page of another origin cannot count over GraphQL either', async () => {
  const { request } = await startTestService();
  const response = await request('/graphql', {
    method: 'POST',
    headers: { origin: ELSEWHERE, 'content-type': 'application/json' },
    body: JSON.stringify({ query: 'mutation { register(path: "/a") { visitId } }' }),
  });
  const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
  expect(errors[0]?.extensions.code).toBe('ORIGIN_NOT_ALLOWED');
});
