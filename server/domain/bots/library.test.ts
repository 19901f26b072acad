import { describe, expect, test } from 'vitest';
import { isLibrary } from './library.ts';
import { READERS } from './user-agents.testing.ts';

describe('what a server or a script sends says nothing of a reader', () => {
  test.each([
    null,
    '',
    'node',
    'undici',
    'node-fetch/1.0 (+https://github.com/bitinn/node-fetch)',
    'node-fetch',
    'axios/1.7.9',
    'got (https://github.com/sindresorhus/got)',
    'Deno/2.1.4',
    'Bun/1.1.38',
    'curl/8.5.0',
    'Wget/1.21.4',
    'python-requests/2.32.3',
    'Python-urllib/3.12',
    'Python/3.12 aiohttp/3.11.9',
    'python-httpx/0.28.0',
    'Go-http-client/2.0',
    'Java/21.0.5',
    'Java-http-client/21.0.5',
    'Apache-HttpClient/5.4.1 (Java/21.0.5)',
    'okhttp/4.12.0',
    'Dart/3.6 (dart:io)',
    'Ruby',
    'Faraday v2.12.1',
    'GuzzleHttp/7',
    'Symfony HttpClient (Curl)',
    'PHP/8.3.14',
    'libwww-perl/6.77',
    'reqwest/0.12.9',
    'PostmanRuntime/7.43.0',
    'WordPress/6.7.1; https://blog.example',
    'Mozilla/5.0 (Windows NT; Windows NT 10.0; de-DE) WindowsPowerShell/5.1.19041.5129',
    'Mozilla/5.0 (Linux; Ubuntu 24.04; en-US) PowerShell/7.4.6',
  ])('%s', (userAgent) => {
    expect(isLibrary(userAgent)).toBe(true);
  });
});

describe('a browser, and a program that says what it is, is no library', () => {
  test.each([
    ...READERS.map(({ userAgent }) => userAgent),
    'Googlebot/2.1 (+http://www.google.com/bot.html)',
    'curl/7.88.1 (compatible; SomeBot/1.0)',
    'python-requests/2.32.3 (+https://crawler.example/about)',
    'my-shop/1.0',
    'curlew/1.0',
    'nodeless',
  ])('%s', (userAgent) => {
    expect(isLibrary(userAgent)).toBe(false);
  });
});
