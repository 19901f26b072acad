import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LiveElement } from '../../web-components/src/live-element.ts';
import { ask } from '../support/graphql.ts';
import { finishAnimations, SAFARI, startWidgetWorld } from './support/widget-world.ts';
import { describeInChromium, launchChromium } from './widgets-browser.ts';

interface Minute {
  readonly visits: number;
}

describeInChromium('<oxi-live> on a page of another origin', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function start() {
    const world = await startWidgetWorld(browser);
    const { page } = world;
    return {
      ...world,
      number: page.locator('oxi-live [part=count]'),
      bars: page.getByRole('img', { name: /last 30 minutes/ }),
      pages: async () =>
        (await page.locator('oxi-live li').allTextContents()).map((row) =>
          row.trim().replace(/\s+/g, ' ').replace(' ,', ','),
        ),
      says: (text: string | RegExp) => page.locator('oxi-live').getByText(text).waitFor({ timeout: 10_000 }),
    };
  }

  it('shows who is here as the service says, without a connection', async () => {
    const { open, read, says, bars, pages, page, service, sockets, asked, shift, complaints } = await start();
    await read('/a');
    await read('/caf%C3%A9', { browser: SAFARI });
    await open('<oxi-live pages="5"></oxi-live><p>After it</p>', { isShownDefined: true });
    await says('2 here now');
    await says(/^Views in the 30 minutes to \d+:\d\d [AP]M$/);
    const { data } = await ask(service.url, '{realTime{minutes{visits}}}');
    const { minutes } = data?.['realTime'] as { minutes: Minute[] };
    expect(minutes.reduce((sum, { visits }) => sum + visits, 0)).toBe(2);
    const most = Math.max(...minutes.map(({ visits }) => visits));
    expect(await bars.getAttribute('aria-label')).toBe(
      `2 views in the last 30 minutes, at most ${most} in one`,
    );
    expect(await page.locator('oxi-live .minute').count()).toBe(30);
    expect(await pages()).toEqual(['/a, 1', '/café, 1']);
    expect([asked, sockets.most, await shift()]).toEqual([['RealTime'], 0, 0]);
    expect(complaints).toEqual([]);
  });

  it('follows who comes and who leaves, all elements of a page over one connection', async () => {
    const { open, read, says, number, page, sockets, complaints } = await start();
    const line = '<p><oxi-live id="line" live compact>some</oxi-live> readers</p>';
    await open(
      `<oxi-live live pages="3"></oxi-live>${line}<oxi-top live></oxi-top><oxi-count live></oxi-count>`,
    );
    await says('0 here now');
    const leave = await read('/a');
    await says('1 here now');
    await page.locator('oxi-live').first().getByText('/a', { exact: true }).waitFor();
    await read('/b', { browser: SAFARI });
    await expect.poll(() => number.allInnerTexts(), { timeout: 10_000 }).toEqual(['2', '2']);
    await leave();
    await expect.poll(() => number.allInnerTexts(), { timeout: 10_000 }).toEqual(['1', '1']);
    await page.locator('oxi-top').getByText('/b', { exact: true }).waitFor();
    expect(sockets).toEqual({ open: 1, most: 1 });
    expect(complaints).toEqual([]);
  });

  it('is about one page where it is told so', async () => {
    const { open, read, says } = await start();
    await read('/a');
    await read('/b', { browser: SAFARI });
    await open('<oxi-live live scope="page"></oxi-live>');
    await says('1 here now');
  });

  it('speaks as the page does', async () => {
    const { open, read, says } = await start();
    await read('/a');
    const words = JSON.stringify({
      'here-one': '{count} Leser gerade',
      'here-other': '{count} Leser zugleich',
    });
    await open(`<oxi-live lang="de" live words='${words}'></oxi-live>`);
    await says('1 Leser gerade');
    await read('/a', { browser: SAFARI });
    await says('2 Leser zugleich');
  });

  it('keeps its own content in a line of text until there is a number', async () => {
    const { open, page, restore, cut, says } = await start();
    await page.route('**/graphql*', (route) => route.abort());
    await open('<p>Now <oxi-live compact>some</oxi-live> readers</p>');
    await page.waitForFunction(() => (document.querySelector('oxi-live') as LiveElement).error);
    expect(await page.getByText('some').isVisible()).toBe(true);
    cut();
    restore();
    await page.unroute('**/graphql*');
    await page.locator('oxi-live').evaluate((element) => (element as LiveElement).refresh());
    await says('0');
  });

  it('says that its figures are old while there is no connection, and catches up by itself', async () => {
    const { open, read, says, page, cut, restore, sockets } = await start();
    await open('<oxi-live live></oxi-live>');
    await says('0 here now');
    await expect.poll(() => sockets.open, { timeout: 10_000 }).toBe(1);
    const notice = page.getByText('Not connected: these are the last figures known.');
    cut();
    await notice.waitFor({ state: 'attached' });
    await finishAnimations(page, 'oxi-live');
    expect(await notice.isVisible()).toBe(true);
    await read('/a');
    restore();
    await says('1 here now');
    expect(await notice.count()).toBe(0);
  });

  it('says so where there is no such site, and asks once', async () => {
    const { open, says, asked } = await start();
    await open('<oxi-live live site="nowhere"></oxi-live>');
    await says('There are no such figures here.');
    expect(asked).toEqual(['RealTime']);
  });

  it('asks for nothing before the reader comes near', async () => {
    const { open, says, page, asked, sockets } = await start();
    await open(
      '<oxi-count></oxi-count><div style="margin-block-start: 5000px"><oxi-live live></oxi-live></div>',
    );
    await page.locator('oxi-count').getByText('0', { exact: true }).waitFor();
    expect([asked, sockets.most]).toEqual([['CountOfPages'], 0]);
    await page.locator('oxi-live').scrollIntoViewIfNeeded();
    await says('0 here now');
    await expect.poll(() => sockets.most, { timeout: 10_000 }).toBe(1);
  });
});
