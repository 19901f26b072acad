import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { NO_TRAITS } from '../domain/dimensions/dimension.ts';
import { example, fileWith, leftOutOf, recordsOf, visitsOf } from './files.testing.ts';
import { openUmami } from './umami.ts';
import { zipOf } from './zip.testing.ts';

const TABLE = readFileSync(example('website_event.csv'), 'utf8');
const WEBSITE = '5a3c9f0e-1111-4222-8333-444455556666';
const read = async (file: string, website?: string) =>
  recordsOf(await openUmami(file, { ownOrigins: ['https://blog.example'], website }));

describe("Umami's page views go on as visits", () => {
  test('with what its export says of them', async () => {
    const visits = visitsOf(await read(example('website_event.csv')));
    expect(visits.map(({ path, registeredAt }) => `${new Date(registeredAt).toISOString()} ${path}`)).toEqual(
      [
        '2024-03-01T10:00:00.000Z /',
        '2024-03-01T10:01:00.000Z /hello',
        '2024-03-01T11:00:00.250Z /hello',
        '2024-03-01T23:30:00.000Z /hello',
        '2024-03-02T09:00:00.000Z /last',
      ],
    );
    const reader = { ...NO_TRAITS, browser: 'Firefox', system: 'Linux', device: 'desktop' };
    expect(visits.map(({ traits }) => traits)).toEqual([
      { ...reader, country: 'DE', language: 'de' },
      { ...reader, country: 'DE', language: 'de' },
      {
        browser: 'Edge',
        system: 'Windows',
        device: 'desktop',
        country: 'US',
        language: 'en',
        referrer: 'news.example',
        campaign: 'newsletter / email',
      },
      {
        browser: 'Safari',
        system: 'iOS',
        device: 'mobile',
        country: 'CH',
        language: 'fr',
        referrer: 'x.com',
        campaign: null,
      },
      { ...NO_TRAITS, browser: 'Chrome', system: 'macOS', device: 'desktop', country: 'GB', language: 'en' },
    ]);
    expect(visits.map(({ identity }) => identity.at(-1))).toEqual(['1', '2', '3', '4', '7']);
    expect(visits.map(({ visitor }) => visitor?.at(-1))).toEqual(['1', '1', '2', '3', '4']);
  });

  test('alone, packed with gzip or in an archive', async () => {
    const alone = await read(example('website_event.csv'));
    expect(await read(fileWith(gzipSync(TABLE)))).toEqual(alone);
    const archive = zipOf({ 'event_data.csv': 'a\n', 'export/website_event.csv': TABLE });
    expect(await read(fileWith(archive))).toEqual(alone);
  });

  test('without the columns of sessions and ids, as a dump of the table may be', async () => {
    const dump = [
      'website_id,session_id,created_at,url_path,event_type',
      `${WEBSITE},s1,2024-03-01 10:00:00.000+00,/hello,1`,
      `${WEBSITE},s1,2024-03-01 10:00:00.000+00,/hello,1`,
    ].join('\r\n');
    const visits = visitsOf(await read(fileWith(dump)));
    expect(visits.map(({ path, traits, visitor }) => ({ path, ...traits, visitor }))).toEqual(
      Array(2).fill({ ...NO_TRAITS, path: '/hello', visitor: 's1' }),
    );
    expect(new Set(visits.map(({ identity }) => identity)).size).toBe(2);
  });
});

test('events and broken lines are left out, and what follows them is not', async () => {
  expect(leftOutOf(await read(example('website_event.csv')))).toEqual([
    'line 6: it is an event, not a view of a page',
    'line 7: the line has not as many fields as the header',
    'line 8: created_at is no time such as 2024-03-01 10:00:00',
  ]);
});

describe('of several websites one has to be chosen', () => {
  const several = () =>
    fileWith(`${TABLE}${TABLE.split('\n').slice(1).join('\n').replaceAll(WEBSITE, 'another')}`);

  test('before anything is read of them', async () => {
    await expect(read(several())).rejects.toThrow(
      new RegExp(`has several websites: ${WEBSITE}, another\\. --website must say`),
    );
  });

  test('and the others are left out', async () => {
    const records = await read(several(), 'another');
    expect(visitsOf(records)).toHaveLength(5);
    expect(leftOutOf(records)).toContain('line 2: it is of another website; --website says which to import');
  });
});

describe('what is no such table is refused with what was found', () => {
  test.each([
    [
      'another table',
      'session_id,browser\n',
      /begins with "session_id,browser", without website_id, created_at/,
    ],
    [
      'an archive without it',
      zipOf({ 'session_data.csv': '' }),
      /has no website_event\.csv.* it has session_data\.csv/,
    ],
    ['an archive that is damaged', zipOf({ 'a.csv': '' }).subarray(0, 40), /cannot be read as a zip archive/],
  ])('%s', async (_, content, message) => {
    await expect(read(fileWith(content))).rejects.toThrow(message);
    await expect(read(fileWith(content))).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  test('a file in an archive that is larger than it says', async () => {
    const archive = zipOf({ 'website_event.csv': `${TABLE}${'x,'.repeat(100_000)}` });
    // In the directory at the end, where archives say how large their files are.
    const directory = archive.lastIndexOf(Buffer.from('PK\u0001\u0002'));
    archive.writeUInt32LE(100, directory + 24);
    await expect(read(fileWith(archive))).rejects.toThrow(/website_event\.csv in .* is damaged/);
  });
});
