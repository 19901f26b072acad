import { describe, expect, test } from 'vitest';
import { DomainError } from './errors.ts';
import { createMemoryStorage } from './memory-storage.testing.ts';
import { createPages, VALIDATION } from './pages.ts';
import type { ProbeOutcome } from './ports.ts';
import type { Deferred } from './world.testing.ts';
import { blog, createClock, createScriptedProbe, deferred, docs, settled, stored } from './world.testing.ts';

const site = stored(blog);
const otherSite = stored(docs, 2);
const CALLBACK = blog.callbackOrigin;

function validation() {
  const storage = createMemoryStorage();
  const clock = createClock();
  const scripted = createScriptedProbe();
  return {
    storage,
    clock,
    ...scripted,
    pages: createPages({ storage, probe: scripted.probe, clock: clock.now }),
  };
}

/** A validation whose requests wait until the test answers them. */
function pendingValidation() {
  const storage = createMemoryStorage();
  const pending: { url: string; answer: Deferred<ProbeOutcome> }[] = [];
  const pages = createPages({
    storage,
    clock: createClock().now,
    probe: (origin, path) => {
      const answer = deferred<ProbeOutcome>();
      pending.push({ url: origin + path, answer });
      return answer.promise;
    },
  });
  return { storage, pages, pending };
}

const codeOf = (error: unknown) => (error instanceof DomainError ? error.code : error);

describe('a path seen for the first time', () => {
  test('is asked for once and becomes one page, however many come at once', async () => {
    const { pages, asked, storage } = validation();
    const found = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) => pages.findOrValidate(site, index % 2 === 0 ? '/a' : '/a/')),
    );
    expect(new Set(found.map(({ id }) => id)).size).toBe(1);
    expect(asked).toEqual([`${CALLBACK}/a`]);
    expect(storage.calls('addPage')).toBe(1);
    expect(storage.pages()).toEqual([{ id: 1, siteId: site.id, path: '/a' }]);
  });

  test('is asked for as it was given, and at the callback origin', async () => {
    const { pages, asked } = validation();
    await pages.findOrValidate(site, '/café/');
    expect(asked).toEqual([`${CALLBACK}/caf%C3%A9/`]);
  });

  test('is asked for no more once it is a page', async () => {
    const { pages, asked, storage } = validation();
    const page = await pages.findOrValidate(site, '/a');
    const looked = storage.calls('findPage');
    expect(await pages.findOrValidate(site, '/a/')).toEqual(page);
    expect(asked).toHaveLength(1);
    expect(storage.calls('findPage')).toBe(looked);
  });

  test('is not asked for where another process has added it', async () => {
    const { pages, asked, storage } = validation();
    const page = await storage.addPage(site.id, '/a', 0);
    expect(await pages.findOrValidate(site, '/a')).toEqual(page);
    expect(asked).toEqual([]);
  });

  test('is a page of its own on each site', async () => {
    const { pages, asked } = validation();
    const here = await pages.findOrValidate(site, '/a');
    const there = await pages.findOrValidate(otherSite, '/a');
    expect(here.id).not.toBe(there.id);
    expect(asked).toEqual([`${CALLBACK}/a`, `${docs.callbackOrigin}/a`]);
  });

  test('is only looked up where nobody asks to validate it', async () => {
    const { pages, asked } = validation();
    expect(await pages.find(site, '/a')).toBeNull();
    expect(asked).toEqual([]);
  });
});

describe('a path that the site does not have', () => {
  test.each([
    ['missing', 'PAGE_NOT_FOUND', 60_000],
    ['unreachable', 'SITE_UNREACHABLE', 10_000],
  ] as const)('(%s) is refused for a while without asking, then asked for again', async (outcome, code, memory) => {
    const { pages, asked, answer, clock, storage } = validation();
    answer(`${CALLBACK}/a`, outcome);
    await expect(pages.findOrValidate(site, '/a')).rejects.toMatchObject({ code });
    clock.pass(memory - 1);
    await expect(pages.findOrValidate(site, '/a')).rejects.toMatchObject({ code });
    expect(asked).toHaveLength(1);
    expect(storage.pages()).toEqual([]);

    answer(`${CALLBACK}/a`, 'exists');
    clock.pass(1);
    await expect(pages.findOrValidate(site, '/a')).resolves.toMatchObject({ path: '/a' });
    expect(asked).toHaveLength(2);
  });

  test('is refused for all who asked at once, after one request', async () => {
    const { pages, asked, answer } = validation();
    answer(`${CALLBACK}/a`, 'missing');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 100 }, () => pages.findOrValidate(site, '/a')),
    );
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['rejected']));
    expect(asked).toHaveLength(1);
  });

  test('is taken at once when another process has added it meanwhile', async () => {
    const { pages, answer, storage } = validation();
    answer(`${CALLBACK}/a`, 'missing');
    await pages.findOrValidate(site, '/a').catch(() => {});
    const page = await storage.addPage(site.id, '/a', 0);
    expect(await pages.findOrValidate(site, '/a')).toEqual(page);
  });

  test('says when to come back where the site did not answer', async () => {
    const { pages, answer } = validation();
    answer(`${CALLBACK}/a`, 'unreachable');
    await expect(pages.findOrValidate(site, '/a')).rejects.toMatchObject({ retryAfterSecs: 10 });
  });

  test('is not held against a page that is known', async () => {
    const { pages, answer } = validation();
    await pages.findOrValidate(site, '/a');
    answer(`${CALLBACK}/a`, 'missing');
    await expect(pages.findOrValidate(site, '/a')).resolves.toMatchObject({ path: '/a' });
  });
});

test.each([
  '@127.0.0.1:9/x',
  '//host',
  '\\host',
  '/\\host',
  '/../x',
  '/a/%2e%2e/b',
  '/a\u0000',
  '/a%00',
  '/\ud800',
  '/a?n=1',
  '/a#x',
  'https://evil.example/',
  `/${'a'.repeat(8192)}`,
])('the path of case %# never makes a request or a row', async (path) => {
  const { pages, asked, storage } = validation();
  await expect(pages.findOrValidate(site, path)).rejects.toMatchObject({ code: 'INVALID_PATH' });
  await expect(pages.find(site, path)).rejects.toMatchObject({ code: 'INVALID_PATH' });
  expect(asked).toEqual([]);
  expect(storage.calls('findPage') + storage.calls('addPage')).toBe(0);
});

describe('paths that a pattern folds', () => {
  test('are validated by the first of them, and are one page', async () => {
    const { pages, asked, storage } = validation();
    const [one, another] = [
      await pages.findOrValidate(site, '/user/7'),
      await pages.findOrValidate(site, '/user/8'),
    ];
    expect(one).toEqual(another);
    expect(asked).toEqual([`${CALLBACK}/user/7`]);
    expect(storage.pages().map(({ path }) => path)).toEqual(['/user/:id']);
  });

  test('are not kept out by one among them that the site does not have', async () => {
    const { pages, answer } = validation();
    answer(`${CALLBACK}/user/nobody`, 'missing');
    await expect(pages.findOrValidate(site, '/user/nobody')).rejects.toMatchObject({
      code: 'PAGE_NOT_FOUND',
    });
    await expect(pages.findOrValidate(site, '/user/7')).resolves.toMatchObject({ path: '/user/:id' });
  });

  test('do not share the answer to one that comes at the same time', async () => {
    const { pages, answer } = validation();
    answer(`${CALLBACK}/user/nobody`, 'missing');
    const [nobody, somebody] = await Promise.allSettled([
      pages.findOrValidate(site, '/user/nobody'),
      pages.findOrValidate(site, '/user/7'),
    ]);
    expect([nobody.status, somebody.status]).toEqual(['rejected', 'fulfilled']);
  });
});

describe('a site that is slow to answer', () => {
  test('gets a few requests at a time', async () => {
    const { pages, pending, storage } = pendingValidation();
    const all = Array.from({ length: 50 }, (_, index) => pages.findOrValidate(site, `/${index}`));
    let answered = 0;
    while (answered < 50) {
      await settled();
      expect(pending.length - answered).toBe(Math.min(VALIDATION.concurrency, 50 - answered));
      pending[answered]?.answer.resolve('exists');
      answered += 1;
    }
    await Promise.all(all);
    expect(storage.pages()).toHaveLength(50);
  });

  test('makes those wait who come in a flood, and refuses more than can wait', async () => {
    const { pages, pending } = pendingValidation();
    const flood = 2 * VALIDATION.queue;
    const codes: unknown[] = [];
    for (let index = 0; index < flood; index += 1) {
      pages.findOrValidate(site, `/${index}`).catch((error) => codes.push(codeOf(error)));
    }
    await settled();
    expect(pending).toHaveLength(VALIDATION.concurrency);
    expect(new Set(codes)).toEqual(new Set(['UNAVAILABLE']));
    expect(flood - codes.length).toBe(VALIDATION.queue + VALIDATION.concurrency);
  });

  test('keeps no other site waiting', async () => {
    const { pages, pending } = pendingValidation();
    for (let index = 0; index < 100; index += 1) pages.findOrValidate(site, `/${index}`).catch(() => {});
    const page = pages.findOrValidate(otherSite, '/a');
    await settled();
    pending.find(({ url }) => url === `${docs.callbackOrigin}/a`)?.answer.resolve('exists');
    await expect(page).resolves.toMatchObject({ path: '/a', siteId: otherSite.id });
  });
});

describe('a page that could not be stored', () => {
  test('is not taken for one that the site does not have: the next visitor tries again', async () => {
    const { pages, pending, storage } = pendingValidation();
    const first = pages.findOrValidate(site, '/a');
    await settled();
    storage.away(true);
    pending[0]?.answer.resolve('exists');
    await expect(first).rejects.toMatchObject({ code: 'UNAVAILABLE' });

    storage.away(false);
    const second = pages.findOrValidate(site, '/a');
    await settled();
    pending[1]?.answer.resolve('exists');
    await expect(second).resolves.toMatchObject({ path: '/a' });
  });

  test('makes no request where it could not even be looked up', async () => {
    const { pages, asked, storage } = validation();
    storage.away(true);
    await expect(pages.findOrValidate(site, '/a')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(asked).toEqual([]);
  });
});
