import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { BADGE_STYLES } from '../../server/http/badge/badge.ts';
import { startTestService } from '../support/service.ts';
import { serveStatic } from './support/static-site.ts';
import { complaintsOf, describeInChromium, launchChromium } from './widgets-browser.ts';

describeInChromium('a badge in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  test('is shown on a page of another origin, in every style, and also where it tells what is wrong', async () => {
    const { url, visit } = await startTestService();
    await visit('/a');
    const addresses = [
      ...BADGE_STYLES.map((style) => `style=${style}`),
      'path=/a&of=views&label=read%20%3Cb%3E%F0%9F%98%80&color=f80&labelColor=green',
      'label=&color=critical',
      'site=shop',
      'color=nope',
    ].map((query) => `${url}/badge.svg?${query}`);
    const images = addresses.map(
      (address) => `<p><img src="${address.replaceAll('&', '&amp;')}" alt=""></p>`,
    );
    const elsewhere = await serveStatic({ '/': images.join('') });
    onTestFinished(() => elsewhere.close());
    const page = await browser.newPage();
    await page.goto(elsewhere.url, { waitUntil: 'load' });
    const sizes = await page
      .locator('img')
      .evaluateAll((shown: HTMLImageElement[]) =>
        shown.map(({ complete, naturalWidth, naturalHeight }) => [
          complete && naturalWidth > 10,
          naturalHeight,
        ]),
      );
    expect(sizes).toEqual([20, 20, 18, 28, 20, 20, 20, 20, 20].map((height) => [true, height]));
    await page.close();
  });

  test.each(
    BADGE_STYLES,
  )('opened by itself is whole in the style %s, though it may load nothing', async (style) => {
    const { url } = await startTestService();
    const page = await browser.newPage();
    const complaints = complaintsOf(page, [url]);
    await page.goto(`${url}/badge.svg?style=${style}`);
    const { badge, texts } = await page.evaluate(() => ({
      badge: document.documentElement.getBoundingClientRect().width,
      texts: [...document.querySelectorAll('text')].map((text) => text.getBoundingClientRect().right),
    }));
    expect(texts.length).toBeGreaterThan(1);
    expect(Math.max(...texts)).toBeLessThan(badge);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
