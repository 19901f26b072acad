import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { ask } from '../support/graphql.ts';
import { startTestService, type TestServiceOptions } from '../support/service.ts';
import { transports } from '../support/subscriptions.ts';
import { describeInChromium, launchBrowser, type TestBrowser } from './support/chromium.ts';
import { serveStatic, type TestServer } from './support/static-site.ts';

describeInChromium('a reader of a site', () => {
  let reader: TestBrowser;
  beforeAll(async () => {
    reader = await launchBrowser();
  });
  afterAll(() => reader.close());

  /** A site whose pages load the script that their address names: the service starts after the site. */
  async function startBlog(): Promise<TestServer> {
    const page = (body: string) => `${body}<script>
      const script = document.createElement('script');
      script.src = new URLSearchParams(location.search).get('script');
      document.head.append(script);
    </script>`;
    const site = await serveStatic({
      '/': page('<a href="/posts/hello/">Hello</a>'),
      '/posts/hello/': page('<h1>Hello</h1>'),
    });
    onTestFinished(() => site.close());
    return site;
  }

  async function startCountedBlog(options: TestServiceOptions = {}) {
    const site = await startBlog();
    const service = await startTestService({
      ...options,
      sites: { blog: { baseUrls: [site.url], callbackOrigin: site.url, minDelaySecs: 1 } },
    });
    return { site, service, script: encodeURIComponent(`${service.url}/count.js`) };
  }

  eachDatabase('is counted', (database) => {
    test('stays, and shows everywhere; leaves, and the time is there', async () => {
      const { site, service, script } = await startCountedBlog({ database });
      const subscriptions = transports.map(({ subscribe }) => ({
        count: subscribe(service.url, 'subscription { count(path: "/posts/hello") }'),
        visits: subscribe(service.url, 'subscription { visitCounted { path referrer } }'),
      }));
      for (const { count } of subscriptions) expect(await count.next()).toEqual({ data: { count: 0 } });
      const pushed = subscriptions.map(({ count, visits }) => Promise.all([count.next(), visits.next()]));

      const page = await reader.context.newPage();
      await page.goto(`${site.url}/posts/hello/?script=${script}`);
      for (const [count, visit] of await Promise.all(pushed)) {
        expect(count).toEqual({ data: { count: 1 } });
        expect(visit).toEqual({ data: { visitCounted: { path: '/posts/hello', referrer: null } } });
      }
      expect(await (await service.request('/api/count?path=/posts/hello/')).text()).toBe('1');
      const query = `{
        count(path: "/posts/hello")
        counts { path count }
        history(path: "/posts/hello") { totalCount edges { node { path referrer spentSeconds } } }
      }`;
      const visit = { path: '/posts/hello', referrer: null };
      expect((await ask(service.url, query)).data).toEqual({
        count: 1,
        counts: [{ path: '/posts/hello', count: 1 }],
        history: { totalCount: 1, edges: [{ node: { ...visit, spentSeconds: null } }] },
      });

      await page.waitForTimeout(1_000);
      await page.close();
      const spent = 'query { history(path: "/posts/hello") { edges { node { spentSeconds } } } }';
      await expect
        .poll(async () => JSON.stringify((await ask(service.url, spent)).data), { timeout: 5_000 })
        .toMatch(/"spentSeconds":[2-4]}/);
      await Promise.all(subscriptions.flatMap(({ count, visits }) => [count.end(), visits.end()]));
    });
  });

  test('who leaves before the delay is not counted', async () => {
    const { site, service, script } = await startCountedBlog();
    const page = await reader.context.newPage();
    const registered = page.waitForResponse(/\/register/);
    await page.goto(`${site.url}/?script=${script}`);
    expect((await registered).status()).toBe(200);
    await page.close();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await (await service.request('/api/counts')).json()).toEqual([]);
  });

  test('of a site that somebody else put the script on is not counted for this one', async () => {
    const { service, script } = await startCountedBlog();
    const foreign = await startBlog();
    const page = await reader.context.newPage();
    // The browser keeps the answer from a page whose origin may not read it.
    const refused = page.waitForEvent('requestfailed');
    await page.goto(`${foreign.url}/?script=${script}`);
    expect((await refused).url()).toContain('/register');
    await page.waitForTimeout(1_500);
    expect(await (await service.request('/api/counts')).json()).toEqual([]);
    await page.close();
  });
});
