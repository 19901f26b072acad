import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseReferrer } from './referrer.ts';
import { COUNTRY_PLATFORMS } from './referrer-hosts.ts';
import { SPAM_HOSTS } from './referrer-spam.ts';

const OWN = ['https://blog.example', 'https://www.notes.example', 'http://127.0.0.1:4000'];
const host = (given: string | null | undefined) => normaliseReferrer(given, OWN);

describe('a link from another site is kept as its host', () => {
  test.each([
    ['https://news.example', 'news.example'],
    ['https://news.example/path?q=secret#part', 'news.example'],
    ['http://news.example/', 'news.example'],
    ['https://www.news.example', 'news.example'],
    ['https://WWW.News.Example', 'news.example'],
    ['https://news.example:8443/', 'news.example'],
    ['https://reader:password@news.example/', 'news.example'],
    ['https://news.example./', 'news.example'],
    ['https://müller.example/', 'xn--mller-kva.example'],
    ['https://sub.blog.example/', 'sub.blog.example'],
    ['https://blog.example.evil.example/', 'blog.example.evil.example'],
  ])('%s is %s', (given, expected) => {
    expect(host(given)).toBe(expected);
  });
});

describe('what is no link from another public site is kept as nothing', () => {
  test.each([
    ['nothing', null],
    ['nothing given', undefined],
    ['an empty text', ''],
    ['a word', 'news'],
    ['a host without a scheme', 'news.example'],
    ['a relative link', '/a'],
    ['another scheme', 'android-app://com.example.news/'],
    ['a script', 'javascript:alert(1)'],
    ['a file', 'file:///etc/passwd'],
    ['data', 'data:text/html,x'],
    ['an opaque origin', 'null'],
    ['a host without a dot', 'http://localhost/'],
    ['a top-level domain', 'https://example./'],
    ['an address', 'https://192.0.2.7/'],
    ['an address with a port', 'https://192.0.2.7:8443/'],
    ['an address as one number', 'https://3221225991/'],
    ['an address in hexadecimal', 'https://0xc0000207/'],
    ['an address in octal', 'https://0300.0.2.7/'],
    ['a short address', 'https://127.1/'],
    ['an IPv6 address', 'https://[2001:db8::1]/'],
    ['an IPv4 address within an IPv6 one', 'https://[::ffff:192.0.2.7]/'],
    ['a host that begins with a dot', 'https://.example/'],
    ['a host with two dots in a row', 'https://news..example/'],
    ['a host that is too long', `https://${'a.'.repeat(150)}example/`],
    ['8 KB', `https://news.example/${'x'.repeat(8192)}`],
    ['a control character in the host', 'https://new\u0007s.example/'],
    ['a space in the host', 'https://new s.example/'],
    ['half a surrogate pair in the host', 'https://\ud800.example/'],
    ['an app that is not known', 'android-app://com.example.reader/'],
    ['an app without a name', 'android-app:'],
    ['an app of Apple', 'ios-app://544007664/'],
    ['a host that ends in a number', 'https://news.1/'],
    ['SQL', "'; DROP TABLE oxi_visits; --"],
    ['SQL for a host', "https://'; DROP TABLE oxi_visits; --/"],
    ['the site itself', 'https://blog.example/another-page'],
    ['the host of the site for phones', 'https://m.blog.example/'],
    ['the site over http', 'http://blog.example/'],
    ['the site by its second base URL', 'https://www.notes.example/'],
    ['the site at its port', 'http://127.0.0.1:4000/'],
    ['the site with www.', 'https://www.blog.example/'],
    ['the site without its www.', 'https://notes.example/'],
    ['the site with a dot at its end', 'https://blog.example./'],
  ])('%s', (_, given) => {
    expect(host(given)).toBeNull();
  });
});

describe('many hosts of one place are one', () => {
  test.each([
    // Hosts for phones
    ['https://m.news.example/', 'news.example'],
    ['https://mobile.news.example/', 'news.example'],
    ['https://amp.news.example/', 'news.example'],
    ['https://www.m.news.example/', 'news.example'],
    ['https://m.bbc.co.uk/', 'bbc.co.uk'],
    ['https://m.blog.naver.com/', 'blog.naver.com'],
    // Search engines
    ['https://google.com/', 'google.com'],
    ['https://www.google.com/search?q=secret', 'google.com'],
    ['https://www.google.co.uk/', 'google.com'],
    ['https://google.com.br/', 'google.com'],
    ['https://m.google.de/', 'google.com'],
    ['https://images.google.fr/', 'google.com'],
    ['https://news.google.com/', 'google.com'],
    ['https://cn.bing.com/', 'bing.com'],
    ['https://lite.duckduckgo.com/', 'duckduckgo.com'],
    ['https://duck.com/', 'duckduckgo.com'],
    ['https://yandex.ru/', 'yandex.com'],
    ['https://m.yandex.com.tr/', 'yandex.com'],
    ['https://ya.ru/', 'yandex.com'],
    ['https://search.yahoo.com/', 'yahoo.com'],
    ['https://r.search.yahoo.com/', 'yahoo.com'],
    ['https://de.search.yahoo.com/', 'yahoo.com'],
    ['https://uk.yahoo.com/', 'yahoo.com'],
    ['https://www.baidu.com/', 'baidu.com'],
    ['https://m.baidu.com/', 'baidu.com'],
    ['https://www.ecosia.org/', 'ecosia.org'],
    ['https://lite.qwant.com/', 'qwant.com'],
    ['https://eu.startpage.com/', 'startpage.com'],
    ['https://search.brave.com/', 'search.brave.com'],
    ['https://m.search.naver.com/', 'naver.com'],
    ['https://chat.openai.com/', 'chatgpt.com'],
    ['https://www.perplexity.ai/', 'perplexity.ai'],
    // Networks, and their shorteners
    ['https://l.facebook.com/l.php?u=x', 'facebook.com'],
    ['http://lm.facebook.com/', 'facebook.com'],
    ['https://m.facebook.com/', 'facebook.com'],
    ['https://fb.me/x', 'facebook.com'],
    ['https://l.instagram.com/', 'instagram.com'],
    ['https://t.co/abc', 'x.com'],
    ['https://twitter.com/', 'x.com'],
    ['https://mobile.twitter.com/', 'x.com'],
    ['https://lnkd.in/x', 'linkedin.com'],
    ['https://de.linkedin.com/', 'linkedin.com'],
    ['https://out.reddit.com/', 'reddit.com'],
    ['https://old.reddit.com/', 'reddit.com'],
    ['https://v.redd.it/', 'reddit.com'],
    ['https://youtu.be/x', 'youtube.com'],
    ['https://m.youtube.com/', 'youtube.com'],
    ['https://www.pinterest.de/', 'pinterest.com'],
    ['https://uk.pinterest.com/', 'pinterest.com'],
    ['https://www.pinterest.co.uk/', 'pinterest.com'],
    ['https://t.me/channel', 'telegram.org'],
    ['https://l.threads.net/', 'threads.com'],
    ['https://acme.slack.com/', 'slack.com'],
    ['https://m.weibo.cn/', 'weibo.com'],
    ['https://m.me/somebody', 'messenger.com'],
    ['https://eur02.safelinks.protection.outlook.com/', 'outlook.com'],
    // Languages of encyclopaedias
    ['https://de.wikipedia.org/', 'wikipedia.org'],
    ['https://en.m.wikipedia.org/', 'wikipedia.org'],
    ['https://fr.wiktionary.org/', 'wiktionary.org'],
    // Shorteners of anybody
    ['https://bitly.com/x', 'bit.ly'],
    // Apps
    ['android-app://com.google.android.googlequicksearchbox/', 'google.com'],
    ['android-app://com.google.android.googlequicksearchbox/https/www.google.com', 'google.com'],
    ['android-app://com.google.android.gm/', 'mail.google.com'],
    ['android-app://com.Slack', 'slack.com'],
    ['android-app://org.telegram.messenger/', 'telegram.org'],
  ])('%s is %s', (given, expected) => {
    expect(host(given)).toBe(expected);
  });

  test.each([...(COUNTRY_PLATFORMS.get('google')?.suffixes ?? [])])('google.%s is Google', (suffix) => {
    expect(host(`https://www.google.${suffix}/`)).toBe('google.com');
  });
});

describe('what only looks like a part of a known place stays what it is', () => {
  test.each([
    'google.com.evil.example',
    'notgoogle.com',
    'google.evil',
    'google.xyz',
    'google.co.evil',
    'google.com.de',
    'google.co.uk.evil.example',
    'evil-google.com',
    't.co.evil.example',
    'nott.co',
    'notfacebook.com',
    'facebook.com.evil.example',
    'yandex.evil.example',
    'wikipedia.org.evil.example',
    'xn--ggle-0nda.com',
    // Services that are not what the platform is found by
    'mail.google.com',
    'docs.google.com',
    'gemini.google.com',
    'mail.yahoo.com',
    'tieba.baidu.com',
    'news.ycombinator.com',
    'gist.github.com',
    // Names that begin as hosts for phones do
    'm.com',
    'mobile.de',
    'amp.dev',
    'm.github.io',
    'm.wordpress.com',
    'm.blogspot.com',
    'm.blogspot.co.uk',
    'm.co.uk',
    'm.com.au',
    'mobile.eu.org',
    'mm.news.example',
    // Nobody knows what is behind these
    'bit.ly',
    'goo.gl',
    'tinyurl.com',
  ])('%s', (given) => {
    expect(host(`https://${given}/`)).toBe(given);
  });

  test('a service of Google is itself in every country', () => {
    expect(host('https://scholar.google.co.uk/')).toBe('scholar.google.com');
    expect(host('https://translate.google.de/')).toBe('translate.google.com');
  });
});

describe('hosts that send referrers and no readers are kept as nothing', () => {
  test.each([
    'http://semalt.com/project_crawl.php?u=http://blog.example',
    'http://15.semalt.com/',
    'http://www.buttons-for-website.com/',
    'http://forum.topic55198758.darodar.com/',
  ])('%s', (given) => {
    expect(host(given)).toBeNull();
  });

  test('but not hosts that only end in their names', () => {
    expect(host('https://notsemalt.com/')).toBe('notsemalt.com');
    expect(host('https://semalt.com.news.example/')).toBe('semalt.com.news.example');
  });

  test('each of them is a host that a referrer can have', () => {
    for (const spam of SPAM_HOSTS) expect(spam).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
  });
});

test('a host that would grow too long when folded is kept as nothing', () => {
  const label = 'a'.repeat(60);
  const prefix = [label, label, label, label].join('.');
  expect(host(`https://${prefix}.google.ad/`)).toBeNull();
  expect(`${prefix}.google.ad`).toHaveLength(253);
  expect(host(`https://${prefix}.news12.ad/`)).toBe(`${prefix}.news12.ad`);
});

test('a site whose base URLs are no URLs still has referrers', () => {
  expect(normaliseReferrer('https://news.example/', ['', 'nonsense'])).toBe('news.example');
});

test('whatever is given, what is kept is a host in lower case or nothing', () => {
  // Halves of surrogate pairs too.
  const rest = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) });
  const links = fc.oneof(
    rest,
    rest.map((text) => `https://${text}`),
    rest.map((text) => `https://m.${text}.google.co.uk/`),
    fc.tuple(rest, rest).map(([host, path]) => `http://${host}.example/${path}`),
  );
  fc.assert(
    fc.property(links, (given) => {
      const kept = host(given);
      if (kept === null) return;
      expect(kept).toMatch(/^[^\s/:@?#A-Z.]+(\.[^\s/:@?#A-Z.]+)+$/);
      expect(kept.length).toBeLessThanOrEqual(253);
    }),
  );
});
