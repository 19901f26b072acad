import type { Browser, Locator, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import type { HistoryData } from '../../../web-components/src/history/history-data.ts';
import { run, temporaryFolder } from '../../support/program.ts';
import { startTestService, type TestService } from '../../support/service.ts';
import { complaintsOf } from '../widgets-browser.ts';
import { serveStatic } from './static-site.ts';

/** A service with three months of made-up visits behind it, up to yesterday. */
export async function serviceWithHistory(): Promise<TestService> {
  const service = await startTestService();
  const demo = run(['demo', '--site', 'blog', '--visits', '600', '--days', '90', '--pages', '5'], {
    cwd: await temporaryFolder(),
    env: { OXICOUNT_DATABASE_URL: service.databaseUrl },
  });
  expect(await demo.exit, demo.output()).toBe(0);
  return service;
}

export interface HistoryPageOptions {
  /** Absent: from left to right. */
  readonly dir?: 'rtl';
  /** Of the window, in pixels. Default: 1000. */
  readonly width?: number;
  /** What to do before the page is loaded. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

export interface HistoryPage {
  readonly page: Page;
  /** What the page should not have done. */
  readonly complaints: readonly string[];
  /** What can be read point by point. */
  readonly chart: Locator;
}

/** Opens a page of another origin, under a policy that allows neither inline styles nor anything of others. */
export async function openHistoryPage(
  browser: Browser,
  { url }: TestService,
  markup: string,
  { dir, width = 1000, prepare }: HistoryPageOptions = {},
): Promise<HistoryPage> {
  const policy = `default-src 'none';img-src data:;script-src ${url};connect-src ${url} ${url.replace('http', 'ws')}`;
  const site = await serveStatic({
    '/':
      `<meta http-equiv="Content-Security-Policy" content="${policy}">` +
      `<script type="module" src="${url}/widgets.js"></script>` +
      `<main lang="en-GB" dir="${dir ?? 'ltr'}"><h1>Figures</h1>${markup}<p>After</p></main>`,
  });
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  onTestFinished(async () => {
    await page.close();
    await site.close();
  });
  const complaints = complaintsOf(page, [site.url, url]);
  await prepare?.(page);
  await page.goto(site.url);
  return { page, complaints, chart: page.getByRole('slider') };
}

/** What the page's first history shows. */
export function dataOf(page: Page): Promise<HistoryData> {
  return page
    .locator('oxi-history')
    .first()
    .evaluate((element) => (element as HTMLElement & { data: HistoryData }).data);
}

/** Where something is on the page, in pixels. */
export async function boxOf(
  locator: Locator,
): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error(`${locator} is not on the page`);
  return box;
}

/** The day of a moment in UTC, as the page writes it. */
export function day(start = ''): string {
  const style = { month: 'short', day: 'numeric', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat('en-GB', style).format(new Date(start));
}

/** Holds the answers of the service back until it is opened. */
export function gate(): { prepare(page: Page): Promise<unknown>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    prepare: (page) =>
      page.route('**/graphql*', async (route) => {
        await opened;
        await route.continue();
      }),
    open: () => open(),
  };
}
