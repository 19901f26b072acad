import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { boxOf, gate, openHistoryPage, serviceWithHistory } from './support/history-page.ts';
import { describeInChromium, launchChromium } from './widgets-browser.ts';

describeInChromium('how <oxi-history> looks', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it.each([320, 1000])('moves nothing when the figures come, on a screen of %i pixels', async (width) => {
    const answers = gate();
    const { page, chart } = await openHistoryPage(
      browser,
      await serviceWithHistory(),
      '<oxi-history label="Readers" compare="year-before"></oxi-history>',
      { width, prepare: answers.prepare },
    );
    await page.getByText('Reading the figures').waitFor({ state: 'attached' });
    const shifts = await watchShifts(page);
    const before = await boxOf(page.getByText('After'));
    answers.open();
    await chart.waitFor();
    expect(await boxOf(page.getByText('After'))).toEqual(before);
    expect(await shifts()).toEqual([]);
  });

  it('has labels below the chart that do not touch, at every width', async () => {
    const service = await serviceWithHistory();
    const { page, chart } = await openHistoryPage(
      browser,
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
    const { page, chart } = await openHistoryPage(
      browser,
      await serviceWithHistory(),
      '<oxi-history label="Readers" compare></oxi-history>',
      {
        prepare: (page) => page.emulateMedia({ colorScheme }),
      },
    );
    await page.locator('html').evaluate((html) => html.style.setProperty('color-scheme', 'light dark'));
    await chart.waitFor();
    await page.getByText('Figures as a table').click();
    await page.evaluate(axe.source);
    const violations = await page.evaluate(async () => {
      const { axe: onPage } = globalThis as unknown as { axe: typeof axe };
      return (await onPage.run()).violations.map(({ id }) => id);
    });
    expect(violations).toEqual([]);
  });
});

/** Notes what moves on a page from now on by itself. Resolves to how to ask how far it was, each time. */
async function watchShifts(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.push((entry as PerformanceEntry & { value: number }).value);
    }).observe({ type: 'layout-shift' });
  });
  return () =>
    page.evaluate(async () => {
      // Shifts are told after the picture is drawn.
      for (let frame = 0; frame < 3; frame += 1) await new Promise((drawn) => requestAnimationFrame(drawn));
      return (globalThis as unknown as { seen: number[] }).seen;
    });
}
