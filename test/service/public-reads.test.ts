import { expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { startTestService } from '../support/service.ts';

eachDatabase('the public figures', (database) => {
  test('are empty before the first visit', async () => {
    const { request, register } = await startTestService({ database });
    await register('/a');
    expect(await (await request('/api/counts')).json()).toEqual([]);
    expect(await (await request('/api/count?path=/a')).text()).toBe('0');
    expect(await (await request('/api/count?path=/never')).text()).toBe('0');
    expect(await (await request('/api/history?path=/a')).json()).toEqual({
      utc_offset: '+00:00',
      visits: [],
    });
  });

  test('list pages with the most visited first, and equal ones by their path', async () => {
    const { request, visit } = await startTestService({ database });
    for (const path of ['/b', '/a', '/posts/hello', '/posts/hello', '/']) await visit(path);
    const response = await request('/api/counts');
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.text()).toBe(
      '[{"path":"/posts/hello","count":2},{"path":"/","count":1},{"path":"/a","count":1},{"path":"/b","count":1}]',
    );
  });

  test('tell the visits of a page with the oldest first, under both names for the time spent', async () => {
    const { request, visit } = await startTestService({ database });
    await visit('/a', { referrer: 'https://www.first.example/page' });
    const second = await visit('/a');
    await request(`/page-left/${second}/0`);
    const response = await request('/api/history?path=/a');
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const { visits } = (await response.json()) as { visits: unknown[] };
    const registered_at = expect.any(String);
    expect(visits).toEqual([
      { registered_at, referrer: 'first.example', spent_time_secs: null, spent_time_seconds: null },
      { registered_at, referrer: null, spent_time_secs: 0, spent_time_seconds: 0 },
    ]);
  });

  test("tell times in the site's own zone", async () => {
    const { request, visit } = await startTestService({
      database,
      sites: { blog: { timeZone: 'Asia/Kathmandu' } },
    });
    await visit('/a');
    const history = (await (await request('/api/history?path=/a')).json()) as {
      utc_offset: string;
      visits: { registered_at: string }[];
    };
    expect(history.utc_offset).toBe('+05:45');
    const at = Date.parse(`${history.visits[0]?.registered_at}+05:45`);
    expect(Math.abs(at - Date.now())).toBeLessThan(10_000);
  });

  test('have no history of a page that is not known', async () => {
    const { request } = await startTestService({ database });
    const response = await request('/api/history?path=/never');
    expect(response.status).toBe(404);
    expect(response.headers.get('oxicount-error')).toBe('PAGE_NOT_FOUND');
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
  });

  test('find a page however its path is written', async () => {
    const { request, visit } = await startTestService({ database });
    await visit('/café');
    for (const path of ['/caf%C3%A9', '/café/', '/caf%c3%a9', '/c%61fé']) {
      expect(await (await request(`/api/count?path=${encodeURIComponent(path)}`)).text()).toBe('1');
    }
    expect(await (await request('/api/counts')).json()).toEqual([{ path: '/caf%C3%A9', count: 1 }]);
  });

  test('are those of the site that is asked for', async () => {
    const { request, visit } = await startTestService({ database, sites: { blog: {}, docs: {} } });
    await visit('/a', { site: 'docs' });
    expect(await (await request('/api/counts?site=docs')).json()).toEqual([{ path: '/a', count: 1 }]);
    expect(await (await request('/api/counts?site=blog')).json()).toEqual([]);
    expect((await request('/api/history?path=/a&site=docs')).status).toBe(200);
    expect((await request('/api/history?path=/a&site=blog')).status).toBe(404);
    for (const path of ['/api/counts', '/api/count?path=/a', '/api/history?path=/a']) {
      const response = await request(path);
      expect([response.status, response.headers.get('oxicount-error')]).toEqual([400, 'SITE_REQUIRED']);
    }
  });
});
