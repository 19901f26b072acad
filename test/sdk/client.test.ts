import { setTimeout as pass } from 'node:timers/promises';
import { cacheExchange } from '@urql/core';
import { expect, test } from 'vitest';
import { createClient, OxicountError } from '../../sdk/src/index.ts';
import { createSlimClient } from '../../sdk/src/slim.ts';
import { startTestService } from '../support/service.ts';

test('every operation has a method, which gives what the schema says', async () => {
  const { url, site } = await startTestService();
  const client = createClient({ url, site: 'blog' });

  const { visitId, minDelaySecs } = await client.register({ path: '/posts/hello' });
  expect(minDelaySecs).toBe(0);
  expect(await client.postSleep({ visitId, referrer: 'https://news.example.org/item?id=1' })).toEqual({
    counted: true,
  });
  expect(await client.pageLeft({ visitId, secondsOnPage: 0 })).toEqual({ spentSeconds: 0 });
  expect(await client.count({ path: '/posts/hello' })).toBe(1);
  expect(await client.counts()).toEqual([{ path: '/posts/hello', count: 1 }]);
  const history = await client.history({ path: '/posts/hello' });
  expect(history.totalCount).toBe(1);
  expect(history.edges[0]?.node).toMatchObject({ referrer: 'news.example.org', spentSeconds: 0 });
  const filter = { page: '/posts/hello' };
  expect((await client.stats({ filter })).totals).toMatchObject({
    visits: 1,
    timedVisits: 1,
    spentSeconds: 0,
  });
  expect(await client.series({ range: { preset: 'TODAY' }, interval: 'DAY' })).toHaveLength(1);
  const top = await client.top({ dimension: 'REFERRER', filter });
  expect(top.edges.map(({ node }) => [node.value, node.share])).toEqual([['news.example.org', 1]]);
  expect((await client.filteredHits()).map(({ hits }) => hits)).toEqual([0, 0, 0, 0, 0]);
  expect(await client.realTime()).toMatchObject({ visitors: 0, pages: [] });
  expect(await client.site()).toMatchObject({ id: 'blog', baseUrls: [site.url], visits: 1, views: 1 });
  expect(await client.sites()).toMatchObject([{ id: 'blog' }]);

  const live = client.liveCount({ path: '/posts/hello' });
  expect(await live.next()).toEqual({ done: false, value: 1 });
  await live.return();
  const views = client.liveCount({ of: 'VIEWS' });
  expect(await views.next()).toEqual({ done: false, value: 1 });
  await views.return();
  const visitors = client.liveVisitors({ path: '/posts/hello' });
  expect((await visitors.next()).value).toMatchObject({ visitors: 0, pages: [] });
  await visitors.return();
  const counted = client.visitCounted();
  const next = counted.next();
  await pass(300);
  const another = await client.register({ path: '/a' });
  await client.postSleep({ visitId: another.visitId });
  expect((await next).value).toMatchObject({ path: '/a' });
  await counted.return();
});

test('pages that are asked for together travel as one request', async () => {
  const service = await startTestService();
  await service.visit('/a');
  const requests: string[] = [];
  const client = createClient({
    url: service.url,
    fetch(input, init) {
      requests.push(String(input));
      return fetch(input, init);
    },
  });
  const paths = ['/a', '/b', ...Array.from({ length: 48 }, (_, i) => `/none/${i}`)];
  const counts = await Promise.all(paths.map((path) => client.count({ path })));
  expect(counts).toEqual([1, ...Array(49).fill(0)]);
  expect(requests).toHaveLength(1);
});

test('counts of visits and of views, of pages and of the site, travel as one request too', async () => {
  const service = await startTestService();
  await service.visit('/a');
  await service.visit('/b');
  await service.request('/pixel.gif?path=/a');
  let requests = 0;
  const options = {
    url: service.url,
    fetch(...given: Parameters<typeof fetch>) {
      requests += 1;
      return fetch(...given);
    },
  };
  for (const { count } of [createClient(options), createSlimClient(options)]) {
    requests = 0;
    const counts = await Promise.all([
      count(),
      count({ of: 'VIEWS' }),
      count({ path: '/a' }),
      count({ path: '/a', of: 'VIEWS' }),
      count({ path: null, of: 'VISITS' }),
    ]);
    expect(counts).toEqual([2, 3, 1, 2, 2]);
    expect(requests).toBe(1);
    expect(await count({ of: 'VIEWS' }, { timeoutMs: 5_000 })).toBe(3);
  }
});

test('a page that is refused fails alone', async () => {
  const service = await startTestService();
  await service.visit('/a');
  const client = createClient({ url: service.url });
  const [a, bad, b, worse] = await Promise.allSettled(
    ['/a', 'no-slash', '/b', '/../x'].map((path) => client.count({ path })),
  );
  expect(a).toEqual({ status: 'fulfilled', value: 1 });
  expect(b).toEqual({ status: 'fulfilled', value: 0 });
  expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'INVALID_PATH' } });
  expect(worse).toMatchObject({ status: 'rejected', reason: { code: 'INVALID_PATH' } });
});

test('a site that is refused fails for its own pages only', async () => {
  const service = await startTestService({ sites: { blog: {}, docs: {} } });
  const client = createClient({ url: service.url, site: 'blog' });
  const [blog, none, docs] = await Promise.allSettled(
    ['blog', 'none', 'docs'].map((site) => client.count({ site, path: '/a' })),
  );
  expect([blog, docs].map((one) => one?.status)).toEqual(['fulfilled', 'fulfilled']);
  expect(none).toMatchObject({ status: 'rejected', reason: { code: 'SITE_NOT_FOUND' } });
});

test('a refusal is an OxicountError with the code of the instance', async () => {
  const { url } = await startTestService();
  const client = createClient({ url });
  const error = await client.postSleep({ visitId: 'nonsense' }).catch((reason) => reason);
  expect(error).toBeInstanceOf(OxicountError);
  expect(error).toMatchObject({ code: 'INVALID_VISIT_ID', path: ['postSleep'] });
});

test('each call asks again', async () => {
  const service = await startTestService();
  const client = createClient({ url: service.url });
  const totals: number[] = [];
  for (let i = 0; i < 3; i++) {
    totals.push((await client.counts())[0]?.count ?? 0, await client.count({ path: '/a' }, {}));
    await service.visit('/a');
  }
  expect(totals).toEqual([0, 0, 1, 1, 2, 2]);
});

test('with the cache of urql, a call asks once', async () => {
  const service = await startTestService();
  const client = createClient({ url: service.url, exchanges: [cacheExchange] });
  await client.count({ path: '/a' }, {});
  await service.visit('/a');
  expect(await client.count({ path: '/a' }, {})).toBe(0);
});
