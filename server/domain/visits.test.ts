import { describe, expect, test } from 'vitest';
import { VISIT_LIFETIME_MS } from './keyring.ts';
import type { TestWorld } from './world.testing.ts';
import { about, blog, createWorld, docs, from, nobody, START } from './world.testing.ts';

const onBlog = from('https://blog.example');
const onNotes = from('https://notes.example');
const onDocs = from('https://docs.example');

/** All visits of a page, as its history shows them. */
async function visitsOf({ domain }: TestWorld, path = '/a') {
  return (await domain.history.read(about('blog'), path, {})).visits;
}

describe('a visit', () => {
  test('counts after the delay, and keeps where it came from and how long it was read', async () => {
    const world = await createWorld();
    const { visits } = world.domain;
    const { visitId, minDelaySecs } = await visits.register({ path: '/a/' }, onBlog);
    expect(minDelaySecs).toBe(19);
    expect(await world.domain.counts.count(about('blog'), { path: '/a' })).toBe(0);

    world.clock.pass(19_000);
    expect(await visits.postSleep({ visitId, referrer: 'https://www.news.example/x' }, onBlog)).toEqual({
      counted: true,
    });
    expect(await world.domain.counts.count(about('blog'), { path: '/a' })).toBe(1);

    world.clock.pass(11_000);
    expect(await visits.pageLeft({ visitId, secondsOnPage: 25 }, onBlog)).toEqual({ spentSeconds: 25 });
    expect(await visitsOf(world)).toEqual([
      expect.objectContaining({
        path: '/a',
        registeredAt: START,
        referrer: 'news.example',
        spentSeconds: 25,
      }),
    ]);
  });

  test('stores nothing before it counts but the page', async () => {
    const { domain, storage } = await createWorld();
    for (let time = 0; time < 10; time += 1) await domain.visits.register({ path: '/a' }, onBlog);
    expect(storage.pages()).toHaveLength(1);
    expect(storage.calls('countVisit')).toBe(0);
  });

  test('does not count a moment too early, and says how long to wait', async () => {
    const { domain, clock } = await createWorld();
    const { visitId } = await domain.visits.register({ path: '/a' }, onBlog);
    const post = () => domain.visits.postSleep({ visitId }, onBlog);
    await expect(post()).rejects.toMatchObject({ code: 'VISIT_TOO_EARLY', retryAfterSecs: 19 });
    clock.pass(18_999);
    await expect(post()).rejects.toMatchObject({ code: 'VISIT_TOO_EARLY', retryAfterSecs: 1 });
    expect(await domain.counts.count(about('blog'), { path: '/a' })).toBe(0);
    clock.pass(1);
    expect(await post()).toEqual({ counted: true });
  });

  test('counts at once on a site without a delay', async () => {
    const { domain } = await createWorld({ sites: [{ ...blog, minDelaySecs: 0 }] });
    const { visitId, minDelaySecs } = await domain.visits.register({ path: '/a' }, onBlog);
    expect(minDelaySecs).toBe(0);
    expect(await domain.visits.postSleep({ visitId }, onBlog)).toEqual({ counted: true });
  });

  test('counts once, however often it is posted', async () => {
    const { domain, read, events } = await createWorld();
    let pushed = 0;
    events.subscribe(
      ({ counted }) => {
        pushed += counted.length;
      },
      () => {},
    );
    const visitId = await read('/a');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => domain.visits.postSleep({ visitId }, onBlog)),
    );
    expect(answers.filter(({ counted }) => counted)).toHaveLength(1);
    expect(await domain.visits.postSleep({ visitId }, onBlog)).toEqual({ counted: false });
    expect(await domain.counts.count(about('blog'), { path: '/a' })).toBe(1);
    expect(pushed).toBe(1);
  });

  test('is told apart from another of the same page in the same millisecond', async () => {
    const { domain, clock } = await createWorld();
    const ids = await Promise.all(
      Array.from({ length: 100 }, () => domain.visits.register({ path: '/a' }, onBlog)),
    );
    clock.pass(19_000);
    for (const { visitId } of ids) await domain.visits.postSleep({ visitId }, onBlog);
    expect(await domain.counts.count(about('blog'), { path: '/a' })).toBe(100);
  });

  test('that began before a restart counts after it', async () => {
    const world = await createWorld();
    const visitId = await world.read('/a');
    const domain = await world.restarted();
    expect(await domain.visits.postSleep({ visitId }, onBlog)).toEqual({ counted: true });
  });

  test('can wait in a background tab for two days, and no longer', async () => {
    const { domain, clock } = await createWorld();
    const { visitId: inTime } = await domain.visits.register({ path: '/a' }, onBlog);
    clock.pass(1);
    const { visitId } = await domain.visits.register({ path: '/a' }, onBlog);
    clock.pass(VISIT_LIFETIME_MS);
    await expect(domain.visits.postSleep({ visitId: inTime }, onBlog)).rejects.toMatchObject({
      code: 'VISIT_EXPIRED',
    });
    expect(await domain.visits.postSleep({ visitId }, onBlog)).toEqual({ counted: true });
    clock.pass(1);
    await expect(domain.visits.pageLeft({ visitId, secondsOnPage: 1 }, onBlog)).rejects.toMatchObject({
      code: 'VISIT_EXPIRED',
    });
  });

  test('of a page that was deleted says so, and the path can be validated anew', async () => {
    const { domain, storage, read, asked } = await createWorld();
    const visitId = await read('/a');
    storage.removePage('/a');
    await expect(domain.visits.postSleep({ visitId }, onBlog)).rejects.toMatchObject({
      code: 'PAGE_NOT_FOUND',
    });
    await domain.visits.register({ path: '/a' }, onBlog);
    expect(asked).toHaveLength(2);
    expect(storage.pages()).toHaveLength(1);
  });

  test('that the database could not take can be posted again', async () => {
    const { domain, storage, read } = await createWorld();
    const visitId = await read('/a');
    storage.away(true);
    await expect(domain.visits.postSleep({ visitId }, onBlog)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    storage.away(false);
    expect(await domain.visits.postSleep({ visitId }, onBlog)).toEqual({ counted: true });
  });

  test('begins without the database where page and site are known', async () => {
    const { domain, storage } = await createWorld();
    await domain.visits.register({ path: '/a' }, onBlog);
    storage.away(true);
    await expect(domain.visits.register({ path: '/a' }, onBlog)).resolves.toMatchObject({ minDelaySecs: 19 });
  });
});

describe('the time on a page', () => {
  async function counted(world: TestWorld): Promise<string> {
    const visitId = await world.read('/a');
    await world.domain.visits.postSleep({ visitId }, onBlog);
    return visitId;
  }

  test('is the largest of all reports', async () => {
    const world = await createWorld();
    const visitId = await counted(world);
    world.clock.pass(60_000);
    const left: number[] = [];
    for (const secondsOnPage of [20, 35, 5, 0]) {
      const { spentSeconds } = await world.domain.visits.pageLeft({ visitId, secondsOnPage }, onBlog);
      left.push(spentSeconds);
    }
    expect(left).toEqual([20, 35, 35, 35]);
  });

  test.each([
    80,
    600,
    Number.MAX_SAFE_INTEGER,
  ])('is never more than has passed: not %d s', async (claimed) => {
    const world = await createWorld();
    const visitId = await counted(world);
    world.clock.pass(60_999);
    const report = { visitId, secondsOnPage: claimed };
    expect(await world.domain.visits.pageLeft(report, onBlog)).toEqual({ spentSeconds: 79 });
  });

  test('is nothing where the clock went back to before the registration', async () => {
    const world = await createWorld();
    const visitId = await counted(world);
    world.clock.pass(-60_000);
    const report = { visitId, secondsOnPage: 20 };
    expect(await world.domain.visits.pageLeft(report, onBlog)).toEqual({ spentSeconds: 0 });
  });

  test.each([
    -1,
    0.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    2 ** 53,
  ])('cannot be %d seconds', async (secondsOnPage) => {
    const world = await createWorld();
    const visitId = await counted(world);
    const report = world.domain.visits.pageLeft({ visitId, secondsOnPage }, onBlog);
    await expect(report).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringContaining('secondsOnPage'),
    });
    expect((await visitsOf(world))[0]?.spentSeconds).toBeNull();
  });

  test('of a visit that never counted changes nothing', async () => {
    const world = await createWorld();
    const visitId = await world.read('/a');
    await expect(world.domain.visits.pageLeft({ visitId, secondsOnPage: 5 }, onBlog)).rejects.toMatchObject({
      code: 'VISIT_NOT_COUNTED',
    });
    expect(await visitsOf(world)).toEqual([]);
    expect(await world.domain.counts.count(about('blog'), { path: '/a' })).toBe(0);
  });

  test('that was refused can still be told once the visit counts', async () => {
    const world = await createWorld();
    const visitId = await world.read('/a');
    await world.domain.visits.pageLeft({ visitId, secondsOnPage: 5 }, onBlog).catch(() => {});
    await world.domain.visits.postSleep({ visitId }, onBlog);
    const report = { visitId, secondsOnPage: 19 };
    expect(await world.domain.visits.pageLeft(report, onBlog)).toEqual({ spentSeconds: 19 });
  });
});

describe('a visit is taken', () => {
  test('from every base URL of the site, and may move between them', async () => {
    const { domain, read } = await createWorld({ sites: [blog, docs] });
    const visitId = await read('/a', onNotes);
    expect(await domain.visits.postSleep({ visitId }, onBlog)).toEqual({ counted: true });
    expect(await domain.counts.count(about('blog'), { path: '/a' })).toBe(1);
  });

  test('without an origin, as same-origin requests and scripts have none', async () => {
    const { domain, read } = await createWorld();
    const visitId = await read('/a', nobody);
    expect(await domain.visits.postSleep({ visitId }, nobody)).toEqual({ counted: true });
  });

  test('without an origin only for a named site where there are several', async () => {
    const { domain } = await createWorld({ sites: [blog, docs] });
    await expect(domain.visits.register({ path: '/a' }, nobody)).rejects.toMatchObject({
      code: 'SITE_REQUIRED',
    });
    await expect(domain.visits.register({ site: 'docs', path: '/a' }, nobody)).resolves.toBeDefined();
    await expect(domain.visits.register({ site: 'shop', path: '/a' }, nobody)).rejects.toMatchObject({
      code: 'SITE_NOT_FOUND',
    });
  });

  test.each([
    'https://evil.example',
    'null',
    'http://blog.example',
    'https://blog.example:8443',
    'https://blog.example.evil.example',
    'https://sub.blog.example',
    '',
    'x'.repeat(8192),
  ])('never from the origin (case %#)', async (origin) => {
    const { domain, asked, read, storage } = await createWorld();
    await expect(domain.visits.register({ path: '/new' }, from(origin))).rejects.toMatchObject({
      code: 'ORIGIN_NOT_ALLOWED',
      message: expect.stringMatching(/^.{1,200}$/),
    });
    expect(asked).toEqual([]);

    const visitId = await read('/a');
    await expect(domain.visits.postSleep({ visitId }, from(origin))).rejects.toMatchObject({
      code: 'ORIGIN_NOT_ALLOWED',
    });
    await expect(domain.visits.pageLeft({ visitId, secondsOnPage: 1 }, from(origin))).rejects.toMatchObject({
      code: 'ORIGIN_NOT_ALLOWED',
    });
    expect(storage.calls('countVisit')).toBe(0);
  });

  test('never for a site that its origin is not of', async () => {
    const { domain, read } = await createWorld({ sites: [blog, docs] });
    await expect(domain.visits.register({ site: 'docs', path: '/a' }, onBlog)).rejects.toMatchObject({
      code: 'ORIGIN_NOT_ALLOWED',
    });
    await expect(domain.visits.register({ site: 'blog', path: '/a' }, onBlog)).resolves.toBeDefined();
    const visitId = await read('/a', onBlog);
    await expect(domain.visits.postSleep({ visitId }, onDocs)).rejects.toMatchObject({
      code: 'ORIGIN_NOT_ALLOWED',
    });
  });

  test('no more once its site is gone', async () => {
    const { domain, storage, clock, read } = await createWorld({ sites: [blog, docs] });
    const visitId = await read('/a', onBlog);
    await storage.declareSites([docs], START);
    clock.pass(5_000);
    await domain.sites.all(nobody);
    await expect(domain.visits.postSleep({ visitId }, nobody)).rejects.toMatchObject({
      code: 'SITE_NOT_FOUND',
    });
  });
});

test.each([
  '',
  'https://',
  'not a link',
  'javascript:alert(1)',
  "https://news.example/'; DROP TABLE oxi_visits; --",
  "'; DROP TABLE oxi_visits; --",
  'https://\u0000.example',
  'https://news.example/\u0000\u0007\u001b[31m',
  'https://\ud800.example',
  `https://news.example/${'x'.repeat(8192)}`,
  `https://${'x'.repeat(8192)}.example`,
  'https://xn--.example',
  'https://[::1',
  '%',
  '\\\\host\\share',
])('a visit counts whatever it says it came from (case %#)', async (referrer) => {
  const world = await createWorld();
  const visitId = await world.read('/a');
  expect(await world.domain.visits.postSleep({ visitId, referrer }, onBlog)).toEqual({ counted: true });
  expect([null, 'news.example']).toContain((await visitsOf(world))[0]?.referrer);
});
