import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask } from '../support/graphql.ts';
import { SAFARI, startWidgetWorld, type WidgetWorldOptions } from './support/widget-world.ts';
import { describeInChromium, launchChromium } from './widgets-browser.ts';

const VOTE = 'mutation($vote:Vote!){vote(path:"/a" vote:$vote){score}}';
const NEEDS_VISIT = 'Votes open once this page has been read for a while.';

describeInChromium('<oxi-votes> on a page of the site', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function start(options: WidgetWorldOptions = { siteFor: (origin) => ({ baseUrls: [origin] }) }) {
    const world = await startWidgetWorld(browser, options);
    const { page, read, service, origin } = world;
    const up = page.getByRole('button', { name: /^Vote up/ });
    const down = page.getByRole('button', { name: /^Vote down/ });
    const looks = async () =>
      Promise.all(
        [up, down].map(
          async (button) =>
            `${await button.getAttribute('aria-label')}${(await button.getAttribute('aria-pressed')) === 'true' ? ' pressed' : ''}`,
        ),
      );
    return {
      ...world,
      up,
      down,
      status: page.locator('oxi-votes').getByRole('status'),
      /** Waits until both buttons are as described. */
      shows: (...expected: [string, string]) => expect.poll(looks, { timeout: 10_000 }).toEqual(expected),
      /** Reads the page with the browser of the page, so that its votes are taken. */
      readHere: async () => {
        await read('/a', { browser: await page.evaluate(() => navigator.userAgent) });
      },
      /** What the service has, for whoever asks. */
      counted: async () => {
        const { data } = await ask(service.url, '{votes(path:"/a"){up down}}');
        return data?.['votes'];
      },
      /** Votes with another browser. */
      voteElsewhere: async (vote: 'UP' | 'DOWN') => {
        await read('/a', { browser: SAFARI });
        const answer = await ask(service.url, VOTE, { vote }, { origin, 'user-agent': SAFARI });
        expect(answer.errors).toBeUndefined();
      },
    };
  }

  const LISTEN = `<script>
    told = [];
    addEventListener('oxi-change', ({ detail }) => told.push(detail));
    addEventListener('oxi-error', ({ detail }) => told.push(detail.code));
  </script>`;

  it('votes up, changes to down and takes it back, and the vote is there when the page is opened again', async () => {
    const { open, readHere, up, down, shows, counted, page, asked, complaints } = await start();
    await readHere();
    await open(`${LISTEN}<oxi-votes></oxi-votes>`);
    await shows('Vote up, 0', 'Vote down, 0');
    await up.click();
    await shows('Vote up, 1 pressed', 'Vote down, 0');
    await expect.poll(counted).toEqual({ up: 1, down: 0 });
    await down.click();
    await shows('Vote up, 0', 'Vote down, 1 pressed');
    await expect.poll(counted).toEqual({ up: 0, down: 1 });
    await page.reload();
    await shows('Vote up, 0', 'Vote down, 1 pressed');
    await down.click();
    await shows('Vote up, 0', 'Vote down, 0');
    await expect.poll(counted).toEqual({ up: 0, down: 0 });
    expect(await page.evaluate('told')).toEqual([
      { up: 0, down: 1, score: -1, mine: 'DOWN' },
      { up: 0, down: 0, score: 0, mine: null },
    ]);
    expect(asked).toEqual(['Votes', 'Vote', 'Vote', 'Votes', 'ResetVote']);
    expect(complaints).toEqual([]);
  });

  it('is open to whom the tracker of the page has counted', async () => {
    const { open, instance, up, status, shows, service, counted } = await start();
    await open(`<script defer src="${instance}/count.js"></script><oxi-votes></oxi-votes>`);
    const visits = async () => (await ask(service.url, '{count(path:"/a")}')).data?.['count'];
    await expect.poll(visits, { timeout: 10_000 }).toBe(1);
    await up.click();
    await shows('Vote up, 1 pressed', 'Vote down, 0');
    await expect.poll(counted).toEqual({ up: 1, down: 0 });
    expect(await status.innerText()).toBe('');
  });

  it('takes a vote off again that is refused, and says why until the reader goes on', async () => {
    const { open, read, up, down, shows, status, page, counted, shift } = await start();
    await read('/a', { browser: SAFARI });
    await open(`${LISTEN}<oxi-votes></oxi-votes><p>After it</p>`, { isShownDefined: true });
    await shows('Vote up, 0', 'Vote down, 0');
    await up.click();
    await status.getByText(NEEDS_VISIT).waitFor();
    await shows('Vote up, 0', 'Vote down, 0');
    await page.keyboard.press('Escape');
    await expect.poll(() => status.innerText()).toBe('');
    await down.click();
    await status.getByText(NEEDS_VISIT).waitFor();
    await page.getByText('After it').click();
    await expect.poll(() => status.innerText()).toBe('');
    expect(await page.evaluate('told')).toEqual([
      { up: 0, down: 0, score: 0, mine: null },
      { up: 1, down: 0, score: 1, mine: 'UP' },
      { up: 0, down: 0, score: 0, mine: null },
      'VOTE_NEEDS_VISIT',
      { up: 0, down: 1, score: -1, mine: 'DOWN' },
      { up: 0, down: 0, score: 0, mine: null },
      'VOTE_NEEDS_VISIT',
    ]);
    expect([await counted(), await shift()]).toEqual([{ up: 0, down: 0 }, 0]);
  });

  it.each(['ltr', 'rtl'])('keeps that message in sight on a narrow page (%s)', async (direction) => {
    const { open, up, status, page } = await start();
    await page.setViewportSize({ width: 320, height: 500 });
    await open(
      `<p dir="${direction}">Was it of any good? <oxi-votes></oxi-votes></p><p dir="${direction}">Good? <oxi-votes path="/b"></oxi-votes></p>`,
    );
    for (const index of [0, 1]) {
      await up.nth(index).click();
      const notice = await status.nth(index).getByText(NEEDS_VISIT).boundingBox();
      expect(notice?.x).toBeGreaterThanOrEqual(8);
      expect((notice?.x ?? 0) + (notice?.width ?? 0)).toBeLessThanOrEqual(312);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      await page.keyboard.press('Escape');
    }
  });

  it('says so on a page that nobody has read, and on one that is not of the site', async () => {
    const unread = await start();
    await unread.open('<oxi-votes></oxi-votes>');
    await unread.up.click();
    await unread.status.getByText(NEEDS_VISIT).waitFor();
    const foreign = await start({});
    await foreign.readHere();
    await foreign.open('<oxi-votes></oxi-votes>');
    await foreign.up.click();
    await foreign.status.getByText('Votes are taken on the pages of the site only.').waitFor();
    await foreign.shows('Vote up, 0', 'Vote down, 0');
  });

  it('takes a vote off again when the service is away, and goes on when it is back', async () => {
    const { open, readHere, up, shows, status, cut, restore, counted } = await start();
    await readHere();
    await open('<oxi-votes></oxi-votes>');
    await shows('Vote up, 0', 'Vote down, 0');
    cut();
    await up.click();
    await status.getByText('Your vote did not get through. Please try again.').waitFor();
    await shows('Vote up, 0', 'Vote down, 0');
    restore();
    await up.click();
    await shows('Vote up, 1 pressed', 'Vote down, 0');
    await expect.poll(counted).toEqual({ up: 1, down: 0 });
    expect(await status.innerText()).toBe('');
  });

  it('follows the votes of others when it is live, and keeps the own', async () => {
    const { open, readHere, up, shows, voteElsewhere, sockets, asked, complaints } = await start();
    await readHere();
    await open('<oxi-votes live></oxi-votes><oxi-count live></oxi-count>');
    await shows('Vote up, 0', 'Vote down, 0');
    await voteElsewhere('UP');
    await shows('Vote up, 1', 'Vote down, 0');
    await up.click();
    await shows('Vote up, 2 pressed', 'Vote down, 0');
    await voteElsewhere('DOWN');
    await shows('Vote up, 1 pressed', 'Vote down, 1');
    expect(sockets).toEqual({ open: 1, most: 1 });
    expect(asked.filter((name) => name === 'Vote')).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  it('knows the own vote though the votes of all are pushed before it is answered', async () => {
    const { open, readHere, up, shows, page } = await start();
    await readHere();
    await open('<oxi-votes></oxi-votes>');
    await up.click();
    await shows('Vote up, 1 pressed', 'Vote down, 0');
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/graphql?query=query+Votes*', async (route) => {
      await held;
      await route.continue();
    });
    await open('<oxi-votes live></oxi-votes>');
    await shows('Vote up, 1', 'Vote down, 0');
    answer();
    await shows('Vote up, 1 pressed', 'Vote down, 0');
  });

  it('sends the first and the last of votes that are cast too fast, and shows no other than the last', async () => {
    const { open, readHere, shows, page, asked, counted } = await start();
    await readHere();
    await open(`${LISTEN}<oxi-votes live></oxi-votes>`);
    await shows('Vote up, 0', 'Vote down, 0');
    await page.locator('oxi-votes').evaluate(({ shadowRoot }) => {
      const [up, down] = shadowRoot?.querySelectorAll('button') ?? [];
      for (const button of [up, down, up, down]) button?.click();
    });
    await shows('Vote up, 0', 'Vote down, 1 pressed');
    await expect.poll(counted).toEqual({ up: 0, down: 1 });
    expect(asked.filter((name) => name === 'Vote')).toHaveLength(2);
    const told = (await page.evaluate('told')) as unknown[];
    const [mineUp, mineDown] = [
      { up: 1, down: 0, score: 1, mine: 'UP' },
      { up: 0, down: 1, score: -1, mine: 'DOWN' },
    ];
    expect(told.slice(1)).toEqual([mineUp, mineDown, mineUp, mineDown]);
  });

  it('is used with the keyboard, and keeps the focus', async () => {
    const { open, readHere, page, shows, counted } = await start();
    await readHere();
    await open('<oxi-votes></oxi-votes>');
    await shows('Vote up, 0', 'Vote down, 0');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await shows('Vote up, 1 pressed', 'Vote down, 0');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await shows('Vote up, 0', 'Vote down, 1 pressed');
    await page.keyboard.press('Space');
    await shows('Vote up, 0', 'Vote down, 0');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Space');
    await shows('Vote up, 1 pressed', 'Vote down, 0');
    await expect.poll(counted).toEqual({ up: 1, down: 0 });
  });

  it('keeps what is shown where the site is private and the page brings the numbers', async () => {
    const { open, readHere, up, shows, page, asked } = await start({
      siteFor: (origin) => ({ baseUrls: [origin], visibility: 'private' }),
    });
    await readHere();
    await open(`<oxi-votes data='{"up":3,"down":1,"score":2,"mine":null}'></oxi-votes>`);
    const answer = page.waitForResponse((response) => response.request().method() === 'POST');
    await up.click();
    expect(await (await answer).json()).toEqual({ data: { cast: null } });
    await shows('Vote up, 4 pressed', 'Vote down, 1');
    expect(asked).toContain('Vote');
  });

  it('shows its own content until there are numbers, and moves nothing when they come', async () => {
    const { open, shows, page, shift } = await start();
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/graphql*', async (route) => {
      await held;
      await route.continue();
    });
    await open('<p>Good? <oxi-votes>votes</oxi-votes> Thank you.</p><p>After it</p>', {
      isShownDefined: true,
    });
    await page.getByText('votes', { exact: true }).waitFor();
    expect(await page.getByRole('button').count()).toBe(0);
    answer();
    await shows('Vote up, 0', 'Vote down, 0');
    expect(await page.getByText('votes', { exact: true }).isVisible()).toBe(false);
    expect(await shift()).toBe(0);
  });

  it('shows the score, and says it in the words and the language of the page', async () => {
    const { open, page } = await start();
    const words = JSON.stringify({ up: 'Dafür: {count}', down: 'Dagegen: {count}', score: 'Saldo' });
    const data = JSON.stringify({ up: 1, down: 2001, score: -2000, mine: null });
    await page.route('**/graphql*', (route) => route.abort());
    await open(`<oxi-votes lang="de" tally="score" words='${words}' data='${data}'></oxi-votes>`);
    await page.getByRole('button', { name: 'Dagegen: 2.001' }).waitFor();
    expect(await page.getByRole('group').innerText()).toMatch(/^Saldo\s*-2\.000$/);
  });
});
