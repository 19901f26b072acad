import { describe, expect, test } from 'vitest';
import { callerOf } from './bots/callers.testing.ts';
import { READERS } from './bots/user-agents.testing.ts';
import { filterReason } from './bots.ts';
import type { BrowserHints } from './caller.ts';

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0';
const SAFARI =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';
const BRANDS = '"Google Chrome";v="131", "Chromium";v="131", "Not_A Brand";v="24"';

const ofPage = (userAgent: string | null, hints: Partial<BrowserHints> = {}) =>
  filterReason(
    callerOf({ origin: 'https://blog.example', userAgent, hints: { fetchSite: 'cross-site', ...hints } }),
  );
const ofScript = (userAgent: string | null) => filterReason(callerOf({ userAgent }));

describe('a reader is never kept out', () => {
  test.each(READERS)('with $browser on $system ($device): $userAgent', ({ userAgent }) => {
    expect(ofPage(userAgent)).toBeNull();
    // From http pages, which send no hints, and for the image of a page, which sends no origin.
    expect(ofPage(userAgent, { fetchSite: null })).toBeNull();
    expect(filterReason(callerOf({ userAgent, hints: { fetchSite: 'cross-site' } }))).toBeNull();
    expect(ofScript(userAgent)).toBeNull();
  });

  test.each<[string, string, Partial<BrowserHints>]>([
    ['Chrome', CHROME, { brands: BRANDS, mobile: '?0', platform: '"Windows"' }],
    ['Chrome on a phone', CHROME, { brands: BRANDS, mobile: '?1', platform: '"Android"' }],
    [
      'Edge',
      `${CHROME} Edg/131.0.0.0`,
      {
        brands: '"Microsoft Edge";v="131", "Chromium";v="131", "Not_A Brand";v="24"',
        mobile: '?0',
        platform: '"Windows"',
      },
    ],
    ['Brave', CHROME, { brands: '"Brave";v="131", "Chromium";v="131", "Not_A Brand";v="24"', mobile: '?0' }],
    [
      'Opera',
      `${CHROME} OPR/115.0.0.0`,
      { brands: '"Chromium";v="130", "Opera";v="115", "Not?A_Brand";v="99"' },
    ],
    ['Vivaldi, which passes for Chrome', CHROME, { brands: '"Chromium";v="130", "Not?A_Brand";v="99"' }],
    [
      'an Android app',
      CHROME,
      { brands: '"Android WebView";v="131", "Chromium";v="131", "Not_A Brand";v="24"' },
    ],
    ['an Electron app', `${CHROME} Electron/33.2.0`, { brands: '"Not?A_Brand";v="99", "Chromium";v="130"' }],
    ['Chrome with brands that say nothing', CHROME, { brands: '', mobile: '?0', platform: '""' }],
    [
      'Chrome on Linux that passes for one on Windows',
      CHROME,
      { brands: BRANDS, mobile: '?0', platform: '"Linux"' },
    ],
    [
      'Chrome on a phone that asks for the pages of desktops',
      CHROME,
      { brands: BRANDS, platform: '"Android"' },
    ],
    ['Chrome whose extension lets it pass for Firefox', FIREFOX, {}],
    ['Firefox', FIREFOX, {}],
    ['Safari', SAFARI, {}],
    ['Safari on a phone', IPHONE, {}],
    ['a tablet with Windows', CHROME, { brands: BRANDS, mobile: '?0', platform: '"Windows"' }],
    ['a purpose that nobody knows', CHROME, { purpose: 'reading' }],
  ])('%s', (_, userAgent, hints) => {
    expect(ofPage(userAgent, hints)).toBeNull();
  });
});

describe('a program that says what it is is a crawler, whether it plays a page or not', () => {
  test.each([
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36',
    'Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)',
    'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)',
    'DuckDuckBot/1.1; (+http://duckduckgo.com/duckduckbot.html)',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.1.1 Safari/605.1.15 (Applebot/0.1; +http://www.apple.com/go/applebot)',
    'Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; PerplexityBot/1.0; +https://perplexity.ai/perplexitybot)',
    'Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)',
    'CCBot/2.0 (https://commoncrawl.org/faq/)',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_10_1) AppleWebKit/600.2.5 (KHTML, like Gecko) Version/8.0.2 Safari/600.2.5 (Amazonbot/0.1; +https://developer.amazon.com/support/amazonbot)',
    'Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)',
    'Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)',
    'Mozilla/5.0 (compatible; MJ12bot/v1.4.8; http://mj12bot.com/)',
    'Mozilla/5.0 (compatible; DotBot/1.2; +https://opensiteexplorer.org/dotbot; help@moz.com)',
    'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
    'Twitterbot/1.0',
    'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
    'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
    'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
    'TelegramBot (like TwitterBot)',
    'WhatsApp/2.23.20.0',
    'Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)',
    'Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)',
    'Mozilla/5.0 (compatible; archive.org_bot +http://archive.org/details/archive.org_bot)',
    'Mozilla/5.0 (Linux; Android 11; moto g power (2022)) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36 Chrome-Lighthouse',
    'Scrapy/2.12.0 (+https://scrapy.org)',
    'curl/7.88.1 (compatible; SomeBot/1.0)',
    `Googlebot/2.1 ${'x'.repeat(8192)}`,
  ])('%s', (userAgent) => {
    expect(ofPage(userAgent)).toBe('crawler');
    expect(ofScript(userAgent)).toBe('crawler');
  });
});

describe('what a server sends on purpose is counted, and the same from a page is not, for no page can send it', () => {
  test.each([
    'node',
    'axios/1.7.9',
    'curl/8.5.0',
    'python-requests/2.32.3',
    'Go-http-client/2.0',
    'okhttp/4.12.0',
    'Deno/2.1.4',
  ])('%s', (userAgent) => {
    expect(ofScript(userAgent)).toBeNull();
    expect(filterReason(callerOf({ userAgent, origin: 'https://blog.example' }))).toBeNull();
    expect(filterReason(callerOf({ userAgent, hints: { fetchSite: 'same-origin' } }))).toBe('crawler');
  });

  test('nor can a page send without a user agent', () => {
    expect(ofScript(null)).toBeNull();
    expect(ofScript('')).toBeNull();
    expect(ofPage(null)).toBe('contradiction');
    expect(ofPage('')).toBe('contradiction');
  });

  test('a server can pass on the user agent of its reader', () => {
    expect(ofScript(FIREFOX)).toBeNull();
  });
});

describe('a browser without a window is headless', () => {
  test.each([
    CHROME.replace('Chrome', 'HeadlessChrome'),
    CHROME.replace('Chrome', 'HeadlessEdg'),
    'Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 (KHTML, like Gecko) PhantomJS/2.1.1 Safari/538.1',
    'Mozilla/5.0 (linux) AppleWebKit/537.36 (KHTML, like Gecko) jsdom/22.1.0',
  ])('%s', (userAgent) => {
    expect(ofPage(userAgent)).toBe('headless');
    expect(ofScript(userAgent)).toBe('headless');
  });

  test('also where only its brands say so', () => {
    const brands = '"HeadlessChrome";v="131", "Chromium";v="131", "Not_A Brand";v="24"';
    expect(ofPage(CHROME, { brands })).toBe('headless');
    expect(ofPage(FIREFOX, { brands })).toBe('headless');
  });

  test('a wallet of that name is none', () => {
    expect(ofPage(`${IPHONE.replace(' Version/18.1', '')} Phantom/ios/24.3.0.16061`)).toBeNull();
  });
});

describe('a page that is only got ready is no visit', () => {
  test.each([
    ['prefetch', 'prefetch'],
    ['prefetch;anonymous-client-ip', 'prefetch'],
    ['Prefetch', 'prefetch'],
    ['prefetch;prerender', 'prerender'],
    ['prefetch; prerender', 'prerender'],
    ['prerender', 'prerender'],
    ['preview', 'prerender'],
    ['prefetch;prerender;preview', 'prerender'],
  ])('%s', (purpose, reason) => {
    expect(ofPage(CHROME, { purpose })).toBe(reason);
  });
});

describe('headers that no real browser sends together', () => {
  test.each<[string, string, Partial<BrowserHints>]>([
    ['Firefox with the hints of Chromium', FIREFOX, { brands: BRANDS }],
    ['Safari with the hints of Chromium', SAFARI, { brands: BRANDS }],
    ['Safari on a phone with the hints of Chromium', IPHONE, { brands: BRANDS }],
    ['a phone with Windows', CHROME, { brands: BRANDS, mobile: '?1', platform: '"Windows"' }],
    ['a phone with macOS', CHROME, { brands: BRANDS, mobile: '?1', platform: '"macOS"' }],
    ['Chrome without Chromium', CHROME, { brands: '"Google Chrome";v="131", "Not_A Brand";v="24"' }],
  ])('%s', (_, userAgent, hints) => {
    expect(ofPage(userAgent, hints)).toBe('contradiction');
  });
});
