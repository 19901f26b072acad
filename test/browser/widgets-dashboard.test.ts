import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { ask as askApi } from '../support/graphql.ts';
import { startTestService } from '../support/service.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { createDemoData, type DemoData } from './support/demo-data.ts';
import { complaintsOf, describeInChromium, launchChromium } from './widgets-browser.ts';

const TOKEN = 'a-token-of-forty-characters-for-testing';
const SOON = { timeout: 15_000 };

/** A page of a browser that looks at a dashboard, and everything that it should not have done. */
async function look(browser: Browser, url: string) {
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  page.setDefaultTimeout(SOON.timeout);
  return { page, complaints: complaintsOf(page, [url]), open: (address: string) => page.goto(url + address) };
}

const live = (page: Page) => page.getByText('Live', { exact: true }).waitFor();
const total = (page: Page, name: string) =>
  page.locator('oxi-totals').getByRole('button', { name: new RegExp(`^${name}`) });
const list = (page: Page, part: string) => page.locator(`section[part=${part}] oxi-top li`);
const row = (page: Page, part: string, name: string) =>
  page.locator(`section[part=${part}] oxi-top`).getByRole('button', { name: new RegExp(`^${name}`) });
const search = (page: Page) => new URL(page.url()).search;

/** What the API says, as anybody could ask it. */
async function ask(url: string, query: string) {
  const { data, errors } = await askApi(url, query);
  expect(errors).toBeUndefined();
  return data as unknown as {
    stats: { totals: Figures; top: { edges: { node: { value: string; figures: Figures } }[] } };
  };
}
type Figures = Record<string, number>;

const written = (count = 0) => new Intl.NumberFormat('en').format(count);

describeInChromium('the dashboard of a site with a history', () => {
  let browser: Browser;
  let data: DemoData;
  beforeAll(async () => {
    [browser, data] = await Promise.all([launchChromium(), createDemoData(4_000)]);
  });
  afterAll(async () => {
    await browser?.close();
    await data?.remove();
  });

  it('shows what the API says, and asks nobody else', async () => {
    const url = await data.serve();
    const { page, complaints, open } = await look(browser, url);
    await open('/?site=sample&range=last-365-days');
    const of = 'site:"sample" range:{preset:LAST_365_DAYS}';
    const { stats } = await ask(url, `{stats(${of}){totals{visits visitors views}}}`);
    for (const name of ['Visits', 'Visitors', 'Views']) {
      await expect
        .poll(() => total(page, name).textContent(), SOON)
        .toContain(written(stats.totals[name.toLowerCase()]));
    }
    const lists = { content: 'PAGE', sources: 'REFERRER', places: 'COUNTRY', technology: 'BROWSER' };
    for (const [part, dimension] of Object.entries(lists)) {
      const { stats } = await ask(
        url,
        `{stats(${of}){top(dimension:${dimension} first:8){edges{node{value figures{visits}}}}}}`,
      );
      await page.locator(`section[part=${part}]`).scrollIntoViewIfNeeded();
      await expect.poll(() => list(page, part).count(), SOON).toBeGreaterThanOrEqual(stats.top.edges.length);
      const shown = await list(page, part).allInnerTexts();
      for (const [index, { node }] of stats.top.edges.entries()) {
        expect(shown[index]).toContain(written(node.figures['visits']));
      }
    }
    expect(await page.title()).toBe('Sample · oxicount');
    expect(complaints).toEqual([]);
  });

  it('filters by what is clicked, and a link shows the same to somebody else', async () => {
    const url = await data.serve();
    const { page, complaints, open } = await look(browser, url);
    await open('/?site=sample&range=last-365-days');
    await row(page, 'places', 'Germany').click();
    await expect.poll(() => search(page)).toBe('?site=sample&range=last-365-days&country=DE');
    await row(page, 'technology', 'Firefox').click();
    await total(page, 'Visitors').click();
    await page.getByLabel('Compare with').selectOption('year-before');
    const of = 'site:"sample" range:{preset:LAST_365_DAYS} filter:{country:"DE" browser:"Firefox"}';
    const { stats } = await ask(url, `{stats(${of}){totals{visits}}}`);
    const visits = written(stats.totals['visits']);
    await expect.poll(() => total(page, 'Visits').textContent(), SOON).toContain(visits);

    const other = await look(browser, url);
    await other.open(`/${search(page)}`);
    await expect.poll(() => total(other.page, 'Visits').textContent(), SOON).toContain(visits);
    expect(await total(other.page, 'Visitors').getAttribute('aria-pressed')).toBe('true');
    expect(await other.page.getByLabel('Compare with').inputValue()).toBe('year-before');
    await other.page.getByRole('button', { name: 'Remove filter Browser Firefox' }).waitFor();

    await page.getByRole('button', { name: 'Clear all filters' }).click();
    expect(await page.getByRole('button', { name: 'Remove filter' }).count()).toBe(0);
    await page.goBack();
    await page.getByRole('button', { name: 'Remove filter Country Germany' }).waitFor();
    await page.goBack();
    await expect.poll(() => page.getByLabel('Compare with').inputValue()).toBe('previous-period');
    await page.goForward();
    await expect.poll(() => page.getByLabel('Compare with').inputValue()).toBe('year-before');
    expect([...complaints, ...other.complaints]).toEqual([]);
  });

  it('steps through time, and shows dates that are chosen', async () => {
    const url = await data.serve();
    const { page, complaints, open } = await look(browser, url);
    await open('/?site=sample&range=2026-03-01/2026-03-31');
    await page.getByText('Mar 1 – 31, 2026').first().waitFor();
    await page.getByRole('button', { name: 'Earlier' }).click();
    await expect.poll(() => search(page)).toBe('?site=sample&range=2026-02-01/2026-02-28');
    await page.getByLabel('Range').selectOption('Dates…');
    await page.getByLabel('From').fill('2026-01-05');
    await page.getByLabel('To', { exact: true }).fill('2026-01-11');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await expect.poll(() => search(page)).toBe('?site=sample&range=2026-01-05/2026-01-11');
    const { stats } = await ask(
      url,
      '{stats(site:"sample" range:{from:"2026-01-05" to:"2026-01-11"}){totals{visits}}}',
    );
    await expect
      .poll(() => total(page, 'Visits').textContent(), SOON)
      .toContain(written(stats.totals['visits']));
    expect(complaints).toEqual([]);
  });

  it('leads to a page with its visits and back', async () => {
    const url = await data.serve();
    const { page, complaints, open } = await look(browser, url);
    await open('/?site=sample&range=last-365-days');
    await row(page, 'content', '/').first().click();
    await page.getByRole('link', { name: 'This page in detail' }).click();
    await expect.poll(() => page.url()).toBe(`${url}/stats?path=/&site=sample&range=last-365-days`);
    expect(await page.title()).toBe('/ · Sample · oxicount');
    const visits = page.locator('oxi-visits tbody tr');
    await expect.poll(() => visits.count(), SOON).toBe(10);
    const newest = await visits.first().innerText();
    await page.getByRole('button', { name: 'Older' }).click();
    await expect.poll(() => visits.first().innerText(), SOON).not.toBe(newest);
    await page.getByRole('button', { name: 'Newer' }).click();
    await expect.poll(() => visits.first().innerText(), SOON).toBe(newest);
    await page.reload();
    await expect.poll(() => visits.first().innerText(), SOON).toBe(newest);
    await page.getByRole('link', { name: 'All pages of Sample' }).click();
    await expect.poll(() => page.url()).toBe(`${url}/?site=sample&range=last-365-days`);
    expect(complaints).toEqual([]);
  });

  it('gives what is on show as CSV and JSON', async () => {
    const url = await data.serve();
    const { page, complaints, open } = await look(browser, url);
    await open('/?site=sample&range=last-365-days&browser=Firefox');
    await page.getByRole('button', { name: 'Download' }).click();
    const take = async (name: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name, exact: true }).click(),
      ]);
      return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
    };
    const of = 'site:"sample" range:{preset:LAST_365_DAYS} filter:{browser:"Firefox"}';
    const { stats } = await ask(
      url,
      `{stats(${of}){top(dimension:COUNTRY first:1000){edges{node{value figures{visits}}}}}}`,
    );
    const expected = stats.top.edges.map(({ node }) => `${node.value},${node.figures['visits']}`);
    const csv = await take('Countries, CSV');
    expect(csv.name).toBe('oxicount-sample-country-last-365-days.csv');
    const [head = '', ...rows] = csv.text.replace('\uFEFF', '').trimEnd().split('\r\n');
    expect(head).toMatch(/^country,visits,/);
    expect(rows.map((line) => line.split(',').slice(0, 2).join(','))).toEqual(expected);
    const json = await take('Totals, JSON');
    expect(json.name).toBe('oxicount-sample-totals-last-365-days.json');
    expect(JSON.parse(json.text)).toMatchObject({ site: 'sample', filter: { browser: 'Firefox' } });
    expect(complaints).toEqual([]);
  });

  it('can be used with the keyboard alone', async () => {
    const url = await data.serve();
    const { page, complaints, open } = await look(browser, url);
    await open('/?site=sample&range=last-365-days');
    await row(page, 'places', 'Germany').waitFor();
    await page.keyboard.press('s');
    const focused = () => page.evaluate(deepFocus);
    await expect.poll(focused).toMatch(/^SELECT/);
    for (const [name, key] of [
      ['Countries', 'ArrowRight'],
      ['Germany', 'Enter'],
    ] as const) {
      for (let i = 0; i < 80 && !(await focused()).includes(name); i++) await page.keyboard.press('Tab');
      expect(await focused()).toContain(name);
      if (key === 'ArrowRight') {
        await page.keyboard.press(key);
        await expect.poll(focused).toContain('Languages');
        await page.keyboard.press('ArrowLeft');
        await expect.poll(focused).toContain('Countries');
      } else await page.keyboard.press(key);
    }
    await expect.poll(() => search(page)).toContain('country=DE');
    await page.keyboard.press('x');
    await expect.poll(() => search(page)).not.toContain('country');
    expect(complaints).toEqual([]);
  });

  it('lists its shortcuts, and leaves all keys alone where somebody wants that', async () => {
    const url = await data.serve();
    const { page, complaints, open } = await look(browser, url);
    await open('/?site=sample');
    await total(page, 'Visits').waitFor();
    await page.keyboard.press('y');
    await expect.poll(() => search(page)).toBe('?site=sample&range=yesterday');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.getByRole('switch', { name: 'Shortcuts of one key' }).uncheck();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.keyboard.press('t');
    await page.reload();
    await total(page, 'Visits').waitFor();
    await page.keyboard.press('t');
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(search(page)).toBe('?site=sample&range=yesterday');
    expect(complaints).toEqual([]);
  });

  it.each([
    '/?site=sample',
    '/stats?site=sample&path=/',
    '/?site=sample&country=DE&page=/',
  ])('fits a phone: %s', async (address) => {
    const url = await data.serve();
    const { page, complaints, open } = await look(browser, url);
    await page.setViewportSize({ width: 360, height: 700 });
    await open(address);
    await total(page, 'Visits').waitFor();
    for (const part of await page.locator('oxi-dashboard section[part]').all()) {
      await part.scrollIntoViewIfNeeded();
    }
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    expect(complaints).toEqual([]);
  });
});

describeInChromium('the dashboard of a running service', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it('shows a visit made elsewhere without reload', async () => {
    const service = await startTestService();
    await service.visit('/a');
    const { page, complaints, open } = await look(browser, service.url);
    await open('/');
    await live(page);
    await expect.poll(() => total(page, 'Visits').textContent(), SOON).toMatch(/Visits\s*1\s/);
    await service.visit('/b');
    await service.visit('/b');
    await expect.poll(() => total(page, 'Visits').textContent(), SOON).toMatch(/Visits\s*3\s/);
    await expect.poll(() => list(page, 'content').first().innerText(), SOON).toMatch(/\/b.*Visits\s2$/s);
    expect(complaints).toEqual([]);
  });

  it('says what to paste while a site has no visit, and fills in when the first one counts', async () => {
    const service = await startTestService();
    const { page, complaints, open } = await look(browser, service.url);
    await open('/');
    await page.getByText(`<script defer src="${service.url}/count.js"></script>`).waitFor();
    await page.getByText('Waiting for the first visit').waitFor();
    await live(page);
    await service.visit('/posts/hello');
    await row(page, 'content', '/posts/hello').waitFor();
    expect(await page.getByText('Waiting for the first visit').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('has the chosen site in its address', async () => {
    const service = await startTestService({ sites: { blog: {}, docs: {} } });
    await service.visit('/a', { site: 'blog' });
    await service.visit('/b', { site: 'docs' });
    const { page, complaints, open } = await look(browser, service.url);
    await open('/');
    await page.getByLabel('Site').selectOption('docs');
    await row(page, 'content', '/b').waitFor();
    expect(search(page)).toBe('?site=docs');
    await page.goBack();
    await row(page, 'content', '/a').waitFor();
    expect(complaints).toEqual([]);
  });

  it('shows a private site to whoever signs in with its token, until they sign out', async () => {
    const service = await startTestService({
      sites: { secret: { visibility: 'private' } },
      adminToken: TOKEN,
    });
    await service.visit('/a', { site: 'secret' });
    const { page, open } = await look(browser, service.url);
    await open('/?site=secret');
    await page.getByLabel('Token').fill('something-else-that-is-long-enough');
    await page.getByRole('button', { name: 'Sign in' }).last().click();
    await page.getByText('That token is not valid.').waitFor();
    await page.getByLabel('Token').fill(TOKEN);
    await page.keyboard.press('Enter');
    await row(page, 'content', '/a').waitFor();
    await live(page);
    await page.reload();
    await row(page, 'content', '/a').waitFor();
    expect(page.url()).toBe(`${service.url}/?site=secret`);
    const elsewhere = await look(browser, service.url);
    await elsewhere.open('/?site=secret');
    await elsewhere.page.getByLabel('Token').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Token').waitFor();
    await page.reload();
    await page.getByLabel('Token').waitFor();
  });

  it('asks again where a token that was kept is no longer valid, and shows what everybody may see', async () => {
    const service = await startTestService({ adminToken: TOKEN });
    await service.visit('/a');
    const { page, open } = await look(browser, service.url);
    await open('/definitions');
    await page.evaluate(
      ([key, token]) => localStorage.setItem(key as string, token as string),
      [`oxicount token of ${service.url}/`, 'a-token-that-was-valid-last-year'],
    );
    await open('/');
    await page.getByText('Your token is no longer valid.').waitFor();
    await page.keyboard.press('Escape');
    await row(page, 'content', '/a').waitFor();
    await page.reload();
    await row(page, 'content', '/a').waitFor();
    expect(await page.getByText('Your token is no longer valid.').count()).toBe(0);
  });

  it('goes on showing what was known while the service is away, says so, and recovers by itself', async () => {
    const service = await startTestService();
    await service.visit('/a');
    const proxy = await startTcpProxy({ host: '127.0.0.1', port: Number(new URL(service.url).port) });
    onTestFinished(() => proxy.close());
    const { page, open } = await look(browser, `http://127.0.0.1:${proxy.port}`);
    await open('/');
    await live(page);
    await expect.poll(() => total(page, 'Visits').textContent(), SOON).toMatch(/Visits\s*1\s/);
    proxy.cut();
    await page.getByText('Reconnecting').waitFor();
    await page.keyboard.press('w');
    await page.getByText('The service does not answer. The figures below are the last ones known.').waitFor();
    expect(await total(page, 'Visits').textContent()).toMatch(/Visits\s*1\s/);
    await service.visit('/a');
    proxy.restore();
    await expect.poll(() => total(page, 'Visits').textContent(), { timeout: 30_000 }).toMatch(/Visits\s*2\s/);
    await page.getByText('The figures below').waitFor({ state: 'detached' });
  });

  it('says that the service is away, and recovers by itself', async () => {
    const service = await startTestService();
    await service.visit('/a');
    const { page, open } = await look(browser, service.url);
    await page.route('**/graphql*', (route) => route.abort());
    await open('/');
    await page.getByRole('heading', { name: 'The service does not answer' }).waitFor();
    await page.unroute('**/graphql*');
    await row(page, 'content', '/a').waitFor();
  });

  it('takes nothing of an address for markup', async () => {
    const service = await startTestService();
    await service.visit('/a');
    const { page, complaints, open } = await look(browser, service.url);
    const markup = '<img src=x onerror=alert(1)>';
    await open(`/?${new URLSearchParams({ referrer: markup, country: markup, range: markup })}`);
    await page.getByRole('button', { name: `Remove filter Referrer ${markup}` }).waitFor();
    await open(`/stats?${new URLSearchParams({ path: `/${markup}` })}`);
    await page.getByRole('heading', { name: '/<img' }).waitFor();
    expect(complaints.filter((complaint) => !complaint.includes('status of 400'))).toEqual([]);
  });
});

/** The innermost element that has the focus, in words. */
function deepFocus(): string {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return `${element?.tagName} ${element?.textContent?.trim()}`;
}
