import { describe, expect, test } from 'vitest';
import { READERS } from '../bots/user-agents.testing.ts';
import { parseUserAgent } from './user-agent.ts';

describe('a browser is known by its name, its system and its device', () => {
  test.each(READERS)('$browser on $system ($device): $userAgent', ({ userAgent, ...expected }) => {
    expect(parseUserAgent(userAgent)).toEqual(expected);
    expect(parseUserAgent(userAgent)).toEqual(expected);
  });
});

test('an iPad that says it is one has its own system; one that asks for the pages of desktops passes for a Mac', () => {
  const [told] = READERS.filter(({ system }) => system === 'iPadOS');
  expect(parseUserAgent(told?.userAgent ?? null).device).toBe('tablet');
  const untold =
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15';
  expect(parseUserAgent(untold)).toEqual({ browser: 'Safari', system: 'macOS', device: 'desktop' });
});

describe('nothing is known where the user agent does not say', () => {
  test.each([
    ['no user agent', null],
    ['an empty one', ''],
    ['a word', 'x'],
    ['a program', 'curl/8.5.0'],
    ['a program with a name of its own', 'my-shop/1.0 (by me)'],
    ['control characters', '\u0000\u001b[31m'],
    ['half a surrogate pair', '\ud800'],
    ['SQL', "'; DROP TABLE oxi_visits; --"],
    ['a browser that is too long', `${READERS[0]?.userAgent} ${'x'.repeat(1024)}`],
    ['8 KB', 'Mozilla/5.0 ('.repeat(631)],
  ])('%s', (_, userAgent) => {
    expect(parseUserAgent(userAgent)).toEqual({ browser: null, system: null, device: null });
  });
});

test('a crawler is no browser', () => {
  const { browser, device } = parseUserAgent(
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  );
  expect([browser, device]).toEqual([null, null]);
});
