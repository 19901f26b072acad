import { describe, expect, test } from 'vitest';
import { about, createWorld, from } from './world.testing.ts';

const ORIGIN = 'https://blog.example';
const reader = from(ORIGIN);
const crawler = from(ORIGIN, {
  userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
});

describe('a crawler', () => {
  test('is answered at every step as anybody is, and counts nowhere', async () => {
    const { domain, clock, storage } = await createWorld();
    const { visits } = domain;
    const { visitId, minDelaySecs } = await visits.register({ path: '/a' }, crawler);
    expect(minDelaySecs).toBe(19);
    await expect(visits.postSleep({ visitId }, crawler)).rejects.toMatchObject({ code: 'VISIT_TOO_EARLY' });
    clock.pass(19_000);
    expect(await visits.postSleep({ visitId }, crawler)).toEqual({ counted: true });
    clock.pass(6_000);
    expect(await visits.pageLeft({ visitId, secondsOnPage: 600 }, crawler)).toEqual({ spentSeconds: 25 });
    expect(storage.counted()).toEqual([]);
    expect(await domain.counts.count(about('blog'), '/a')).toBe(0);
  });

  test('is a figure by reason, once for a page that it opened', async () => {
    const { domain, clock, storage } = await createWorld();
    const { visitId } = await domain.visits.register({ path: '/a' }, crawler);
    clock.pass(19_000);
    for (let time = 0; time < 3; time += 1) await domain.visits.postSleep({ visitId }, crawler);
    await domain.visits.pageLeft({ visitId, secondsOnPage: 20 }, crawler);
    expect(storage.filtered().map(({ reason }) => reason)).toEqual(['crawler']);
  });

  test('cannot count with the visit id of its registration as somebody else', async () => {
    const { domain, clock, storage } = await createWorld();
    const { visitId } = await domain.visits.register({ path: '/a' }, crawler);
    clock.pass(19_000);
    expect(await domain.visits.postSleep({ visitId }, reader)).toEqual({ counted: true });
    expect(storage.counted()).toEqual([]);
  });

  test('is kept out as soon as it shows what it is', async () => {
    const { domain, clock, storage } = await createWorld();
    const { visitId } = await domain.visits.register({ path: '/a' }, reader);
    clock.pass(19_000);
    expect(await domain.visits.postSleep({ visitId }, crawler)).toEqual({ counted: true });
    expect(await domain.visits.pageLeft({ visitId, secondsOnPage: 5 }, crawler)).toEqual({ spentSeconds: 5 });
    expect(storage.counted()).toEqual([]);
    expect(storage.filtered()).toHaveLength(1);
  });

  test('learns no more of unknown pages and foreign sites than anybody', async () => {
    const { domain, answer, storage } = await createWorld();
    answer('http://127.0.0.1:4000/none', 'missing');
    await expect(domain.visits.register({ path: '/none' }, crawler)).rejects.toMatchObject({
      code: 'PAGE_NOT_FOUND',
    });
    const elsewhere = { ...crawler, origin: 'https://elsewhere.example' };
    await expect(domain.visits.register({ path: '/a' }, elsewhere)).rejects.toMatchObject({
      code: 'ORIGIN_NOT_ALLOWED',
    });
    expect(storage.filtered()).toEqual([]);
  });
});

describe('a page that is prerendered', () => {
  const prerendering = from(ORIGIN, { hints: { ...reader.hints, purpose: 'prefetch;prerender' } });

  test('counts once somebody went there, though its registration was marked', async () => {
    const { domain, clock, storage } = await createWorld();
    const { visitId } = await domain.visits.register({ path: '/a' }, prerendering);
    clock.pass(19_000);
    expect(await domain.visits.postSleep({ visitId }, reader)).toEqual({ counted: true });
    expect(storage.counted()).toHaveLength(1);
    expect(storage.filtered()).toEqual([]);
  });

  test('counts nowhere as long as nobody does', async () => {
    const { domain, clock, storage } = await createWorld();
    const { visitId } = await domain.visits.register({ path: '/a' }, prerendering);
    clock.pass(19_000);
    expect(await domain.visits.postSleep({ visitId }, prerendering)).toEqual({ counted: true });
    await domain.visits.view({ path: '/a' }, prerendering);
    expect(storage.counted()).toEqual([]);
    expect(storage.filtered().map(({ reason }) => reason)).toEqual(['prerender', 'prerender']);
  });
});

describe('a hit of the pixel', () => {
  test('counts at once as a view, and as nothing else', async () => {
    const { domain, storage } = await createWorld();
    await domain.visits.view({ path: '/a', query: '?utm_source=letter' }, reader);
    expect(storage.counted()).toMatchObject([
      { kind: 'pixel', path: '/a', visitor: null, spentSeconds: null, traits: { campaign: 'letter' } },
    ]);
    expect(await domain.counts.count(about('blog'), '/a')).toBe(0);
    expect((await domain.history.read(about('blog'), '/a', {})).visits).toEqual([]);
    expect(storage.filtered()).toEqual([]);
  });

  test('of a crawler counts nowhere', async () => {
    const { domain, storage } = await createWorld();
    await domain.visits.view({ path: '/a' }, crawler);
    expect(storage.counted()).toEqual([]);
    expect(storage.filtered().map(({ reason }) => reason)).toEqual(['crawler']);
  });

  test('needs a page that the site has', async () => {
    const { domain, answer } = await createWorld();
    answer('http://127.0.0.1:4000/none', 'missing');
    await expect(domain.visits.view({ path: '/none' }, reader)).rejects.toMatchObject({
      code: 'PAGE_NOT_FOUND',
    });
  });
});

describe('what a visit is told apart by', () => {
  test('is what the reader says when it counts', async () => {
    const { domain, read, storage } = await createWorld();
    const visitId = await read('/a');
    const arrival = {
      referrer: 'https://www.google.de/',
      query: 'utm_source=Letter&utm_medium=email&token=secret',
    };
    await domain.visits.postSleep({ visitId, ...arrival }, { ...reader, country: 'de' });
    expect(storage.counted()[0]?.traits).toEqual({
      referrer: 'google.com',
      campaign: 'letter / email',
      country: 'DE',
      browser: 'Firefox',
      system: 'Linux',
      device: 'desktop',
      language: 'en',
    });
  });

  test('is left empty where it is hostile, and the visit counts', async () => {
    const { domain, read, storage } = await createWorld();
    const hostile = `'; DROP TABLE oxi_visits; --\u0000\ud800${'x'.repeat(8_192)}`;
    const visitId = await read('/a');
    const caller = { ...reader, userAgent: hostile, languages: hostile, country: hostile };
    expect(await domain.visits.postSleep({ visitId, referrer: hostile, query: hostile }, caller)).toEqual({
      counted: true,
    });
    const [visit] = storage.counted();
    expect(new Set(Object.values(visit?.traits ?? {}))).toEqual(new Set([null]));
  });

  test('a visitor who asks not to be told apart counts without a pseudonym', async () => {
    const { domain, read, storage } = await createWorld();
    await domain.visits.postSleep({ visitId: await read('/a') }, { ...reader, globalPrivacyControl: true });
    await domain.visits.postSleep({ visitId: await read('/a') }, reader);
    expect(storage.counted().map(({ visitor }) => visitor !== null)).toEqual([false, true]);
  });
});
