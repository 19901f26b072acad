import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { NO_TRAITS } from '../domain/dimensions/dimension.ts';
import { example, fileWith, leftOutOf, recordsOf, visitsOf } from './files.testing.ts';
import { openGoatcounter } from './goatcounter.ts';
import { zipOf } from './zip.testing.ts';

const OWN = ['https://blog.example'];
const read = async (file: string) => recordsOf(await openGoatcounter(file, OWN));

describe("GoatCounter's page views go on as visits", () => {
  test('with what version 2 of its export says of them', async () => {
    const visits = visitsOf(await read(example('goatcounter-2.csv')));
    expect(visits.map(({ path, registeredAt }) => `${new Date(registeredAt).toISOString()} ${path}`)).toEqual(
      [
        '2024-03-01T10:00:00.000Z /',
        '2024-03-01T10:01:00.000Z /hello',
        '2024-03-01T11:00:00.000Z /hello',
        '2024-03-01T23:30:00.000Z /hello',
        '2024-03-02T08:00:00.000Z /hello',
        '2024-03-02T09:00:00.000Z /hello',
        '2024-03-02T09:00:00.000Z /hello',
        '2024-03-02T12:00:00.000Z /last',
      ],
    );
    expect(visits.every(({ kind, spentSeconds }) => kind === 'visit' && spentSeconds === null)).toBe(true);
    expect(visits.map(({ traits }) => traits)).toEqual([
      { ...NO_TRAITS, browser: 'Firefox', system: 'Linux', country: 'DE' },
      { ...NO_TRAITS, browser: 'Firefox', system: 'Linux', country: 'DE' },
      { ...NO_TRAITS, browser: 'Chrome', system: 'Windows', country: 'US', referrer: 'news.example' },
      { ...NO_TRAITS, browser: 'Safari', system: 'iOS', country: 'GB', referrer: 'news.ycombinator.com' },
      { ...NO_TRAITS, browser: 'Edge', system: 'Windows', campaign: 'spring sale' },
      { ...NO_TRAITS, browser: 'Firefox', system: 'Linux', country: 'FR', referrer: 'mail.google.com' },
      { ...NO_TRAITS, browser: 'Firefox', system: 'Linux', country: 'FR', referrer: 'mail.google.com' },
      { ...NO_TRAITS, browser: 'Opera', system: 'macOS', country: 'SE' },
    ]);
    expect(visits.map(({ visitor }) => visitor?.at(-1) ?? null)).toEqual([
      ...['1', '1', '2', '3', '4', '6', '6'],
      null,
    ]);
  });

  test('with the user agent that version 1 has for the browser', async () => {
    const visits = visitsOf(await read(example('goatcounter-1.csv')));
    expect(visits.map(({ traits, visitor }) => ({ ...traits, visitor }))).toEqual([
      { ...NO_TRAITS, browser: 'Firefox', system: 'Linux', device: 'desktop', country: 'NL', visitor: null },
      {
        ...NO_TRAITS,
        browser: 'Safari',
        system: 'iOS',
        device: 'mobile',
        country: 'CA',
        referrer: 'google.com',
        visitor: '8a5dc4d2-31d1-44a5-a9ed-7d4c6d0f0001',
      },
    ]);
  });

  test('packed with gzip, as it comes', async () => {
    const packed = fileWith(gzipSync(readFileSync(example('goatcounter-2.csv'))));
    expect(await read(packed)).toEqual(await read(example('goatcounter-2.csv')));
  });
});

test('events, programs and broken lines are left out, and what follows them is not', async () => {
  expect(leftOutOf(await read(example('goatcounter-2.csv')))).toEqual([
    'line 8: it is an event, not a view of a page',
    'line 9: GoatCounter took it for a program',
    'line 12: the line has not as many fields as the header',
    'line 13: the line is no CSV: its quotes do not match',
    'line 14: the date is none as RFC 3339 has them',
  ]);
});

test('a longer export of the same site names the same page views alike, even two of one second', async () => {
  const text = readFileSync(example('goatcounter-2.csv'), 'utf8');
  const [header = '', ...lines] = text.split('\n');
  const earlier = `/old,Old,false,,Firefox 123,Linux,s1,0,,,"1,1,1",DE,true,2024-02-29T10:00:00Z`;
  const longer = await read(fileWith([header, earlier, ...lines].join('\n')));
  const identities = (await read(example('goatcounter-2.csv'))).flatMap((one) =>
    one.type === 'visit' ? one.identity : [],
  );
  expect(new Set(identities).size).toBe(8);
  expect(visitsOf(longer).map(({ identity }) => identity)).toEqual([expect.any(String), ...identities]);
});

describe('what is no such export is refused with what was found', () => {
  test.each([
    [
      'another header',
      'date,visitors\n',
      /begins with "date,visitors".* 1Path,Title,Event or 2Path,Title,Event/,
    ],
    ['a version that is not known', '3Path,Title,Event\n', /begins with "3Path,Title,Event"/],
    ['nothing', '', /begins with ""/],
    ['binary', Buffer.from([0, 1, 2, 255]), /is no CSV export/],
    ['the JSON export', zipOf({ 'info.json': '{}' }), /zip archive.* export as CSV/],
    [
      'an archive that ends too early',
      gzipSync(readFileSync(example('goatcounter-2.csv'))).subarray(0, 200),
      /is damaged: it is packed with gzip/,
    ],
  ])('%s', async (_, content, message) => {
    await expect(read(fileWith(content))).rejects.toThrow(message);
    await expect(read(fileWith(content))).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  test('no file', async () => {
    await expect(read('/nowhere/export.csv')).rejects.toThrow('There is no file /nowhere/export.csv.');
    await expect(read('/')).rejects.toThrow('/ is a directory; it must be a file.');
  });
});

test('how far it is can be told, in bytes as they lie on the disk', async () => {
  const source = await openGoatcounter(example('goatcounter-2.csv'), OWN);
  expect(source.read()).toBe(0);
  await recordsOf(source);
  expect(source.read()).toBe(source.size);
});
