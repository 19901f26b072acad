import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startDemoInstance } from './support/demo-instance.ts';
import { describeInFirefox, launchFirefox } from './support/firefox.ts';
import { serveStatic } from './support/static-site.ts';

describeInFirefox('a reader with Firefox', () => {
  // A tab that is behind another one is not read, so each of the two people has a browser.
  let reader: Browser;
  let watcher: Browser;
  beforeAll(async () => {
    reader = await launchFirefox();
    watcher = await launchFirefox();
  });
  afterAll(() => Promise.all([reader?.close(), watcher?.close()]));

  async function open(firefox: Browser, url: string) {
    const page = await firefox.newPage();
    onTestFinished(() => page.close());
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(url);
    return { page, complaints };
  }

  test('is counted after the delay, and live elements on another page show it, and that they left', async () => {
    const { baseUrl } = await startDemoInstance();
    const site = await serveStatic({
      '/': `<script type="module" src="${baseUrl}/widgets.js"></script>
        <oxi-count path="/demo/tide-pools" live></oxi-count><oxi-live pages="3" live></oxi-live>`,
    });
    onTestFinished(() => site.close());
    const watching = await open(watcher, site.url);
    await shown(watching.page, 'oxi-count', '0');
    await shown(watching.page, 'oxi-live', '0');

    const reading = await open(reader, `${baseUrl}/demo/tide-pools/`);
    await shown(reading.page, 'oxi-count', '1');
    await shown(watching.page, 'oxi-count', '1');
    await shown(watching.page, 'oxi-live', '1');
    await reading.page.goto('about:blank');
    await shown(watching.page, 'oxi-live', '0');
    const count = await fetch(`${baseUrl}/api/count?path=/demo/tide-pools`);
    expect(await count.text()).toBe('1');
    expect([...reading.complaints, ...watching.complaints]).toEqual([]);
  });
});

/** Resolves once an element shows a number. */
function shown(page: Page, tag: string, number: string): Promise<void> {
  const text = () =>
    page.evaluate(
      (name) => document.querySelector(name)?.shadowRoot?.querySelector('[part~=count]')?.textContent?.trim(),
      tag,
    );
  return expect.poll(text, { timeout: 20_000, message: `the number of <${tag}>` }).toBe(number);
}
