import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../support/own-programs.ts';
import { serve as serveProgram, temporaryFolder } from '../support/program.ts';
import { proxyAbsence, startNginxBelowPath } from '../support/proxies.ts';
import { describeInChromium, launchBrowser, type TestBrowser } from './support/chromium.ts';
import { serveStatic } from './support/static-site.ts';

const absence = await proxyAbsence.nginx();

describeInChromium('an instance below a path, behind nginx', () => {
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  test.skipIf(absence !== null).each([
    ['passes the path on', true],
    ['takes the path away', false],
  ])('that %s, counts a page of another origin and shows it live', async (_how, keepsPath) => {
    const { base, site } = await startBelowPath(keepsPath);
    const complaints: string[] = [];
    const sockets: string[] = [];
    const open = async (url: string) => {
      const page = await browser.context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('response', (response) => {
        if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
      });
      page.on('websocket', (socket) => sockets.push(socket.url()));
      await page.goto(url);
      return page;
    };

    // Without the slash at its end.
    const dashboard = await open(base);
    expect(dashboard.url()).toBe(`${base}/`);
    const snippet = await dashboard.getByText('count.js"></script>').innerText();
    expect(snippet).toContain(`src="${base}/count.js"`);

    const blog = await open(`${site}/posts/hello`);
    await blog.locator('oxi-count').getByText('1', { exact: true }).waitFor();
    await dashboard.bringToFront();
    await dashboard.locator('oxi-top').first().scrollIntoViewIfNeeded();
    await dashboard.locator('oxi-top').getByRole('button', { name: '/posts/hello' }).first().click();
    await dashboard.getByRole('link', { name: 'This page in detail' }).click();
    await dashboard.waitForURL(`${base}/stats?path=/posts/hello`);
    await dashboard.reload();
    await dashboard.locator('oxi-visits').scrollIntoViewIfNeeded();
    await dashboard.locator('oxi-visits').getByRole('row').nth(1).waitFor();

    for (const path of ['/definitions', '/demo/gallery']) {
      const page = await open(base + path);
      await page.waitForLoadState('networkidle');
      expect(page.url()).toBe(base + (path === '/demo/gallery' ? '/demo/gallery/' : path));
      await page.close();
    }
    await blog.close();
    await dashboard.close();
    const socket = `${base.replace('http', 'ws')}/graphql`;
    expect(new Set(sockets)).toEqual(new Set([socket]));
    expect(complaints).toEqual([]);
  });
});

/** The program, the proxy of it at `/stats`, and a site with the snippet and the count on its page. */
async function startBelowPath(keepsPath: boolean): Promise<{ base: string; site: string }> {
  const port = await freePort();
  const proxy = await startNginxBelowPath(port, { keepsPath });
  const base = `http://127.0.0.1:${proxy.port}/stats`;
  const site = await serveStatic({
    '/posts/hello': `<script defer src="${base}/count.js"></script><oxi-count live></oxi-count><script type="module" src="${base}/widgets.js"></script>`,
  });
  onTestFinished(async () => {
    await proxy.stop();
    await site.close();
  });
  const program = serveProgram(
    {
      OXICOUNT_SOCKET_ADDRESS: `127.0.0.1:${port}`,
      OXICOUNT_BASE_URL: base,
      OXICOUNT_TRUSTED_PROXIES: 'loopback',
      OXICOUNT_TRACKED_ORIGIN: site.url,
      OXICOUNT_MIN_DELAY_SECS: '1',
    },
    await temporaryFolder(),
  );
  await program.url;
  return { base, site: site.url };
}
