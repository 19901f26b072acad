import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { complaintsOf, describeInChromium, launchChromium } from './widgets-browser.ts';
import { FakeInstance } from './widgets-instance.ts';
import { siteCalled } from './widgets-service.ts';

describeInChromium('the dashboard', () => {
  let browser: Browser;
  let instance: FakeInstance;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    instance = new FakeInstance();
    await instance.start();
    page = await browser.newPage();
    complaints = complaintsOf(page, [instance.url]);
  });
  afterEach(async () => {
    await page.close();
    await instance.stop();
  });

  const soon = { timeout: 5_000 };
  const open = (address = '/') => page.goto(instance.url + address);
  const live = () => page.getByText('Live', { exact: true }).waitFor();
  const visits = (path: string, count: number) => {
    for (let i = 0; i < count; i++) instance.service.visit(path, { spentSeconds: i });
  };

  it('says what to paste while a site has no visit, and fills in when the first one counts', async () => {
    instance.service.sites = [siteCalled('docs', 'Docs')];
    await open();
    await page.getByText(`<script defer src="${instance.url}/count.js"></script>`).waitFor();
    await page.getByText('Waiting for the first visit').waitFor();
    expect(await page.getByRole('link', { name: 'Open the demo blog' }).count()).toBe(0);
    await live();
    instance.service.visit('/welcome', { referrer: 'https://friend.example' });
    await page.getByRole('list').getByText('/welcome').first().waitFor();
    await page.getByText('from friend.example').waitFor();
    expect(await page.getByText('Waiting for the first visit').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('leads a newcomer to the demo blog', async () => {
    await open();
    const link = page.getByRole('link', { name: 'Open the demo blog' }).first();
    expect(await link.getAttribute('href')).toBe(`${instance.url}/demo/`);
  });

  it('shows totals and pages, and counts a visit made elsewhere without reload', async () => {
    visits('/a', 3);
    visits('/b', 1);
    await open();
    await live();
    const rows = page.locator('.pages li');
    await expect
      .poll(() => rows.allInnerTexts(), soon)
      .toEqual([expect.stringMatching(/\/a\s*3/), expect.stringMatching(/\/b\s*1/)]);
    visits('/b', 3);
    await expect.poll(() => rows.first().textContent(), soon).toMatch(/\/b\s*4/);
    expect(await page.locator('.totals').textContent()).toMatch(/Visits\s*7\s*Pages read\s*2/);
    expect(complaints).toEqual([]);
  });

  it('shows paths as people read them, and never as markup', async () => {
    instance.service.visit('/caf%C3%A9');
    instance.service.visit('/%3Cimg%20src=x%20onerror=alert(1)%3E');
    await open();
    await page.getByRole('link', { name: '/café' }).waitFor();
    await page.getByRole('link', { name: '/<img%20src=x%20onerror=alert(1)>' }).click();
    await page.getByRole('heading', { name: '/<img%20src=x%20onerror=alert(1)>' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('opens a page with its visits and walks through them to both ends by keyboard', async () => {
    visits('/long', 45);
    await open('/stats?path=/long');
    const times = async () =>
      (await page.locator('tbody td.number').allInnerTexts()).map((text) => text.trim());
    await expect.poll(times, soon).toHaveLength(20);
    expect((await times())[0]).toBe('44s');
    const older = page.getByRole('button', { name: 'Older' });
    await older.focus();
    await page.keyboard.press('Enter');
    await expect.poll(times, soon).toContain('24s');
    await page.keyboard.press('Enter');
    await expect.poll(times, soon).toEqual(['4s', '3s', '2s', '1s', '0s']);
    expect(await older.getAttribute('aria-disabled')).toBe('true');
    expect(
      await older.evaluate((button) => (button.getRootNode() as ShadowRoot).activeElement === button),
    ).toBe(true);
    await page.getByRole('button', { name: 'Newer' }).click();
    await page.getByRole('button', { name: 'Newer' }).click();
    await expect.poll(async () => (await times())[0], soon).toBe('44s');
    visits('/long', 1);
    await expect.poll(async () => (await times())[0], soon).toBe('0s');
    expect(await page.title()).toBe('/long · Demo blog · oxicount');
    expect(complaints).toEqual([]);
  });

  it('keeps the chosen site in the address', async () => {
    instance.service.sites = [siteCalled('blog', 'Blog'), siteCalled('docs', 'Docs')];
    instance.service.visit('/guide', { site: 'docs' });
    await open();
    await page.getByLabel('Site').selectOption('docs');
    await page.getByRole('heading', { name: 'Docs', exact: true }).waitFor();
    expect(page.url()).toBe(`${instance.url}/?site=docs`);
    await page.getByRole('link', { name: '/guide' }).click();
    expect(page.url()).toBe(`${instance.url}/stats?path=%2Fguide&site=docs`);
    await page.goBack();
    await page.goBack();
    await page.getByRole('heading', { name: 'Blog', exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('says that it is loading, then that the service is away, and recovers by itself', async () => {
    instance.condition = 'silent';
    await open();
    await page.getByText('Reading the figures').waitFor({ state: 'attached' });
    instance.condition = 'gone';
    await page.reload();
    await page.getByRole('heading', { name: 'The service does not answer' }).waitFor();
    instance.condition = 'well';
    await page.getByText('Waiting for the first visit').waitFor({ timeout: 10_000 });
  });

  it('goes on showing what was known when a later reading fails', async () => {
    visits('/a', 2);
    await open('/stats?path=/a');
    await live();
    await expect.poll(() => page.locator('tbody tr').count(), soon).toBe(2);
    instance.condition = 'unavailable';
    await page.getByText('Reconnecting').waitFor();
    expect(await page.locator('tbody tr').count()).toBe(2);
    instance.condition = 'well';
    visits('/a', 1);
    await expect.poll(() => page.locator('tbody tr').count(), { timeout: 10_000 }).toBe(3);
  });

  it('says so when a reading fails while the figures before it are known, and tries again', async () => {
    visits('/a', 2);
    await open();
    await live();
    await page.getByRole('link', { name: '/a' }).waitFor();
    await page.route('**/graphql', (route) => route.abort());
    visits('/a', 1);
    await page.getByText('The figures below are the last ones known.').waitFor();
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => page.locator('.pages li').textContent(), soon).toMatch(/\/a\s*3/);
    expect(await page.getByText('The figures below').count()).toBe(0);
  });

  it('fits a phone', async () => {
    await page.setViewportSize({ width: 360, height: 700 });
    visits(`/${'long-name-'.repeat(20)}`, 2);
    const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await open();
    await live();
    expect(await sideways()).toBeLessThanOrEqual(0);
    await page.locator('.pages a').click();
    await page.locator('tbody tr').first().waitFor();
    expect(await sideways()).toBeLessThanOrEqual(0);
  });

  it('counts on the pages of the demo blog', async () => {
    visits('/demo/tide-pools', 12);
    await open('/demo/tide-pools/');
    await page.getByText('12', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });
});
