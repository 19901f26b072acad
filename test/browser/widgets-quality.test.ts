import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startTestService } from '../support/service.ts';
import { complaintsOf, describeInChromium, launchChromium } from './widgets-browser.ts';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// Each width and each scheme once: what both together could break, neither breaks alone.
const SCREENS = [
  ['360 px, dark', 360, 'dark'],
  ['1280 px, light', 1280, 'light'],
] as const;

/** Those that stand in a line of text and, where there is no figure, keep their own content and say nothing. */
const IN_TEXT = ['oxi-count', 'oxi-votes'];

/** Every element but those that are whole pages, each of which has tests of its own. */
const TAGS = readdirSync(new URL('../../web-components/src', import.meta.url))
  .flatMap((name) => /^(oxi-[\w-]+)\.ts$/.exec(name)?.[1] ?? [])
  .filter((tag) => !['oxi-dashboard', 'oxi-administration'].includes(tag));

interface Watched {
  shifts: string[];
}

describeInChromium('the elements in all their states, and the dashboard', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  async function open(url: string, width: number, colorScheme: 'light' | 'dark') {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const complaints = complaintsOf(page, [new URL(url).origin]);
    await page.addInitScript(watchShifts);
    await page.goto(url);
    return { page, complaints };
  }

  test.each(SCREENS)(
    'the gallery is accessible, calm and keeps to itself (%s)',
    async (_name, width, scheme) => {
      const service = await startTestService();
      const { page, complaints } = await open(`${service.url}/demo/gallery/`, width, scheme);
      await page.locator('oxi-visits').first().waitFor();
      await lookThrough(page);
      for (const tag of TAGS) {
        await page.locator(`#contents [href="#${tag}"]`).waitFor();
        if (IN_TEXT.includes(tag)) continue;
        await page.locator(`#${tag} [data-state="A site that is unknown"] [part=failure]`).waitFor();
      }
      expect(await violationsOf(page)).toEqual([]);
      expect(await shiftsOf(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
    240_000,
  );

  test.each(SCREENS)(
    'the dashboard is accessible, calm and keeps to itself (%s)',
    async (_name, width, scheme) => {
      const service = await startTestService();
      for (const path of ['/a', '/b', '/a'])
        await service.visit(path, { referrer: 'https://news.example.org' });
      const { page, complaints } = await open(`${service.url}/`, width, scheme);
      await page.getByText('/a', { exact: true }).first().waitFor();
      await lookThrough(page);
      expect(await violationsOf(page)).toEqual([]);
      expect(await shiftsOf(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
    240_000,
  );

  test('the gallery shows what was rendered ahead without JavaScript', async () => {
    const service = await startTestService();
    const context = await browser.newContext({ javaScriptEnabled: false });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const complaints = complaintsOf(page, [service.url]);
    await page.goto(`${service.url}/demo/gallery/`);
    await page.locator('#rendered').getByText('12,345', { exact: true }).waitFor();
    await page.locator('#rendered').getByText('950', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });
});

/** Elements ask when they come near what the reader sees. */
async function lookThrough(page: Page): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let y = 0; y < height; y += 800) {
    await page.evaluate((top) => scrollTo(0, top), y);
    await page.waitForTimeout(50);
  }
  await page.waitForLoadState('networkidle');
}

/** What axe finds wrong, a line each. The page takes scripts from files only, so it comes by the debugger. */
async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(AXE, 'utf8'));
  return page.evaluate(async (values) => {
    type Found = { id: string; nodes: { target: unknown[]; failureSummary: string }[] };
    const { axe } = globalThis as unknown as {
      axe: { run(root: Document, options: object): Promise<{ violations: Found[] }> };
    };
    const { violations } = await axe.run(document, {
      runOnly: { type: 'tag', values },
      resultTypes: ['violations'],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${JSON.stringify(target)} ${failureSummary}`),
    );
  }, RULES);
}

function shiftsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => (globalThis as unknown as Watched).shifts);
}

/** Runs in the page: notes what moved without the reader's doing, and by how much. */
function watchShifts(): void {
  const shifts: string[] = [];
  Object.assign(globalThis, { shifts });
  type Source = { node: Node | null; previousRect: DOMRect; currentRect: DOMRect };
  type Shift = PerformanceEntry & { value: number; sources: Source[] };
  new PerformanceObserver((list) => {
    for (const { value, sources, startTime } of list.getEntries() as Shift[]) {
      // What is in a shadow root has no name here, but a place.
      const moves = sources.map(({ node, previousRect: from, currentRect: to }) => {
        const name = node instanceof Element ? node.localName : 'something';
        return `${name} of ${to.width}x${to.height} from ${from.x},${from.y} to ${to.x},${to.y}`;
      });
      shifts.push(`${value.toFixed(4)} after ${Math.round(startTime)} ms: ${moves.join('; ')}`);
    }
  }).observe({ type: 'layout-shift', buffered: true });
}
