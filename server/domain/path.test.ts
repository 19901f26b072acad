import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DomainError } from './errors.ts';
import { MAX_PATH_LENGTH, normalisePath } from './path.ts';

const page = (path: string, patterns?: string[]) => normalisePath(path, patterns).page;

describe('a path names one page however it is written', () => {
  test.each([
    ['/', '/'],
    ['', '/'],
    ['/about', '/about'],
    ['/about/', '/about'],
    ['/about///', '/about'],
    ['/a//b', '/a//b'],
    ['/caf%c3%a9', '/caf%C3%A9'],
    ['/café', '/caf%C3%A9'],
    ['/%7Euser', '/~user'],
    ['/a%2Fb', '/a%2Fb'],
    ['/a b', '/a%20b'],
    ['/C++', '/C++'],
    ['/...', '/...'],
    ['/a:b@c', '/a:b@c'],
    ['/%F0%9F%A6%8A', '/%F0%9F%A6%8A'],
  ])('%s is the page %s', (given, expected) => {
    expect(page(given)).toBe(expected);
  });

  test('the site is asked for the path as it was given, since not every site answers without the slash', () => {
    expect(normalisePath('/about/')).toEqual({ page: '/about', request: '/about/' });
  });
});

describe('a path that could lead anywhere else is refused', () => {
  test.each([
    ['@127.0.0.1:9/x', 'must begin with a slash'],
    ['//host', 'names a host'],
    ['///', 'names a host'],
    ['\\host', 'must begin with a slash'],
    ['/\\host', 'backslash'],
    ['/%5chost', 'backslash'],
    ['https://host/x', 'must begin with a slash'],
    ['/../x', '..'],
    ['/a/..', '..'],
    ['/./x', '. or ..'],
    ['/%2e%2e/x', '..'],
    ['/%2E./x', '..'],
    ['/a%2f..%2fb', '..'],
    ['/a?x=1', 'query'],
    ['/a#x', 'fragment'],
    ['/a\u0000', 'control'],
    ['/a%00', 'control'],
    ['/a%0d%0aHost:%20x', 'control'],
    ['/a\u0085', 'control'],
    ['/%zz', 'percent sign'],
    ['/%', 'percent sign'],
    ['/%ff', 'percent sign'],
    ['/%ed%a0%80', 'percent sign'],
    ['/\ud800', 'surrogate'],
    [`/${'a'.repeat(8192)}`, '8193 characters'],
    [`/${'é'.repeat(400)}`, 'when encoded'],
  ])('%j: %s', (given, problem) => {
    expect(() => normalisePath(given)).toThrow(DomainError);
    expect(() => normalisePath(given)).toThrow(problem);
  });

  test('its message never carries a raw control character', () => {
    expect(() => normalisePath('/a\u001b[31m')).toThrow(/\\u001b/);
  });
});

describe('patterns fold paths with ids into one page', () => {
  const patterns = ['/user/:id', '/docs/*', '/a/:b/c'];
  test.each([
    ['/user/7', '/user/:id'],
    ['/user/7/', '/user/:id'],
    ['/user', '/user'],
    ['/user/7/posts', '/user/7/posts'],
    ['/docs/a/b', '/docs/*'],
    ['/docs', '/docs'],
    ['/a/1/c', '/a/:b/c'],
  ])('%s is %s', (given, expected) => {
    expect(page(given, patterns)).toBe(expected);
  });
});

test('whatever is given, what comes out is a bounded path of the same host, and stays as it is', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }),
        fc.webPath({ size: 'small' }),
        fc.string(),
      ),
      (given) => {
        let normal: ReturnType<typeof normalisePath>;
        try {
          normal = normalisePath(given);
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError);
          return;
        }
        expect(normal.page.length).toBeLessThanOrEqual(MAX_PATH_LENGTH);
        const url = new URL(normal.request, 'http://site.example');
        expect(url.origin).toBe('http://site.example');
        expect(url.pathname).toBe(normal.request);
        expect(page(normal.page)).toBe(normal.page);
      },
    ),
    { numRuns: 200 },
  );
});
