import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { NO_TRAITS } from '../domain/dimensions/dimension.ts';
import { openAccessLog } from './access-log.ts';
import { example, fileWith, leftOutOf, recordsOf, visitsOf } from './files.testing.ts';
import { isPagePath } from './page-path.ts';

const LOG = readFileSync(example('access.log'), 'utf8');
const country = (address: string) => (address.startsWith('203.') ? 'DE' : null);
const read = async (files: readonly string[], also: readonly string[] = []) =>
  recordsOf(await openAccessLog(files, { ownOrigins: ['https://blog.example'], country, also }));

const FIREFOX = { browser: 'Firefox', system: 'Linux', device: 'desktop' };
const CHROME = { browser: 'Chrome', system: 'Windows', device: 'desktop' };
const SAFARI = { browser: 'Safari', system: 'iOS', device: 'mobile' };

describe('what readers asked a server for goes on as pixel views', () => {
  test('with what the combined format says of them', async () => {
    const views = visitsOf(await read([example('access.log')]));
    expect(
      views.map(({ path, registeredAt, traits }) => ({
        at: `${new Date(registeredAt).toISOString()} ${path}`,
        ...traits,
      })),
    ).toEqual([
      {
        ...NO_TRAITS,
        ...FIREFOX,
        at: '2024-03-01T09:00:00.000Z /hello',
        country: 'DE',
        referrer: 'news.example',
      },
      { ...NO_TRAITS, ...SAFARI, at: '2024-03-01T09:00:00.000Z /hello' },
      { ...NO_TRAITS, ...SAFARI, at: '2024-03-01T09:00:05.000Z /', campaign: 'newsletter' },
      { ...NO_TRAITS, ...CHROME, at: '2024-03-01T23:30:00.000Z /caf%C3%A9/', referrer: 'search.example' },
      { ...NO_TRAITS, ...CHROME, at: '2024-03-02T09:00:00.000Z /release/v1.2', country: 'DE' },
    ]);
    expect(views.every(({ kind, visitor }) => kind === 'pixel' && visitor === null)).toBe(true);
  });

  test('programs, files, other hosts and broken lines are left out, and what follows them is not', async () => {
    const name = example('access.log');
    const records = leftOutOf(await read([name])).map((one) => one.replace(name, 'log'));
    expect(records).toEqual([
      'log line 2: the path is one of a file, not of a page',
      'log line 5: its user agent is that of a program (crawler)',
      'log line 6: its user agent is that of a program (crawler)',
      'log line 7: its user agent is that of a program (crawler)',
      'log line 8: the request is no GET',
      'log line 9: the status of the answer is none from 200 to 299, and not 304',
      'log line 10: the path is one of a file, not of a page',
      'log line 11: the request is no GET',
      'log line 12: the line is none of the combined log format',
      'log line 15: the host is not one of the site',
      'log line 16: the line has no user agent, which tells readers from programs',
    ]);
  });

  test('files too, where they are pages here', async () => {
    const views = visitsOf(await read([example('access.log')], ['pdf']));
    expect(views.map(({ path }) => path)).toContain('/paper.pdf');
  });
});

describe('each hit has a name of its own, and the same one each time', () => {
  const identities = async (files: readonly string[]) =>
    visitsOf(await read(files)).map(({ identity, registeredAt }) => `${registeredAt} ${identity}`);

  test('the same line twice in one second is two hits', async () => {
    const [line = ''] = LOG.split('\n');
    expect(new Set(await identities([fileWith(`${line}\n${line}\n`)])).size).toBe(2);
  });

  test('in rotated files that overlap, packed or not, a hit is one', async () => {
    const lines = LOG.split('\n');
    const earlier = fileWith(gzipSync(lines.slice(0, 14).join('\n')));
    const later = fileWith(lines.slice(3).join('\n'));
    const both = await identities([earlier, later]);
    expect(both.length).toBeGreaterThan(5);
    expect(new Set(both)).toEqual(new Set(await identities([example('access.log')])));
  });

  test('and nothing of an address or a user agent is in it', async () => {
    const others = LOG.replaceAll('203.0.113.7', '203.0.113.8').replaceAll('Firefox/123.0', 'Firefox/124.0');
    expect(await identities([fileWith(others)])).toEqual(await identities([example('access.log')]));
  });
});

describe('what is no such log is refused, and none of its lines is shown', () => {
  test.each([
    ['lines of JSON', '{"remote_ip":"203.0.113.7"}\n'.repeat(3), /Its lines are JSON; a line of one is/],
    ['other lines', 'Mar 1 10:00:00 host sshd: hello\n'.repeat(500), /None of its first 100 lines is one/],
  ])('%s', async (_, content, message) => {
    await expect(read([fileWith(content)])).rejects.toThrow(message);
    await expect(read([fileWith(content)])).rejects.not.toThrow(/sshd|remote_ip/);
  });

  test('one that is empty has nothing', async () => {
    expect(await read([fileWith('')])).toEqual([]);
  });

  test('one of several that is not there is said before any is read', async () => {
    await expect(read([example('access.log'), '/nowhere/access.log'])).rejects.toThrow(
      'There is no file /nowhere/access.log.',
    );
  });
});

describe('pages are told from files by their paths', () => {
  test.each([
    '/',
    '/hello',
    '/hello/',
    '/index.html',
    '/a.php',
    '/release/v1.2',
    '/a.b/c',
    '/feedback',
    '/c++',
  ])('%s is one of a page', (path) => expect(isPagePath(path, new Set())).toBe(true));
  test.each([
    ...['/style.css', '/a/B.JPG', '/robots.txt', '/feed', '/feed/', '/blog/rss', '/index.xml', '/wp-admin/'],
    ...['/.well-known/security', '/.git/config', '/wp-login.php', '/fonts/a.woff2'],
  ])('%s is not', (path) => expect(isPagePath(path, new Set())).toBe(false));
});

test('a line that never ends takes no memory, and is left out', async () => {
  const endless = Buffer.alloc(5_000_000, 'x');
  const records = await read([fileWith(Buffer.concat([Buffer.from(LOG), endless, Buffer.from(`\n${LOG}`)]))]);
  expect(visitsOf(records)).toHaveLength(10);
  expect(leftOutOf(records)).toContainEqual(
    expect.stringMatching(/line 17: the line is none of the combined/),
  );
});
