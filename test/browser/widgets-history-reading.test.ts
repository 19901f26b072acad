import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { boxOf, dataOf, day, openHistoryPage, serviceWithHistory } from './support/history-page.ts';
import { describeInChromium, launchChromium } from './widgets-browser.ts';

const soon = { timeout: 10_000 };

describeInChromium('the chart of <oxi-history>', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it('reads out the point under the pointer, and nothing when it leaves', async () => {
    const { page, chart } = await openHistoryPage(
      browser,
      await serviceWithHistory(),
      '<oxi-history compare></oxi-history>',
    );
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
    const { page, chart, complaints } = await openHistoryPage(
      browser,
      await serviceWithHistory(),
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
    const { page, chart } = await openHistoryPage(
      browser,
      await serviceWithHistory(),
      '<oxi-history></oxi-history>',
      { dir: 'rtl' },
    );
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
    const service = await serviceWithHistory();
    const { page, chart } = await openHistoryPage(
      browser,
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
});
