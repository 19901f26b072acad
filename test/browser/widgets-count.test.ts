import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWidgetWorld } from './support/widget-world.ts';
import { describeInChromium, launchChromium } from './widgets-browser.ts';

describeInChromium('<oxi-count> on a page of another origin', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function start() {
    const world = await startWidgetWorld(browser);
    return {
      ...world,
      count: (selector: string, text: string) =>
        world.page.locator(selector).getByText(text, { exact: true }).waitFor(),
      visits: async (path: string, count: number) => {
        for (let i = 0; i < count; i++) await world.service.visit(path);
      },
    };
  }

  it('shows how often this page was read, with nothing but the two tags', async () => {
    const { open, count, visits, sockets, complaints } = await start();
    await visits('/a', 2);
    await open('<oxi-count></oxi-count>');
    await count('oxi-count', '2');
    expect(sockets.most).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('counts all pages of a site where it is told so', async () => {
    const { open, count, visits } = await start();
    await visits('/a', 1);
    await visits('/b', 2);
    await open('<oxi-count scope="site" live></oxi-count>');
    await count('oxi-count', '3');
    await visits('/a', 1);
    await count('oxi-count', '4');
  });

  it('writes the number as the language of the page does', async () => {
    const { open, count } = await start();
    await open(`<oxi-count lang="de" data='{"count":1234}' path="/nowhere" url="https://"></oxi-count>`);
    await count('oxi-count', '0');
    await open(`<oxi-count lang="de" data='{"count":1234}' site="none"></oxi-count>`);
    await count('oxi-count', '1.234');
  });

  it('asks once for many counts', async () => {
    const { open, count, visits, asked } = await start();
    await visits('/b', 3);
    const many = '<oxi-count path="/a"></oxi-count> <oxi-count path="/b"></oxi-count> '.repeat(10);
    await open(`${many}<oxi-count path="/b" id="last"></oxi-count>`);
    await count('#last', '3');
    expect(asked).toEqual(['CountOfPages']);
  });

  it('asks for those that come near what the reader sees, and not before', async () => {
    const { open, count, visits, asked, page } = await start();
    await visits('/b', 1);
    const far = '<p style="margin-block-start: 5000px"><oxi-count id="far" path="/b"></oxi-count></p>';
    await open(`<oxi-count id="here"></oxi-count>${far}`);
    await count('#here', '0');
    expect(asked).toHaveLength(1);
    await page.locator('#far').scrollIntoViewIfNeeded();
    await count('#far', '1');
    expect(asked).toHaveLength(2);
  });

  it('is given its first number with the page, and says when that changes', async () => {
    const { open, count, visits, page } = await start();
    const listen = "document.addEventListener('oxi-change', (event) => told.push(event.detail))";
    const tags = `<script>told = []; ${listen}</script><oxi-count data='{"count":1}'></oxi-count>`;
    await visits('/a', 1);
    await open(tags);
    await count('oxi-count', '1');
    await visits('/a', 1);
    await open(tags);
    await count('oxi-count', '2');
    expect(await page.evaluate('told')).toEqual([{ count: 2 }]);
  });

  it('keeps its own content when the service is away, and says why', async () => {
    const { open, page, complaints } = await start();
    await page.route('**/graphql*', (route) => route.abort());
    const listen = "document.addEventListener('oxi-error', (event) => told.push(event.detail.code))";
    await open(`<script>told = []; ${listen}</script><oxi-count>many</oxi-count>`);
    await expect.poll(() => page.evaluate('told'), { timeout: 10_000 }).toEqual(['NETWORK']);
    expect(await page.getByText('many').isVisible()).toBe(true);
    expect(complaints.filter((complaint) => complaint.startsWith('error'))).toEqual([]);
  });

  it('follows the count when it is live, all of a page over one connection, and tells scripts', async () => {
    const { open, count, visits, page, sockets, complaints } = await start();
    await visits('/a', 1);
    const listen = "document.addEventListener('oxi-change', (event) => told.push(event.detail.count))";
    const live = '<oxi-count live></oxi-count> <oxi-count live></oxi-count> ';
    await open(
      `<script>told = []; ${listen}</script>${live}<oxi-count live path="/b" id="other"></oxi-count>`,
    );
    await count('oxi-count:first-of-type', '1');
    await count('#other', '0');
    await visits('/a', 1);
    await count('oxi-count:first-of-type', '2');
    expect(((await page.evaluate('told')) as number[]).sort()).toEqual([0, 1, 1, 2, 2]);
    expect(sockets).toEqual({ open: 1, most: 1 });
    expect(complaints).toEqual([]);
  });

  it('shares the connection with elements of another module', async () => {
    const { open, count, visits, sockets, page, complaints } = await start();
    const tags = '<oxi-count live></oxi-count> <oxi-live live compact></oxi-live> <oxi-top live></oxi-top>';
    await open(tags, { modules: ['oxi-count.js', 'oxi-live.js', 'oxi-top.js', 'widgets.js'] });
    await count('oxi-count', '0');
    await count('oxi-live', '0');
    await page.getByText('Nothing yet').waitFor();
    await visits('/a', 1);
    await count('oxi-count', '1');
    await count('oxi-live', '1');
    await page.locator('oxi-top').getByText('/a', { exact: true }).waitFor();
    expect(sockets).toEqual({ open: 1, most: 1 });
    expect(complaints).toEqual([]);
  });

  it('shows the other page when its path is changed, and ends its connection when removed', async () => {
    const { open, count, visits, sockets, page } = await start();
    await visits('/a', 1);
    await visits('/b', 2);
    await open('<oxi-count live></oxi-count>');
    await count('oxi-count', '1');
    await page.locator('oxi-count').evaluate((element) => element.setAttribute('path', '/b'));
    await count('oxi-count', '2');
    await visits('/b', 1);
    await count('oxi-count', '3');
    await page.locator('oxi-count').evaluate((element) => element.remove());
    await expect.poll(() => sockets.open, { timeout: 5_000 }).toBe(0);
  });

  it('moves nothing when the number comes', async () => {
    const { open, count, visits, shift } = await start();
    await visits('/a', 2);
    const room = '<style>oxi-count:not(:defined) { display: inline-block; min-inline-size: 2ch }</style>';
    await open(`${room}<p>Read <oxi-count>–</oxi-count> times.</p><p>After that.</p>`);
    await count('oxi-count', '2');
    expect(await shift()).toBe(0);
  });
});
