import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseReferrer } from './referrers.ts';

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
    ['the site itself', 'https://blog.example/another-page'],
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

test('whatever is given, what is kept is a host in lower case or nothing', () => {
  // Halves of surrogate pairs too.
  const rest = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) });
  const links = fc.oneof(
    rest,
    rest.map((text) => `https://${text}`),
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
