import { setTimeout as pass } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { startTestService } from '../support/service.ts';

eachDatabase('the tracking routes', (database) => {
  test("a page is registered with a bare visit id, as OxiTraffic's script expects", async () => {
    const { request, site } = await startTestService({ database });
    const response = await request('/register?path=/a');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toMatch(/^[A-Za-z0-9_-]{40,}$/);
    expect(site.requests).toEqual(['/a']);
  });

  test('the second version of the answer says how long to wait', async () => {
    const { request } = await startTestService({ database, sites: { blog: { minDelaySecs: 7 } } });
    const answer = await (await request('/register?path=/a&v=2')).json();
    expect(answer).toEqual({ visitId: expect.any(String), minDelaySecs: 7 });
  });

  test('a trailing slash names the same page, and no path the front page', async () => {
    const { request, visit, site } = await startTestService({ database });
    await visit('/a');
    // A page is known by then, so the site is not asked again for another way to write it.
    await visit('/a/');
    await visit('');
    await visit('/');
    expect(await (await request('/api/counts')).json()).toEqual([
      { path: '/', count: 2 },
      { path: '/a', count: 2 },
    ]);
    expect(site.requests).toEqual(['/a', '/']);
  });

  test('a page that the site does not have is refused with a sentence', async () => {
    const { request } = await startTestService({ database });
    const response = await request('/register?path=/gone');
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(response.headers.get('oxicount-error')).toBe('PAGE_NOT_FOUND');
    expect(await response.text()).toMatch(/has no page \/gone/);
  });

  test('a visit counts once it lasted the delay, and not a moment earlier', async () => {
    const { request, register } = await startTestService({ database, sites: { blog: { minDelaySecs: 1 } } });
    const id = await register('/a');
    const early = await request(`/post-sleep/${id}`);
    expect(early.status).toBe(400);
    expect(early.headers.get('oxicount-error')).toBe('VISIT_TOO_EARLY');
    expect(early.headers.get('retry-after')).toBe('1');
    expect(await early.text()).toMatch(/counts after 1 s/);
    expect(await (await request('/api/count?path=/a')).json()).toBe(0);

    await pass(1_000);
    const counted = await request(`/post-sleep/${id}`);
    expect([counted.status, await counted.text()]).toEqual([200, '']);
    expect(await (await request('/api/count?path=/a')).json()).toBe(1);
  });

  test('a visit id that was used is refused, and changes nothing', async () => {
    const { request, visit } = await startTestService({ database });
    const id = await visit('/a');
    const again = await request(`/post-sleep/${id}`);
    expect(again.status).toBe(400);
    expect(again.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await again.text()).not.toBe('');
    expect(await (await request('/api/count?path=/a')).json()).toBe(1);
  });

  test('leaving says how long the page was seen, for a visit that counted only', async () => {
    const { request, register, visit } = await startTestService({ database });
    const id = await visit('/a');
    const left = await request(`/page-left/${id}/0`);
    expect([left.status, await left.text()]).toEqual([200, '']);
    const notCounted = await request(`/page-left/${await register('/a')}/0`);
    expect(notCounted.status).toBe(400);
    expect(notCounted.headers.get('oxicount-error')).toBe('VISIT_NOT_COUNTED');
    const forged = id.slice(0, 40) + (id[40] === 'A' ? 'B' : 'A') + id.slice(41);
    const unknown = await request(`/page-left/${forged}/0`);
    expect(unknown.status).toBe(400);
    expect(unknown.headers.get('oxicount-error')).toBe('INVALID_VISIT_ID');
  });

  test('beacons of every kind count as plain requests do', async () => {
    const { request } = await startTestService({ database });
    const bodies = [
      '',
      'anything',
      new Blob(['{}'], { type: 'application/json' }),
      new FormData(),
      undefined,
    ];
    for (const body of bodies) {
      const post = (path: string) =>
        request(path, { method: 'POST', ...(body === undefined ? {} : { body }) });
      const id = (await (await post('/register?path=/b')).json()) as string;
      expect((await post(`/post-sleep/${id}`)).status).toBe(200);
      expect((await post(`/page-left/${id}/0`)).status).toBe(200);
    }
    expect(await (await request('/api/count?path=/b')).json()).toBe(bodies.length);
  });

  test('where there are several sites, a page says which one it belongs to', async () => {
    const { request, register, visit, sites } = await startTestService({
      database,
      sites: { blog: {}, docs: {} },
    });
    const unsaid = await request('/register?path=/a');
    expect(unsaid.status).toBe(400);
    expect(unsaid.headers.get('oxicount-error')).toBe('SITE_REQUIRED');
    await visit('/a', { site: 'docs' });
    await register('/a', 'blog');
    expect(await (await request('/api/count?path=/a&site=docs')).json()).toBe(1);
    expect(await (await request('/api/count?path=/a&site=blog')).json()).toBe(0);
    // A browser says it with every request.
    const origin = sites['docs']?.url ?? '';
    expect((await request('/register?path=/a', { headers: { origin } })).status).toBe(200);
    const unknown = await request('/register?path=/a&site=shop');
    expect([unknown.status, unknown.headers.get('oxicount-error')]).toEqual([404, 'SITE_NOT_FOUND']);
  });
});
