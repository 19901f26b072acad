import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DomainError } from './errors.ts';
import {
  FIGURE_KINDS,
  type FigureKind,
  type SiteDeclaration,
  VISIBILITIES,
  type Visibility,
} from './site.ts';
import { MAX_LIST, readNewSite, readSite, type SiteInput } from './site-input.ts';
import { blog } from './world.testing.ts';

const origins = (count: number) => Array.from({ length: count }, (_, index) => `https://${index}.example`);

test('what is left out, or null, stays as it is', () => {
  const fields = Object.keys(blog).map((field) => [field, null]);
  expect(readSite({}, blog)).toEqual(blog);
  expect(readSite(Object.fromEntries(fields), blog)).toEqual(blog);
});

test('what is said is brought into the form that it is kept in', () => {
  const input: SiteInput = {
    slug: 'a-1',
    baseUrls: ['HTTPS://Blog.Example:443/', 'https://blog.example', 'http://[::1]:8080'],
    callbackOrigin: 'http://127.0.0.1:80',
    pathPatterns: ['/ä/:id', '/user/:id/'],
    publicPages: ['/', '/blog/*', '/blog/*'],
    publicFigures: ['VOTES', 'VOTES', 'COUNTS'],
    visibility: 'selected',
    respectDnt: true,
    timeZone: '+02:00',
    minDelaySecs: 0,
    retentionDays: 3,
  };
  expect(readSite(input, blog)).toEqual({
    ...blog,
    ...input,
    baseUrls: ['https://blog.example', 'http://[::1]:8080'],
    callbackOrigin: 'http://127.0.0.1',
    pathPatterns: ['/%C3%A4/:id', '/user/:id'],
    publicPages: ['/', '/blog/*'],
    publicFigures: ['VOTES', 'COUNTS'],
  });
});

test('visits are kept for ever where the days are 0', () => {
  expect(readSite({ retentionDays: 0 }, { ...blog, retentionDays: 30 }).retentionDays).toBeNull();
  expect(readSite({}, { ...blog, retentionDays: 30 }).retentionDays).toBe(30);
});

test('a new site is called by its slug, asked at its first base URL, and else as the instance has it', () => {
  expect(
    readNewSite({ slug: 'shop', baseUrls: ['https://shop.example', 'https://buy.example'] }, blog),
  ).toEqual({
    ...blog,
    slug: 'shop',
    name: 'shop',
    baseUrls: ['https://shop.example', 'https://buy.example'],
    callbackOrigin: 'https://shop.example',
    pathPatterns: [],
  });
});

describe('what is wrong is named', () => {
  test.each<[field: string, input: SiteInput]>([
    ['slug', { slug: 'A' }],
    ['slug', { slug: '' }],
    ['slug', { slug: 'a'.repeat(65) }],
    ['name', { name: ' ' }],
    ['name', { name: 'a\u0000' }],
    ['name', { name: '\ud800' }],
    ['baseUrls', { baseUrls: [] }],
    ['baseUrls', { baseUrls: origins(MAX_LIST + 1) }],
    ['baseUrls[1]', { baseUrls: ['https://a.example', 'https://a.example/path'] }],
    ['baseUrls[0]', { baseUrls: ['https://user@a.example'] }],
    ['baseUrls[0]', { baseUrls: ['https://*.example'] }],
    ['baseUrls[0]', { baseUrls: ['ftp://a.example'] }],
    ['callbackOrigin', { callbackOrigin: 'a.example' }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['timeZone', { timeZone: '+15:00' }],
    ['minDelaySecs', { minDelaySecs: -1 }],
    ['minDelaySecs', { minDelaySecs: 86_401 }],
    ['minDelaySecs', { minDelaySecs: 1.5 }],
    ['minDelaySecs', { minDelaySecs: Number.NaN }],
    ['retentionDays', { retentionDays: 2 }],
    ['retentionDays', { retentionDays: 36_501 }],
    ['pathPatterns[0]', { pathPatterns: ['/*/a'] }],
    ['pathPatterns[0]', { pathPatterns: ['/'] }],
    ['pathPatterns[0]', { pathPatterns: ['/a/../b'] }],
    ['publicPages[1]', { publicPages: ['/', 'a'] }],
    ['publicFigures[0]', { publicFigures: ['EVERYTHING' as FigureKind] }],
    ['visibility', { visibility: 'SECRET' as Visibility }],
  ])('%s of %j', (field, input) => {
    let refusal: unknown;
    try {
      readSite(input, blog);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect((refusal as Error).message.startsWith(`${field} `)).toBe(true);
    expect((refusal as Error).message.length).toBeLessThan(400);
  });

  test.each<[field: string, input: SiteInput]>([
    ['slug', { baseUrls: ['https://shop.example'] }],
    ['baseUrls', { slug: 'shop' }],
  ])('%s, which a new site needs', (field, input) => {
    expect(() => readNewSite(input, blog)).toThrow(new RegExp(`^${field} is (missing|empty)`));
  });
});

test('whatever is said is refused by a rule or read once and for all, and a refusal changes nothing', () => {
  const junk = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.webUrl());
  const mostly = (...values: string[]) =>
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: junk });
  const number = (max: number) =>
    fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 3, max }) }, { weight: 1, arbitrary: fc.double() });
  const origin = mostly('https://a.example', 'HTTP://B.example/', 'http://[::1]:80');
  const pattern = mostly('/a/:id', '/ä/*', '/b/');
  const fields = {
    slug: mostly('shop', 'a-1'),
    name: mostly('Shop', 'Läden & mehr'),
    baseUrls: fc.array(origin, { maxLength: 3 }),
    callbackOrigin: origin,
    timeZone: mostly('UTC', '+02:00', 'Europe/Berlin'),
    minDelaySecs: number(86_400),
    pathPatterns: fc.array(pattern, { maxLength: 3 }),
    respectDnt: fc.boolean(),
    retentionDays: number(36_500),
    visibility: fc.constantFrom(...VISIBILITIES),
    publicPages: fc.array(pattern, { maxLength: 3 }),
    publicFigures: fc.subarray([...FIGURE_KINDS]),
  };
  let read = 0;
  fc.assert(
    fc.property(fc.record(fields, { requiredKeys: [] }), (input) => {
      const before = structuredClone(blog);
      let after: SiteDeclaration;
      try {
        after = readSite(input, before);
      } catch (error) {
        expect(error).toBeInstanceOf(DomainError);
        expect(error).toMatchObject({ code: 'INVALID_ARGUMENT' });
        const field = /^\w+/.exec((error as Error).message)?.[0] ?? '';
        expect(Object.keys(input)).toContain(field);
        expect(before).toEqual(blog);
        return;
      }
      read += 1;
      expect(before).toEqual(blog);
      // What was read is taken as it stands: a second reading changes nothing.
      expect(readSite({ ...after, retentionDays: after.retentionDays ?? 0 }, blog)).toEqual(after);
      for (const field of Object.keys(blog) as (keyof SiteDeclaration)[]) {
        if (!(field in input)) expect(after[field]).toEqual(blog[field]);
      }
    }),
    { numRuns: 1_000 },
  );
  expect(read).toBeGreaterThan(0);
});
