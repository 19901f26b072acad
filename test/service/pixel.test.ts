import { expect, onTestFinished, test } from 'vitest';
import { describeOnPostgresql, eachDatabase, postgresql } from '../support/databases.ts';
import { ask } from '../support/graphql.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';

const READER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };

/** Asks for the picture as a browser does, and gives its status and what was wrong. */
async function show(
  { request }: TestService,
  parameters: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<[number, string | null]> {
  const response = await request(`/pixel.gif?${new URLSearchParams(parameters)}`, {
    headers: { ...READER, ...headers },
  });
  expect(response.headers.get('content-type')).toBe('image/gif');
  expect((await response.arrayBuffer()).byteLength).toBe(43);
  return [response.status, response.headers.get('oxicount-error')];
}

/** Visits and pixel views of today, all of them or those of a part. */
async function today({ url }: TestService, filter: Record<string, string> = {}): Promise<unknown> {
  const { data, errors } = await ask(
    url,
    `query ($filter: StatsFilter) {
      stats(site: "blog", range: { preset: TODAY }, filter: $filter) { totals { visits pixelViews visitors } }
    }`,
    { filter },
  );
  expect(errors).toBeUndefined();
  return (data?.['stats'] as { totals: unknown }).totals;
}

const views = (pixelViews: number) => ({ visits: 0, pixelViews, visitors: 0 });

eachDatabase('the pixel', (database) => {
  test('counts a view of the page at once, and no visit', async () => {
    const service = await startTestService({ database, sites: { blog: { minDelaySecs: 19 } } });
    expect(await show(service, { path: '/a' })).toEqual([200, null]);
    expect(await show(service, { path: '/a/' })).toEqual([200, null]);
    expect(await show(service, { path: '/b' })).toEqual([200, null]);
    expect(await today(service)).toEqual(views(3));
    expect(await today(service, { page: '/a' })).toEqual(views(2));
  });

  test('is a picture that is shown on every site and kept by none', async () => {
    const { request } = await startTestService({ database });
    const response = await request('/pixel.gif?path=/a');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store, max-age=0',
      'content-length': '43',
      'cross-origin-resource-policy': 'cross-origin',
    });
    for (const name of ['etag', 'last-modified', 'set-cookie'])
      expect(response.headers.has(name)).toBe(false);
    const picture = Buffer.from(await response.arrayBuffer());
    // Signature, width and height of 1, and the byte that ends a GIF.
    expect(picture.subarray(0, 10).toString('latin1')).toBe('GIF89a\u0001\u0000\u0001\u0000');
    expect(picture.at(-1)).toBe(0x3b);
  });

  test('takes page, site and campaign from the page that shows it', async () => {
    const service = await startTestService({ database, sites: { blog: {}, docs: {} } });
    const { blog, docs } = service.sites;
    const referer = `${blog?.url}/posts/hello?utm_source=Newsletter&page=2`;
    expect(await show(service, {}, { referer })).toEqual([200, null]);
    expect(await show(service, {}, { referer: `${docs?.url}/posts/hello` })).toEqual([200, null]);
    expect(await today(service)).toEqual(views(1));
    expect(await today(service, { page: '/posts/hello', campaign: 'newsletter' })).toEqual(views(1));
  });

  test('takes from its address what the browser does not say', async () => {
    const service = await startTestService({ database });
    const parameters = { path: '/a', referrer: 'https://news.example/x', query: '?ref=Letter' };
    const referer = `${service.site.url}/b?ref=other`;
    expect(await show(service, parameters)).toEqual([200, null]);
    expect(await show(service, parameters, { referer })).toEqual([200, null]);
    const filter = { page: '/a', referrer: 'news.example', campaign: 'letter' };
    expect(await today(service, filter)).toEqual(views(2));
  });

  test('counts the front page only where it is sure to be that', async () => {
    const service = await startTestService({ database });
    const { url } = service.site;
    // As browsers say it of every page, to other origins.
    const unsure = [{}, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }];
    for (const hints of unsure) {
      for (const referer of [url, `${url}/`]) {
        expect(await show(service, {}, { referer, ...hints })).toEqual([200, 'INVALID_ARGUMENT']);
      }
    }
    expect(await today(service)).toEqual(views(0));

    expect(await show(service, {}, { referer: `${url}/`, 'sec-fetch-site': 'same-origin' })).toEqual([
      200,
      null,
    ]);
    expect(await show(service, {}, { referer: `${url}/?page=2`, 'sec-fetch-site': 'cross-site' })).toEqual([
      200,
      null,
    ]);
    expect(await show(service, { path: '/' }, { referer: `${url}/` })).toEqual([200, null]);
    expect(await today(service, { page: '/' })).toEqual(views(3));
  });

  test('is a picture whatever is wrong, says what in a header, and counts nothing', async () => {
    const service = await startTestService({ database, sites: { blog: {}, docs: {} } });
    const blog = service.sites['blog']?.url ?? '';
    const docs = service.sites['docs']?.url ?? '';
    const wrong = [
      [{}, {}, 'INVALID_ARGUMENT'],
      [{}, { referer: 'no URL' }, 'INVALID_ARGUMENT'],
      [{}, { referer: 'android-app://com.example/a' }, 'INVALID_ARGUMENT'],
      [{ path: '/a' }, {}, 'SITE_REQUIRED'],
      [{ path: '/a', site: 'shop' }, {}, 'SITE_NOT_FOUND'],
      [{ path: 'a', site: 'blog' }, {}, 'INVALID_PATH'],
      [{ path: '/gone', site: 'blog' }, {}, 'PAGE_NOT_FOUND'],
      [{ site: 'blog' }, { referer: 'https://elsewhere.example/a' }, 'ORIGIN_NOT_ALLOWED'],
      [{ path: '/a', site: 'blog' }, { referer: 'https://elsewhere.example/' }, 'ORIGIN_NOT_ALLOWED'],
      [{ path: '/a', site: 'blog' }, { referer: `${docs}/a` }, 'ORIGIN_NOT_ALLOWED'],
      [{ path: '/a', site: 'blog' }, { origin: docs, referer: `${blog}/a` }, 'ORIGIN_NOT_ALLOWED'],
      [{ path: '/a', site: 'blog' }, { origin: 'null' }, 'ORIGIN_NOT_ALLOWED'],
    ] as const;
    for (const [parameters, headers, code] of wrong) {
      expect(await show(service, parameters, headers), JSON.stringify([parameters, headers])).toEqual([
        200,
        code,
      ]);
    }
    const twice = await service.request('/pixel.gif?path=/a&path=/b&site=blog');
    expect(twice.headers.get('oxicount-error')).toBe('INVALID_ARGUMENT');
    expect(await today(service)).toEqual(views(0));
  });

  test('is asked for its headers without a count', async () => {
    const service = await startTestService({ database });
    const response = await service.request('/pixel.gif?path=/a', { method: 'HEAD', headers: READER });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/gif']);
    expect(await response.text()).toBe('');
    expect(await today(service)).toEqual(views(0));
    expect((await service.request('/pixel.gif?path=/a', { method: 'POST' })).status).toBe(404);
  });

  test('does not count what a browser fetches ahead, nor programs', async () => {
    const service = await startTestService({ database });
    expect(await show(service, { path: '/a' }, { 'sec-purpose': 'prefetch' })).toEqual([200, null]);
    const program = { 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' };
    expect(await show(service, { path: '/a' }, program)).toEqual([200, null]);
    expect(await today(service)).toEqual(views(0));
  });
});

describeOnPostgresql('while PostgreSQL is away the pixel', () => {
  test('is still a picture, and its status says to those who watch that nothing was counted', async () => {
    const { url, remove } = await postgresql.create();
    const target = new URL(url);
    const proxy = await startTcpProxy({ host: target.hostname, port: Number(target.port || 5432) });
    onTestFinished(async () => {
      await proxy.close();
      await remove();
    });
    target.host = `127.0.0.1:${proxy.port}`;
    const service = await startTestService({ databaseUrl: target.href });
    expect(await show(service, { path: '/a' })).toEqual([200, null]);

    proxy.cut();
    expect(await show(service, { path: '/a' })).toEqual([503, 'UNAVAILABLE']);
    const { headers } = await service.request('/pixel.gif?path=/a');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);

    proxy.restore();
    await expect.poll(() => show(service, { path: '/a' }), { timeout: 10_000 }).toEqual([200, null]);
    expect(await today(service)).toEqual(views(2));
  });
});
