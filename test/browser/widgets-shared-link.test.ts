import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createAdministration } from '../../sdk/src/administration.ts';
import { startTestService } from '../support/service.ts';
import { complaintsOf, describeInChromium, launchChromium } from './widgets-browser.ts';

const ADMIN = 'a-token-of-forty-characters-for-testing';

describeInChromium('a dashboard that somebody shared', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  /** A private site with a visit from the news and one from nowhere, and a way to share what there is. */
  async function startScene() {
    const service = await startTestService({
      adminToken: ADMIN,
      sites: { blog: { visibility: 'private', name: 'Blog' }, docs: { visibility: 'private' } },
    });
    const { url } = service;
    await service.visit('/a', { site: 'blog', referrer: 'https://news.example' });
    await service.visit('/b', { site: 'blog' });
    const administration = createAdministration({ url, token: ADMIN });
    const share = async (input: { filter?: object; range?: { preset: 'LAST_7_DAYS' } } = {}) => {
      const created = await administration.createToken({
        input: { name: 'Shared', scopes: ['READ'], site: 'blog', ...input },
      });
      return { id: created.token.id, link: created.link ?? '' };
    };
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    return { url, administration, share, page, complaints: complaintsOf(page, [url]) };
  }

  const visits = (page: Page) => page.locator('oxi-totals').getByRole('button', { name: /^Visits/ });
  const live = (page: Page) => page.locator('section[part=live]');

  it('opens with the link alone, and its token is neither in the address nor asked for again', async () => {
    const { url, share, page, complaints } = await startScene();
    await page.goto((await share()).link);
    await page.getByRole('heading', { name: 'Blog' }).waitFor();
    await expect.poll(() => visits(page).textContent()).toMatch(/2/);
    expect(page.url()).toBe(`${url}/?site=blog`);
    expect(await live(page).count()).toBe(1);
    expect(await page.getByRole('button', { name: /^(Settings|Share)$/ }).count()).toBe(0);
    await page.reload();
    await expect.poll(() => visits(page).textContent()).toMatch(/2/);
    expect(complaints).toEqual([]);
  });

  it('shows the range and the visits that it is for, with nothing to change them by', async () => {
    const { share, page, complaints } = await startScene();
    const { link } = await share({ filter: { referrer: 'news.example' }, range: { preset: 'LAST_7_DAYS' } });
    await page.goto(link);
    await expect.poll(() => visits(page).textContent()).toMatch(/Visits\s*1/);
    const filters = page.getByRole('list', { name: 'Filters' });
    expect((await filters.textContent())?.replace(/\s+/g, ' ').trim()).toBe('Referrer news.example');
    expect(await filters.getByRole('button').count()).toBe(0);
    expect(await page.getByLabel('Range').count()).toBe(0);
    expect(await live(page).count()).toBe(0);
    await page.getByText('Somebody shared this part of the figures.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('is of one page where the link is, with its single visits', async () => {
    const { share, page, complaints } = await startScene();
    await page.goto((await share({ filter: { page: '/a' } })).link);
    await page.getByRole('heading', { name: '/a' }).waitFor();
    await expect.poll(() => visits(page).textContent()).toMatch(/Visits\s*1/);
    await page.locator('oxi-visits').getByText('news.example').waitFor();
    expect(await page.getByRole('link', { name: /All pages/ }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('shows nothing any more once the link was revoked', async () => {
    const { administration, share, page } = await startScene();
    const { id, link } = await share();
    await page.goto(link);
    await expect.poll(() => visits(page).textContent()).toMatch(/2/);
    await administration.revokeToken({ id });
    await page.reload();
    await page.getByText('Your token is no longer valid.').waitFor();
    expect(await visits(page).count()).toBe(0);
  });

  it('is made where one is: the owner signs in, shares what is on show, and another reader sees that', async () => {
    const { url, page, complaints } = await startScene();
    await page.goto(`${url}/?site=blog&referrer=news.example`);
    await page.getByLabel('Token').fill(ADMIN);
    await page.locator('form').getByRole('button', { name: 'Sign in' }).click();
    await expect.poll(() => visits(page).textContent()).toMatch(/Visits\s*1/);
    await page.getByRole('button', { name: 'Share' }).click();
    const administration = page.locator('oxi-administration');
    await administration.getByLabel('Name').fill('For the editor');
    await administration.getByLabel(/on show/).check();
    await administration.getByRole('button', { name: /^(Make|Create)/ }).click();
    const address = await administration.getByText('#token=oxi_').textContent();
    const reader = await browser.newContext();
    onTestFinished(() => reader.close());
    const theirs = await reader.newPage();
    await theirs.goto(address?.trim() ?? '');
    await expect.poll(() => visits(theirs).textContent()).toMatch(/Visits\s*1/);
    expect(complaints).toEqual([]);
  });
});
