import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask } from '../support/graphql.ts';
import { finishAnimations, SAFARI, startWidgetWorld } from './support/widget-world.ts';
import { describeInChromium, launchChromium } from './widgets-browser.ts';

const CHOSEN =
  "<script>told = []; document.addEventListener('oxi-select', (event) => told.push(event.detail))</script>";

describeInChromium('<oxi-top> on a page of another origin', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function start() {
    const world = await startWidgetWorld(browser);
    const { page, read } = world;
    /** Names and figures, as they are read: `/a 2`. */
    const rows = () =>
      page.locator('oxi-top li').evaluateAll((found) =>
        found.map((row) => {
          const [name, figure] = ['bdi', '[part=figure]'].map((part) => row.querySelector(part)?.textContent);
          return `${name} ${figure?.split(' ').at(-1)}`;
        }),
      );
    return {
      ...world,
      rows,
      shows: (...expected: string[]) => expect.poll(rows, { timeout: 10_000 }).toEqual(expected),
      /** One visit from each of so many hosts, of which the first has one more. */
      async comeFrom(hosts: number) {
        for (let i = 0; i < hosts; i++) await read('/a', { referrer: `https://${hostCalled(i)}` });
        await read('/a', { referrer: `https://${hostCalled(0)}` });
      },
    };
  }
  const hostCalled = (index: number) => `host-${String.fromCharCode(97 + index)}.example`;

  it('shows what the service says, and leads to the pages of the site', async () => {
    const { open, read, shows, page, service, asked, sockets, complaints } = await start();
    await read('/a');
    await read('/a', { browser: SAFARI });
    await read('/caf%C3%A9');
    await open('<oxi-top></oxi-top>');
    await shows('/a 2', '/café 1');
    const answer = await ask(
      service.url,
      '{stats{top(dimension:PAGE){edges{node{share value figures{visits}}}}}}',
    );
    expect(answer.data).toMatchObject({
      stats: {
        top: {
          edges: [{ node: { value: '/a', figures: { visits: 2 } } }, { node: { value: '/caf%C3%A9' } }],
        },
      },
    });
    const [first, second] = await page.getByRole('link').all();
    expect(await second?.getAttribute('href')).toBe(`${service.site.url}/caf%C3%A9`);
    await first?.hover();
    expect(await page.getByText('67%').isVisible()).toBe(true);
    expect([asked, sockets.most]).toEqual([['Top'], 0]);
    expect(complaints).toEqual([]);
  });

  it('takes in a visit made elsewhere without reload, when it is live', async () => {
    const { open, read, shows, complaints } = await start();
    await read('/a');
    await open('<oxi-top live></oxi-top>');
    await shows('/a 1');
    await read('/b');
    await read('/b');
    await shows('/b 2', '/a 1');
    expect(complaints).toEqual([]);
  });

  it('takes in a visit that was made before it was connected', async () => {
    const { open, read, shows, page } = await start();
    let connect = () => {};
    const mayConnect = new Promise<void>((resolve) => {
      connect = resolve;
    });
    await page.route('**/oxi-socket.js', async (route) => {
      await mayConnect;
      await route.continue();
    });
    await read('/a');
    await open('<oxi-top live></oxi-top>');
    await shows('/a 1');
    await read('/b');
    await read('/b');
    connect();
    await shows('/b 2', '/a 1');
  });

  it('tells what was chosen with the mouse or the keyboard, and marks what the page says', async () => {
    const { open, read, shows, page } = await start();
    await read('/a');
    await read('/a');
    await read('/b', { browser: SAFARI });
    await open(`${CHOSEN}<oxi-top selectable dimension="browser"></oxi-top>`);
    await shows('Firefox 2', 'Safari 1');
    await page.getByRole('button', { name: /Firefox/ }).click();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('told')).toEqual([
      { dimension: 'browser', value: 'Firefox' },
      { dimension: 'browser', value: 'Safari' },
    ]);
    await page.locator('oxi-top').evaluate((element) => element.setAttribute('selected', 'Safari'));
    const pressed = page.getByRole('button', { pressed: true });
    await expect.poll(() => pressed.count()).toBe(1);
    expect(await pressed.getAttribute('aria-pressed')).toBe('true');
    expect(await pressed.innerText()).toContain('Safari');
  });

  it('keeps the focus on a value that moves', async () => {
    const { open, read, shows, page } = await start();
    await read('/a');
    await read('/a');
    await read('/b');
    await open(`${CHOSEN}<oxi-top selectable live></oxi-top>`);
    await shows('/a 2', '/b 1');
    await page.getByRole('button', { name: /^\/b/ }).focus();
    await read('/b');
    await read('/b');
    await shows('/b 3', '/a 2');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('told')).toEqual([{ dimension: 'page', value: '/b' }]);
  });

  it('shows ten more with their cursor, and goes on from the first of them', async () => {
    const { open, comeFrom, rows, page, asked, shift } = await start();
    await comeFrom(12);
    await open('<oxi-top dimension="referrer" expandable></oxi-top><p>After it</p>', {
      isShownDefined: true,
    });
    await expect.poll(rows, { timeout: 10_000 }).toHaveLength(10);
    expect(await shift()).toBe(0);
    await page.getByRole('button', { name: 'Show more' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(rows, { timeout: 10_000 }).toHaveLength(12);
    expect((await rows()).slice(9)).toEqual([9, 10, 11].map((index) => `${hostCalled(index)} 1`));
    expect(asked).toEqual(['Top', 'Top']);
    expect(await page.getByRole('button').count()).toBe(0);
    const focused = () =>
      page
        .locator('oxi-top')
        .evaluate((element) => element.shadowRoot?.activeElement?.querySelector('bdi')?.textContent);
    await expect.poll(focused).toBe(hostCalled(10));
  });

  it('keeps as many on show when a visit comes in', async () => {
    const { open, comeFrom, read, rows, page } = await start();
    await comeFrom(12);
    await open('<oxi-top dimension="referrer" expandable live></oxi-top>');
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(rows, { timeout: 10_000 }).toHaveLength(12);
    await read('/a', { referrer: `https://${hostCalled(11)}` });
    await read('/a', { referrer: `https://${hostCalled(11)}` });
    await expect.poll(async () => (await rows())[0], { timeout: 10_000 }).toBe(`${hostCalled(11)} 3`);
    expect(await rows()).toHaveLength(12);
  });

  it('tells of visits without a value only where the whole list is known', async () => {
    const { open, comeFrom, read, rows, shows } = await start();
    await comeFrom(1);
    await read('/a');
    await open('<oxi-top dimension="referrer"></oxi-top>');
    await shows(`${hostCalled(0)} 2`, 'Without a referrer 1');
    await comeFrom(12);
    await open('<oxi-top dimension="referrer"></oxi-top>');
    await expect.poll(rows, { timeout: 10_000 }).toHaveLength(10);
    expect((await rows()).join()).not.toContain('Without');
  });

  it('shows another dimension in its own words, never the values of the one before', async () => {
    const { open, read, shows, page } = await start();
    await read('/a');
    await open('<oxi-top></oxi-top>');
    await shows('/a 1');
    let answer = () => {};
    const asked = new Promise<void>((resolve) => {
      void page.route('**/graphql*', async (route) => {
        await new Promise<void>((go) => {
          answer = go;
          resolve();
        });
        await route.continue();
      });
    });
    await page.locator('oxi-top').evaluate((element) => element.setAttribute('dimension', 'device'));
    await asked;
    await shows();
    answer();
    await shows('Desktop 1');
  });

  it('says that there are no figures in the room they will have, and reads them when told to', async () => {
    const { open, read, shows, page, shift } = await start();
    await read('/a');
    await page.route('**/graphql*', (route) => route.abort());
    await open('<oxi-top></oxi-top><p>After it</p>', { isShownDefined: true });
    await page.getByText('The figures cannot be read right now.').waitFor({ timeout: 10_000 });
    await page.unroute('**/graphql*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await shows('/a 1');
    expect(await shift()).toBe(0);
  });

  it('says that figures are old while there is no connection, and catches up by itself', async () => {
    const { open, read, shows, page, cut, restore, sockets } = await start();
    await read('/a');
    await open('<oxi-top live></oxi-top>');
    await shows('/a 1');
    await expect.poll(() => sockets.open, { timeout: 10_000 }).toBe(1);
    const notice = page.getByText('Not connected: these are the last figures known.');
    cut();
    await notice.waitFor({ state: 'attached' });
    expect(await notice.isVisible()).toBe(false);
    await finishAnimations(page, 'oxi-top');
    expect(await notice.isVisible()).toBe(true);
    await read('/a');
    restore();
    await expect
      .poll(async () => [await notice.count(), await page.locator('oxi-top [part=figure]').innerText()], {
        timeout: 20_000,
      })
      .toEqual([0, expect.stringContaining('2')]);
  });

  it('asks for nothing before the reader comes near', async () => {
    const { open, shows, read, page, asked } = await start();
    await read('/a');
    await open('<oxi-count></oxi-count><div style="margin-block-start: 5000px"><oxi-top></oxi-top></div>');
    await page.locator('oxi-count').getByText('1', { exact: true }).waitFor();
    expect(asked).toEqual(['CountOfPages']);
    await page.locator('oxi-top').scrollIntoViewIfNeeded();
    await shows('/a 1');
    expect(asked).toEqual(['CountOfPages', 'Top']);
  });
});
