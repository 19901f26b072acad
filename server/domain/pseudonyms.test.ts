import { describe, expect, test } from 'vitest';
import type { Caller } from './caller.ts';
import { createMemoryStorage } from './memory-storage.testing.ts';
import { createPseudonyms } from './pseudonyms.ts';
import { createSalts } from './salts.ts';
import { blog, createClock, docs, from, START, seededBytes, stored } from './world.testing.ts';

const DAY_MS = 86_400_000;
const onBlog = (changes: Partial<Caller> = {}) => from('https://blog.example', changes);
const site = stored(blog);

function instance(days = 7) {
  const clock = createClock();
  const storage = createMemoryStorage();
  const salts = createSalts({ storage, days, clock: clock.now, randomBytes: seededBytes() });
  return { clock, storage, salts, ...createPseudonyms(salts) };
}

describe('a visitor', () => {
  test('is the same all day, whichever page and language', async () => {
    const { clock, visitorOf } = instance();
    const morning = await visitorOf(site, onBlog(), clock.now());
    clock.pass(5 * 3_600_000);
    expect(await visitorOf(site, onBlog({ languages: 'de' }), clock.now())).toEqual(morning);
    expect(morning?.pseudonym).toBeGreaterThan(0);
    expect(morning?.pseudonym).toBeLessThan(2 ** 48);
  });

  test.each<[string, Partial<Caller>]>([
    ['another address', { address: '203.0.113.8' }],
    [
      'another browser',
      { userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0' },
    ],
    ['an address that runs into the browser', { address: '203.0.113.7\n', userAgent: 'x' }],
  ])('is another one with %s', async (_, changes) => {
    const { visitorOf } = instance();
    const one = await visitorOf(site, onBlog(), START);
    expect((await visitorOf(site, onBlog(changes), START))?.pseudonym).not.toBe(one?.pseudonym);
  });

  test('is another one on another site and on another day', async () => {
    const { visitorOf } = instance();
    const one = await visitorOf(site, onBlog(), START);
    expect((await visitorOf(stored(docs, 2), onBlog(), START))?.pseudonym).not.toBe(one?.pseudonym);
    expect((await visitorOf(site, onBlog(), START + DAY_MS))?.pseudonym).not.toBe(one?.pseudonym);
  });

  test('has the day of the site, whose midnight makes another one', async () => {
    const { clock, visitorOf } = instance();
    const midnight = Date.UTC(2024, 2, 1, 23);
    clock.pass(midnight - clock.now());
    const before = await visitorOf(site, onBlog(), midnight - 1);
    const after = await visitorOf(site, onBlog(), midnight);
    expect(after?.day).toBe((before?.day ?? 0) + 1);
    expect(after?.earlier).toEqual([{ day: before?.day, pseudonym: before?.pseudonym }]);
  });
});

test('two salts later a visitor is recognised, and once the salts are gone no more', async () => {
  const { clock, storage, salts, visitorOf } = instance(7);
  const monday = await visitorOf(site, onBlog(), clock.now());
  clock.pass(2 * DAY_MS);
  const wednesday = await visitorOf(site, onBlog(), clock.now());
  expect(wednesday?.earlier).toContainEqual({ day: monday?.day, pseudonym: monday?.pseudonym });
  clock.pass(6 * DAY_MS);
  await salts.destroyOld();
  const nextTuesday = await visitorOf(site, onBlog(), clock.now());
  expect(nextTuesday?.earlier).not.toContainEqual({ day: monday?.day, pseudonym: monday?.pseudonym });
  expect((await storage.salts(0)).map(({ day }) => day)).not.toContain(monday?.day);
});

describe('nobody is told apart', () => {
  test.each<[string, Partial<Caller>]>([
    ['who asks not to be', { globalPrivacyControl: true }],
    ['whose address is not known', { address: null }],
    ['who names no browser', { userAgent: null }],
    ['for whom a program counts', { userAgent: 'node' }],
  ])('%s', async (_, changes) => {
    const { storage, visitorOf } = instance();
    expect(await visitorOf(site, onBlog(changes), START)).toBeNull();
    expect(await storage.salts(0)).toEqual([]);
  });

  test('who sends DNT, where the site respects that', async () => {
    const { visitorOf } = instance();
    const caller = onBlog({ doNotTrack: true });
    expect(await visitorOf({ ...site, respectDnt: true }, caller, START)).toBeNull();
    expect(await visitorOf({ ...site, respectDnt: false }, caller, START)).not.toBeNull();
  });

  test('whose visit began on a day whose salt is gone', async () => {
    const { visitorOf } = instance(1);
    expect(await visitorOf(site, onBlog(), START - 2 * DAY_MS)).toBeNull();
  });
});
