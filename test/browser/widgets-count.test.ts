import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { complaintsOf, describeInChromium, launchChromium } from './widgets-browser.ts';
import { FakeInstance } from './widgets-instance.ts';

describeInChromium('<oxi-count> on a page of another origin', () => {
  let browser: Browser;
  let instance: FakeInstance;
  let elsewhere: Server;
  let page: Page;
  let complaints: string[];
  let body = '';

  beforeAll(async () => {
    browser = await launchChromium();
    elsewhere = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(
        `<!doctype html><html lang="de"><link rel="icon" href="data:,"><title>Fremde Seite</title>${body}`,
      );
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    await browser?.close();
    elsewhere?.close();
  });
  beforeEach(async () => {
    instance = new FakeInstance();
    await instance.start();
    page = await browser.newPage();
    complaints = complaintsOf(page, [instance.url, origin()]);
  });
  afterEach(async () => {
    await page.close();
    await instance.stop();
  });

  const origin = () => `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  const open = async (markup: string) => {
    body = `<script type="module" src="${instance.url}/widgets.js"></script>${markup}`;
    await page.goto(`${origin()}/artikel/`);
  };
  const visits = (path: string, count: number) => {
    for (let i = 0; i < count; i++) instance.service.visit(path);
  };

  it('shows how often this page was read, with nothing but the two tags', async () => {
    visits('/artikel', 1234);
    await open('<oxi-count></oxi-count>');
    await page.getByText('1.234', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('asks once for many counts', async () => {
    visits('/b', 7);
    await open(
      '<oxi-count path="/a"></oxi-count> <oxi-count path="/b"></oxi-count>'.repeat(10) +
        '<oxi-count path="/b" id="last"></oxi-count>',
    );
    await page.locator('#last').getByText('7', { exact: true }).waitFor();
    expect(instance.asked).toEqual(['Counts']);
  });

  it('keeps its own content when the service is away', async () => {
    instance.condition = 'gone';
    await open('<oxi-count>many</oxi-count>');
    await page.waitForFunction(() => customElements.get('oxi-count'));
    await page.waitForTimeout(300);
    expect(await page.locator('oxi-count').textContent()).toContain('many');
    expect(complaints.filter((complaint) => complaint.startsWith('error'))).toEqual([]);
  });

  it('follows the count when it is live, and tells scripts', async () => {
    visits('/artikel', 1);
    const listen = "document.addEventListener('oxi-change', (event) => told.push(event.detail.count))";
    await open(
      `<script>told = []; ${listen}</script><oxi-count live></oxi-count><oxi-count live></oxi-count>`,
    );
    const first = page.locator('oxi-count').first();
    await first.getByText('1', { exact: true }).waitFor();
    await expect.poll(() => instance.service.listening).toBe(1);
    visits('/artikel', 1);
    await first.getByText('2', { exact: true }).waitFor();
    expect(await page.evaluate('told')).toEqual([1, 1, 2, 2]);
    expect(complaints).toEqual([]);
  });

  it('shows the other page when its path is changed, and ends its connection when removed', async () => {
    visits('/artikel', 3);
    visits('/andere', 5);
    await open('<oxi-count live></oxi-count>');
    const count = page.locator('oxi-count');
    await count.getByText('3', { exact: true }).waitFor();
    await count.evaluate((element) => element.setAttribute('path', '/andere'));
    await count.getByText('5', { exact: true }).waitFor();
    await expect.poll(() => instance.service.listening).toBe(1);
    await count.evaluate((element) => element.remove());
    await expect.poll(() => instance.service.listening).toBe(0);
  });

  it('moves nothing when the number comes', async () => {
    visits('/artikel', 42);
    const room = '<style>oxi-count:not(:defined) { display: inline-block; min-inline-size: 2ch }</style>';
    await open(`${room}<p>Gelesen: <oxi-count>–</oxi-count> mal.</p><p>Danach.</p>`);
    await page.getByText('42', { exact: true }).waitFor();
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          const observer = new PerformanceObserver((list) => {
            for (const entry of list.getEntries())
              sum += (entry as PerformanceEntry & { value: number }).value;
          });
          observer.observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => resolve(sum), 300);
        }),
    );
    expect(shift).toBe(0);
  });
});
