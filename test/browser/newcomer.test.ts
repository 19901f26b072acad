import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeInChromium, launchBrowser, type TestBrowser } from './support/chromium.ts';
import { startDemoInstance } from './support/demo-instance.ts';

describeInChromium('a newcomer, without any configuration', () => {
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  test.each(['127.0.0.1', 'localhost'])('reads the demo blog at %s and sees the visit', async (host) => {
    const service = await startDemoInstance();
    const here = service.baseUrl.replace('127.0.0.1', host);
    const complaints: string[] = [];
    const strangers: string[] = [];
    const open = async (path: string) => {
      const page = await browser.context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (protocol.startsWith('http') && ![here, service.baseUrl].includes(origin))
          strangers.push(request.url());
      });
      await page.goto(here + path);
      return page;
    };

    const dashboard = await open('/');
    await dashboard.getByText('Waiting for the first visit').waitFor();
    await dashboard.getByText('count.js"></script>').waitFor();

    const blog = await open('/demo/');
    await blog.getByRole('link', { name: 'An hour at the tide pools' }).click();
    await blog.waitForURL('**/demo/tide-pools/');
    // Elements ask when they come near what the reader sees.
    await blog.locator('oxi-count').scrollIntoViewIfNeeded();
    await blog.locator('oxi-count').getByText('1', { exact: true }).waitFor();
    await blog.close();

    await dashboard.bringToFront();
    await dashboard.locator('oxi-top').first().scrollIntoViewIfNeeded();
    await dashboard.locator('oxi-top').getByRole('button', { name: '/demo/tide-pools' }).first().click();
    await dashboard.getByRole('link', { name: 'This page in detail' }).click();
    await dashboard.waitForURL(/[/]stats[?]path=[/]demo[/]tide-pools$/);
    await dashboard.locator('oxi-visits').scrollIntoViewIfNeeded();
    await dashboard.getByRole('cell', { name: /^[1-9]\d*\s?s/ }).waitFor();
    await dashboard.close();
    expect(complaints).toEqual([]);
    expect(strangers).toEqual([]);
  });
});
