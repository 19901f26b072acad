import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { renderElement } from '../../web-components/src/ssr.ts';
import { startTestService } from '../support/service.ts';
import { serveStatic } from './support/static-site.ts';
import { complaintsOf, describeInChromium, launchChromium } from './widgets-browser.ts';

describeInChromium('an element in static HTML', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  /** A page with what was rendered while it was built. */
  async function build(scripts: (url: string) => string) {
    const service = await startTestService();
    for (let i = 0; i < 3; i++) await service.visit('/a', { referrer: 'https://news.example.org' });
    const common = { url: service.url, site: 'blog', lang: 'en', live: true };
    const count = await renderElement('oxi-count', { ...common, path: '/a' }, { content: '–' });
    const top = await renderElement('oxi-top', { ...common, label: 'Pages' }, {});
    const site = await serveStatic({
      '/': `${scripts(service.url)}<p>Read ${count} times.</p>${top}<p>The end</p>`,
    });
    onTestFinished(() => site.close());
    return { service, site };
  }

  async function open(url: string, javaScriptEnabled: boolean): Promise<Page> {
    const context = await browser.newContext({ javaScriptEnabled });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    if (javaScriptEnabled) await page.addInitScript(watch);
    await page.goto(url);
    return page;
  }

  test('is there without JavaScript', async () => {
    const { site } = await build(() => '');
    const page = await open(site.url, false);
    await page.locator('oxi-count').getByText('3', { exact: true }).waitFor();
    await page.locator('oxi-top').getByText('/a', { exact: true }).waitFor();
  });

  test('is taken over without a flash or a shift, and becomes live', async () => {
    const { service, site } = await build((url) => `<script type="module" src="${url}/widgets.js"></script>`);
    const page = await open(site.url, true);
    const complaints = complaintsOf(page, [site.url, service.url]);
    await page.waitForFunction(() => document.querySelector('oxi-count')?.liveState === 'open');
    await service.visit('/a');
    await page.locator('oxi-count').getByText('4', { exact: true }).waitFor();
    expect(await page.locator('oxi-count [part=count]').count()).toBe(1);
    expect(await page.locator('oxi-top [part=panel]').count()).toBe(1);
    const { shown, shifts } = await page.evaluate(() => (globalThis as unknown as Watched).watched);
    expect(shown).toEqual(['3', '4']);
    expect(shifts).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('is its tag and its content where the instance is away', async () => {
    const html = await renderElement(
      'oxi-count',
      { url: 'http://127.0.0.1:1', path: '/a' },
      { content: '–' },
    );
    expect(html).toBe('<oxi-count url="http://127.0.0.1:1" path="/a">–</oxi-count>');
  });

  test.each([
    ['url', { path: '/a' }, '<oxi-count> without url'],
    ['path', { url: 'http://127.0.0.1:1' }, '<oxi-count> without path'],
  ])('says that %s is missing', async (_name, attributes, message) => {
    await expect(renderElement('oxi-count', attributes)).rejects.toThrow(message);
  });
});

interface Watched {
  watched: { shown: string[]; shifts: number };
}

/** Runs in the page: notes each number that a frame shows, and how far anything moved. */
function watch(): void {
  const watched: Watched['watched'] = { shown: [], shifts: 0 };
  Object.assign(globalThis, { watched });
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries())
      watched.shifts += (shift as PerformanceEntry & { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
  const look = () => {
    const element = document.querySelector('oxi-count');
    const text = element?.shadowRoot?.textContent?.replace(/\s|:host[\s\S]*}/g, '') ?? '';
    const [, number = text] = /(?:^|})(\d*)$/.exec(text) ?? [];
    if (element && watched.shown.at(-1) !== number) watched.shown.push(number);
    requestAnimationFrame(look);
  };
  look();
}
