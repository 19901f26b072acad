import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createClient, type Visit } from '../../sdk/src/index.ts';
import { describeInChromium, launchBrowser, type TestBrowser } from '../browser/support/chromium.ts';
import { serve } from '../browser/support/static-site.ts';
import { startTestService } from '../support/service.ts';

const dist = fileURLToPath(new URL('../../sdk/dist/browser/', import.meta.url));

describeInChromium('a page that tracks with a client', () => {
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  /** Opens a page that runs the script, with a client of a service whose visits count after a second. */
  async function openPage(script: string) {
    const files = await serve((request, response) => {
      const [, name] = /^\/sdk\/([\w.-]+)$/.exec(request.url ?? '') ?? [];
      response.writeHead(200, { 'content-type': name ? 'text/javascript' : 'text/html' });
      if (name) createReadStream(dist + name).pipe(response);
      else response.end(`<!doctype html><title>page</title><script type="module">${script}</script>`);
    });
    onTestFinished(() => files.close());
    const { url } = await startTestService({ sites: { blog: { baseUrls: [files.url], minDelaySecs: 1 } } });
    const page = await browser.context.newPage();
    await page.route(`${files.url}/url`, (route) => route.fulfill({ body: url }));
    await page.goto(`${files.url}/a`);
    const client = createClient({ url });
    const visitsOf = async (path: string) => {
      const visits: Visit[] = [];
      for await (const visit of client.history({ path })) visits.push(visit);
      return visits;
    };
    return { client, page, visitsOf };
  }

  const CLIENT = `import { createClient, trackVisit } from '/sdk/index.js';
const client = createClient({ url: await (await fetch('/url')).text() });
`;

  test('counts each page of a single-page application, and reports its time when the tab is closed', async () => {
    const { page, visitsOf } = await openPage(`${CLIENT}trackVisit(client);`);
    await expect.poll(async () => (await visitsOf('/a')).length, { timeout: 10_000 }).toBe(1);
    await page.evaluate(() => history.pushState(null, '', '/b'));
    await expect.poll(async () => (await visitsOf('/b')).length, { timeout: 10_000 }).toBe(1);
    expect((await visitsOf('/a'))[0]?.spentSeconds).toBeGreaterThan(0);
    await page.close({ runBeforeUnload: true });
    await expect
      .poll(async () => (await visitsOf('/b'))[0]?.spentSeconds, { timeout: 10_000 })
      .toBeGreaterThan(0);
  });

  test('counts the page that an effect names, until the effect ends', async () => {
    const { client, page, visitsOf } = await openPage(
      `${CLIENT}window.end = trackVisit(client, { path: '/posts/hello' });`,
    );
    await expect.poll(async () => (await visitsOf('/posts/hello')).length, { timeout: 10_000 }).toBe(1);
    await page.evaluate(() => (globalThis as unknown as { end(): void }).end());
    await expect
      .poll(async () => (await visitsOf('/posts/hello'))[0]?.spentSeconds, { timeout: 10_000 })
      .toBeGreaterThan(0);
    expect(await client.counts()).toEqual([{ path: '/posts/hello', count: 1 }]);
    await page.close();
  });
});
