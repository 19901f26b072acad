import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startTestService } from '../support/service.ts';
import { serveStatic } from './support/static-site.ts';
import { complaintsOf, describeInChromium, launchChromium } from './widgets-browser.ts';

describeInChromium('a page of another origin', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  test('shows how often it was read, with nothing but two tags', async () => {
    const service = await startTestService();
    for (let i = 0; i < 3; i++) await service.visit('/a');
    const site = await serveStatic({
      '/a': `<script type="module" src="${service.url}/widgets.js"></script><oxi-count></oxi-count>`,
    });
    onTestFinished(() => site.close());
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    const complaints = complaintsOf(page, [site.url, service.url]);
    await page.goto(`${site.url}/a`);
    await page.locator('oxi-count').getByText('3', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });
});
