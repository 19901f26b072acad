import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { HistoryData } from '../../web-components/src/history/history-data.ts';
import { run, temporaryFolder } from '../support/program.ts';
import { startTestService, type TestService } from '../support/service.ts';
import { serveStatic } from './support/static-site.ts';
import { complaintsOf, describeInChromium, launchChromium } from './widgets-browser.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const soon = { timeout: 10_000 };

describeInChromium('<oxi-history> on a page of another origin', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  /** A service with three months behind it, up to yesterday. */
  async function history(): Promise<TestService> {
    const service = await startTestService();
    const demo = run(['demo', '--site', 'blog', '--visits', '600', '--days', '90', '--pages', '5'], {
      cwd: await temporaryFolder(),
      env: { OXICOUNT_DATABASE_URL: service.databaseUrl },
    });
    expect(await demo.exit, demo.output()).toBe(0);
    return service;
  }

  /** A page under a policy that allows neither inline styles nor anything of others. */
  async function open(
    service: TestService,
    markup: string,
    { dir = 'ltr', width = 1000, prepare = noone } = {},
  ) {
    const policy = `default-src 'none';img-src data:;script-src ${service.url};connect-src ${service.url} ${service.url.replace('http', 'ws')}`;
    const site = await serveStatic({
      '/': `<meta http-equiv="Content-Security-Policy" content="${policy}"><script type="module" src="${service.url}/widgets.js"></script><div lang="en-GB" dir="${dir}">${markup}</div><p>After</p>`,
    });
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    onTestFinished(async () => {
      await page.close();
      await site.close();
    });
    const complaints = complaintsOf(page, [site.url, service.url]);
    await prepare(page);
    await page.goto(site.url);
    const chart = page.getByRole('slider');
    return { page, complaints, chart };
  }

  async function ask(service: TestService, query: string) {
    const response = await service.request('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { data } = (await response.json()) as { data: { stats: Stats } };
    return data.stats;
  }

  const dataOf = (page: Page) =>
    page.locator('oxi-history').evaluate((element) => (element as HTMLElement & { data: HistoryData }).data);

  it('shows figures as the API has them, with the time before', async () => {
    const service = await history();
    const { page, complaints, chart } = await open(
      service,
      '<oxi-history range="last-30-days" compare="previous-period"></oxi-history>',
    );
    await chart.waitFor();
    for (const [figure, field] of [
      ['visits', 'visits'],
      ['returning-visitors', 'returningVisitors'],
      ['average-spent-seconds', 'averageSpentSeconds'],
      ['bounce-rate', 'bounceRate'],
    ] as const) {
      await page
        .locator('oxi-history')
        .evaluate((element, name) => element.setAttribute('figure', name), figure);
      const part = `range{preset from to firstDay lastDay}series{start figures{${field}}}totals{${field}}`;
      const stats = await ask(
        service,
        `{stats(range:{preset:LAST_30_DAYS}){${part}comparison(with:PREVIOUS_PERIOD){${part}change{${field}}}}}`,
      );
      const pointsOf = ({ series }: Part) =>
        series.map(({ start, figures }) => ({ start, value: figures[field] }));
      await expect
        .poll(() => dataOf(page), soon)
        .toEqual({
          figure,
          range: stats.range,
          timeZone: 'UTC',
          interval: 'DAY',
          points: pointsOf(stats),
          total: stats.totals[field],
          comparison: {
            range: stats.comparison.range,
            total: stats.comparison.totals[field],
            change: stats.comparison.change[field],
            points: pointsOf(stats.comparison),
          },
        });
    }
    expect(complaints).toEqual([]);
  });

  it("is of a page, a country and a time of one's own, by weeks", async () => {
    const service = await history();
    const { page, chart } = await open(
      service,
      `<oxi-history filter='{"country":"DE"}' path="/" interval="week" range="2020-01-01/"></oxi-history>`,
    );
    await chart.waitFor();
    const stats = await ask(
      service,
      '{stats(range:{from:"2020-01-01"} filter:{country:"DE" page:"/"}){range{lastDay}series(interval:WEEK){start}totals{visits}}}',
    );
    const { interval, total, points } = await dataOf(page);
    expect({ interval, total, points: points.length }).toEqual({
      interval: 'WEEK',
      total: stats.totals['visits'],
      points: stats.series.length,
    });
  });

  it('reads out the point under the pointer, and nothing when it leaves', async () => {
    const { page, chart } = await open(await history(), '<oxi-history compare></oxi-history>');
    const { x, y, width, height } = await boxOf(chart);
    const { points, comparison } = await dataOf(page);
    const readout = page.locator('[part=readout]');
    for (const [share, index] of [
      [0, 0],
      [0.5, 15],
      [1, 29],
    ] as const) {
      await page.mouse.move(x + Math.min(width - 1, share * width + 1), y + height / 2);
      await expect.poll(() => readout.textContent(), soon).toContain(day(points[index]?.start));
      const text = await readout.textContent();
      expect(text).toContain(`${points[index]?.value} Visits`);
      expect(text).toContain(`${day(comparison?.points[index]?.start)}: ${comparison?.points[index]?.value}`);
      const box = await boxOf(readout);
      expect(box.x).toBeGreaterThanOrEqual(x - 1);
      expect(box.x + box.width).toBeLessThanOrEqual(x + width + 1);
    }
    await page.mouse.move(x + width / 2, y + height + 200);
    await expect.poll(() => readout.count(), soon).toBe(0);
  });

  it('is read point by point with the keyboard, and left with Escape', async () => {
    const { page, chart, complaints } = await open(
      await history(),
      '<oxi-history label="Readers"></oxi-history>',
    );
    await chart.waitFor();
    const { points, total } = await dataOf(page);
    expect(await chart.getAttribute('aria-label')).toMatch(new RegExp(`^Readers: ${total}, `));
    const told = async (index: number) => {
      const { start, value } = points[index] ?? {};
      await expect
        .poll(() => chart.getAttribute('aria-valuetext'), soon)
        .toContain(`${day(start)}: ${value}`);
      expect(await page.locator('[part=readout]').textContent()).toContain(day(start));
    };
    await page.keyboard.press('Tab');
    await told(29);
    for (const [key, index] of [
      ['ArrowLeft', 28],
      ['PageDown', 25],
      ['ArrowRight', 26],
      ['Home', 0],
      ['ArrowLeft', 0],
      ['End', 29],
    ] as const) {
      await page.keyboard.press(key);
      await told(index);
    }
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('[part=readout]').count(), soon).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('runs from right to left where the page does', async () => {
    const { page, chart } = await open(await history(), '<oxi-history></oxi-history>', { dir: 'rtl' });
    await chart.waitFor();
    const { points } = await dataOf(page);
    const { x, y, width, height } = await boxOf(chart);
    const readout = page.locator('[part=readout]');
    await page.mouse.move(x + width - 2, y + height / 2);
    await expect.poll(() => readout.textContent(), soon).toContain(day(points[0]?.start));
    const dot = await boxOf(page.locator('[part=dot]'));
    expect(dot.x).toBeGreaterThan(x + width - 20);
    const box = await boxOf(readout);
    expect(box.x + box.width).toBeLessThanOrEqual(x + width + 1);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => chart.getAttribute('aria-valuenow'), soon).toBe('2');
  });

  it('is a table too, of which hours of a month are made when it is opened', async () => {
    const service = await history();
    const { page, chart } = await open(
      service,
      '<oxi-history interval="hour" figure="average-spent-seconds" compare></oxi-history>',
    );
    await chart.waitFor();
    const rows = page.locator('tbody tr');
    expect(await rows.count()).toBe(0);
    await page.getByText('Figures as a table').click();
    const { points } = await dataOf(page);
    await expect.poll(() => rows.count(), soon).toBe(points.length);
    await page.getByRole('table', { name: /^Average time spent, .+ \(UTC\)$/ }).waitFor();
    const headers = await page.getByRole('columnheader').allTextContents();
    expect(headers).toEqual(['Time', 'Average time spent', 'Before', 'Change']);
    const none = points.findIndex(({ value }) => value === null);
    expect((await rows.nth(none).locator('td').first().textContent())?.trim()).toBe('–');
  });

  it('counts a visit that is made while it is open', async () => {
    const service = await history();
    const { page, chart, complaints } = await open(service, '<oxi-history live range="today"></oxi-history>');
    await page.getByText('Nothing was counted in this time.').waitFor();
    await expect
      .poll(() => page.locator('oxi-history').evaluate((element) => (element as never)['liveState']), soon)
      .toBe('open');
    await service.visit('/a');
    await expect.poll(() => page.locator('[part=value]').textContent(), soon).toBe('1');
    expect(await page.getByText('Nothing was counted').count()).toBe(0);
    await expect.poll(() => chart.getAttribute('aria-valuetext'), soon).toMatch(/: 1, so far$/);
    expect(complaints).toEqual([]);
  });

  it('shows another figure when it is asked for one, and the old one under its own name until then', async () => {
    const { page, chart } = await open(await history(), '<oxi-history></oxi-history>');
    await chart.waitFor();
    const answers = gate();
    await page.route('**/graphql*', async (route) => {
      await answers.opened;
      await route.continue();
    });
    await page.locator('oxi-history').evaluate((element) => element.setAttribute('figure', 'bounce-rate'));
    await page.locator('section[aria-busy=true]').waitFor();
    expect(await page.locator('[part=total]').textContent()).toMatch(/^[\d,]+ Visits$/);
    answers.open();
    await expect
      .poll(() => page.locator('[part=total]').textContent(), soon)
      .toMatch(/^[\d.]+% Bounce rate$/);
  });

  it('says that it cannot read the figures, and reads them when asked to again', async () => {
    const { page, chart } = await open(await history(), '<oxi-history></oxi-history>', {
      prepare: (page) => page.route('**/graphql*', (route) => route.abort()),
    });
    await page.getByText('The figures cannot be read right now.').waitFor();
    await page.unroute('**/graphql*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await chart.waitFor();
  });

  it.each([320, 1000])('moves nothing when the figures come, on a screen of %i pixels', async (width) => {
    const answers = gate();
    const { page, chart } = await open(
      await history(),
      '<oxi-history label="Readers" compare="year-before"></oxi-history>',
      {
        width,
        prepare: (page) =>
          page.route('**/graphql*', async (route) => {
            await answers.opened;
            await route.continue();
          }),
      },
    );
    await page.getByText('Reading the figures').waitFor({ state: 'attached' });
    const before = await boxOf(page.getByText('After'));
    answers.open();
    await chart.waitFor();
    expect(await boxOf(page.getByText('After'))).toEqual(before);
    expect(await shiftOf(page)).toBe(0);
  });

  it('has labels below the chart that do not touch, at every width', async () => {
    const service = await history();
    const { page, chart } = await open(
      service,
      '<oxi-history></oxi-history><oxi-history range="last-365-days"></oxi-history><oxi-history range="last-24-hours" lang="de"></oxi-history>',
    );
    await chart.nth(2).waitFor();
    for (const width of [320, 420, 560, 700, 900, 1200]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      for (const axis of await page.locator('.times').all()) {
        const labels = await axis
          .locator('text:visible')
          .evaluateAll((texts) => texts.map((text) => text.getBoundingClientRect().toJSON() as DOMRect));
        expect(labels.length).toBeGreaterThan(1);
        for (const [index, { left }] of labels.entries()) {
          if (index > 0) expect(left).toBeGreaterThan((labels[index - 1]?.right ?? 0) + 2);
        }
      }
    }
  });

  it.each([
    'light',
    'dark',
  ] as const)('has nothing that axe complains of, in a %s page', async (colorScheme) => {
    const { page, chart } = await open(
      await history(),
      '<main><h1>Figures</h1><oxi-history label="Readers" compare></oxi-history></main>',
      {
        prepare: (page) => page.emulateMedia({ colorScheme }),
      },
    );
    await page.locator('html').evaluate((html) => html.style.setProperty('color-scheme', 'light dark'));
    await chart.waitFor();
    await page.getByText('Figures as a table').click();
    await page.evaluate(await readFile(AXE, 'utf8'));
    const violations = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } };
      return (await axe.run()).violations.map(({ id }) => id);
    });
    expect(violations.filter((id) => id !== 'region')).toEqual([]);
  });
});

interface Part {
  readonly range: HistoryData['range'];
  readonly series: readonly { readonly start: string; readonly figures: Record<string, number | null> }[];
  readonly totals: Record<string, number | null>;
}

interface Stats extends Part {
  readonly comparison: Part & { readonly change: Record<string, number | null> };
}

async function noone(_page: Page): Promise<unknown> {
  return undefined;
}

/** What waits until a test says so. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

/** As the page writes the day of a moment in UTC. */
function day(start = ''): string {
  return new Intl.DateTimeFormat('en-GB', {
    month: 'short',
    day: 'numeric',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(start));
}

async function boxOf(locator: { boundingBox(): Promise<Box | null> }): Promise<Box> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('it is not on the page');
  return box;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function shiftOf(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
        });
        observer.observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 300);
      }),
  );
}
