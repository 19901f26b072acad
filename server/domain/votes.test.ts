import { describe, expect, test } from 'vitest';
import type { Caller } from './caller.ts';
import type { Vote } from './vote.ts';
import { about, blog, createWorld, docs, from, nobody, type TestWorld } from './world.testing.ts';

const DAY_MS = 86_400_000;
const TOKEN = 'the-token-of-the-one-who-runs-it';
const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
const ann = from('https://blog.example');
const ben = from('https://notes.example', { address: '198.51.100.4' });
const none = { up: 0, down: 0 };

/** Counts a visit of a reader. */
async function reads({ domain, read }: TestWorld, caller: Caller, path = '/a'): Promise<void> {
  await domain.visits.postSleep({ visitId: await read(path, caller) }, caller);
}

/** A world in which Ann and Ben have read `/a`. */
async function withReaders(): Promise<TestWorld> {
  const world = await createWorld();
  for (const caller of [ann, ben]) await reads(world, caller);
  return world;
}

const cast = ({ domain }: TestWorld, caller: Caller, vote: Vote | null, path = '/a') =>
  domain.votes.cast({ path, vote }, caller);

describe('a vote', () => {
  test('counts for a page, is changed by its difference, and is taken back', async () => {
    const world = await withReaders();
    const page = { site: 'blog', path: '/a' };
    expect(await cast(world, ann, 1)).toEqual({ ...page, up: 1, down: 0 });
    expect(await cast(world, ben, 1)).toEqual({ ...page, up: 2, down: 0 });
    expect(await cast(world, ann, -1)).toEqual({ ...page, up: 1, down: 1 });
    expect(await cast(world, ann, null)).toEqual({ ...page, up: 1, down: 0 });
    expect(await world.domain.votes.tally(about('blog'), '/a')).toEqual({ ...page, up: 1, down: 0 });
  });

  test('is one however often it is cast, and taking none back changes nothing', async () => {
    const world = await withReaders();
    for (let times = 0; times < 3; times += 1) expect(await cast(world, ann, 1)).toMatchObject({ up: 1 });
    expect(await cast(world, ben, null)).toMatchObject({ up: 1, down: 0 });
  });

  test('is of the page, however its path is written', async () => {
    const world = await withReaders();
    await reads(world, ann, '/user/7');
    expect(await cast(world, ann, 1, '/a//')).toMatchObject({ path: '/a', up: 1 });
    expect(await cast(world, ann, 1, '/user/8')).toMatchObject({ path: '/user/:id', up: 1 });
    expect(await world.domain.votes.tally(about('blog'), '/user/9')).toMatchObject({ up: 1 });
  });

  test('of a day before is changed and not doubled, while the visitor is remembered', async () => {
    const world = await withReaders();
    await cast(world, ann, 1);
    world.clock.pass(3 * DAY_MS);
    expect(await cast(world, ann, 1)).toMatchObject({ up: 1, down: 0 });
    expect(await cast(world, ann, -1)).toMatchObject({ up: 0, down: 1 });
  });

  test('stands for good when the days after it are over, and can then be cast once more', async () => {
    const world = await withReaders();
    await cast(world, ann, 1);
    world.clock.pass(8 * DAY_MS);
    await world.domain.maintenance.run();
    expect(await world.domain.votes.mine({ path: '/a' }, ann)).toBeNull();
    await reads(world, ann);
    expect(await cast(world, ann, 1)).toMatchObject({ up: 2 });
  });
});

describe('a vote is refused, and nothing changes,', () => {
  test.each<[string, Caller, string, RegExp]>([
    ['from nowhere', from(null), 'ORIGIN_NOT_ALLOWED', /no Origin header.*page of the site/],
    ['from another site', from('https://evil.example'), 'ORIGIN_NOT_ALLOWED', /evil\.example/],
    [
      'of a reader who never came',
      from('https://blog.example', { address: '192.0.2.1' }),
      'VOTE_NEEDS_VISIT',
      /19 s/,
    ],
    ['of a crawler', { ...ann, userAgent: GOOGLEBOT }, 'VOTE_NEEDS_VISIT', /must be read/],
    [
      'of a reader who is not to be told apart',
      { ...ann, globalPrivacyControl: true },
      'VOTE_NEEDS_VISITOR',
      /Sec-GPC/,
    ],
    ['of a reader whose address is not known', { ...ann, address: null }, 'VOTE_NEEDS_VISITOR', /visitors/],
  ])('%s', async (_who, caller, code, message) => {
    const world = await withReaders();
    for (const vote of [1, -1, null] as const) {
      await expect(cast(world, caller, vote)).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message),
      });
    }
    expect(await world.domain.votes.tally(about('blog'), '/a')).toMatchObject(none);
  });

  test('on a page that is not there, and the site is not asked for it', async () => {
    const world = await withReaders();
    const { length } = world.asked;
    await expect(cast(world, ann, 1, '/never')).rejects.toMatchObject({ code: 'PAGE_NOT_FOUND' });
    await expect(cast(world, ann, 1, 'never')).rejects.toMatchObject({ code: 'INVALID_PATH' });
    expect(world.asked).toHaveLength(length);
  });

  test('on a page that was removed', async () => {
    const world = await withReaders();
    await reads(world, ann, '/b');
    world.storage.removePage('/a');
    await expect(cast(world, ann, 1)).rejects.toMatchObject({ code: 'PAGE_NOT_FOUND' });
  });

  test('of a reader whose only view was the pixel, or is not read to its end', async () => {
    const world = await createWorld();
    await world.domain.visits.view({ path: '/a' }, ann);
    await world.read('/a', ann);
    await expect(cast(world, ann, 1)).rejects.toMatchObject({ code: 'VOTE_NEEDS_VISIT' });
  });

  test('of a reader whose visits were too long ago', async () => {
    const world = await withReaders();
    world.clock.pass(7 * DAY_MS);
    await expect(cast(world, ann, 1)).rejects.toMatchObject({ code: 'VOTE_NEEDS_VISIT' });
    await reads(world, ann, '/b');
    expect(await cast(world, ann, 1)).toMatchObject({ up: 1 });
  });

  test('of a reader of another site', async () => {
    const world = await createWorld({ sites: [blog, docs] });
    await reads(world, ann);
    await reads(world, from('https://docs.example', { address: '192.0.2.1' }));
    await expect(cast(world, from('https://docs.example'), 1)).rejects.toMatchObject({
      code: 'VOTE_NEEDS_VISIT',
    });
    await expect(world.domain.votes.cast({ site: 'docs', path: '/a', vote: 1 }, ann)).rejects.toMatchObject({
      code: 'ORIGIN_NOT_ALLOWED',
    });
  });

  test('where the site respects DNT, of who sends it', async () => {
    const world = await createWorld({ sites: [{ ...blog, respectDnt: true }] });
    await reads(world, ann);
    await expect(cast(world, { ...ann, doNotTrack: true }, 1)).rejects.toMatchObject({
      code: 'VOTE_NEEDS_VISITOR',
    });
  });

  test('while the storage is away', async () => {
    const world = await withReaders();
    world.storage.away(true);
    await expect(cast(world, ann, 1)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

describe('the tally of a page', () => {
  test('is nothing where nobody voted, and where the page is unknown', async () => {
    const { domain } = await withReaders();
    expect(await domain.votes.tally(about('blog'), '/a')).toMatchObject(none);
    expect(await domain.votes.tally(about('blog'), '/never')).toMatchObject(none);
  });

  test('tells each reader their own vote', async () => {
    const world = await withReaders();
    const mine = (caller: Caller, path = '/a') => world.domain.votes.mine({ path }, caller);
    await cast(world, ann, -1);
    expect(await mine(ann)).toBe(-1);
    // From wherever it is looked at.
    expect(await mine({ ...ann, origin: null })).toBe(-1);
    expect(await mine(ben)).toBeNull();
    expect(await mine(ann, '/never')).toBeNull();
    expect(await mine({ ...ann, globalPrivacyControl: true })).toBeNull();
    world.clock.pass(2 * DAY_MS);
    expect(await mine(ann)).toBe(-1);
    await cast(world, ann, null);
    expect(await mine(ann)).toBeNull();
  });

  test('of a private site is for whoever has the token, and its readers vote without', async () => {
    const world = await createWorld({ sites: [{ ...blog, visibility: 'private' }], adminToken: TOKEN });
    const { votes } = world.domain;
    await reads(world, ann);
    await expect(cast(world, { ...ann, token: 'wrong' }, 1)).rejects.toMatchObject({ code: 'INVALID_TOKEN' });
    expect(await cast(world, ann, 1)).toBeNull();
    await expect(votes.tally(about('blog'), '/a')).rejects.toMatchObject({ code: 'SITE_NOT_FOUND' });
    await expect(votes.mine({ site: 'blog', path: '/a' }, ann)).rejects.toMatchObject({
      code: 'SITE_NOT_FOUND',
    });
    const reader = { ...nobody, token: TOKEN };
    expect(await votes.tally({ site: 'blog', reader }, '/a')).toMatchObject({ up: 1 });
    expect(await cast(world, { ...ann, token: TOKEN }, -1)).toMatchObject({ up: 0, down: 1 });
  });
});

describe('the most engaging pages', () => {
  test('are those whose votes changed most in the range, with what they come to now', async () => {
    const world = await withReaders();
    await reads(world, ann, '/b');
    for (const vote of [1, -1, 1] as const) await cast(world, ann, vote, '/b');
    await cast(world, ben, 1);
    world.clock.pass(DAY_MS);
    await cast(world, ben, -1);
    const view = await world.domain.stats.open({ ...about('blog'), range: { preset: 'LAST_7_DAYS' } });
    const pages = [
      { changes: 3, tally: { site: 'blog', path: '/b', up: 1, down: 0 } },
      { changes: 2, tally: { site: 'blog', path: '/a', up: 0, down: 1 } },
    ];
    expect(await view.mostEngaging()).toEqual(pages);
    expect(await view.mostEngaging(1)).toEqual(pages.slice(0, 1));
    const open = (page: string) =>
      world.domain.stats.open({
        ...about('blog'),
        range: { preset: 'TODAY' },
        filter: { page, country: 'DE' },
      });
    expect(await (await open('/a/')).mostEngaging()).toEqual([{ ...pages[1], changes: 1 }]);
    expect(await (await open('/b')).mostEngaging()).toEqual([]);
  });

  test.each([
    0, -1, 1_001, 1.5,
  ])('cannot be %d at most, and the refusal names the argument', async (first) => {
    const { domain } = await createWorld();
    const view = await domain.stats.open(about('blog'));
    await expect(view.mostEngaging(first)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: expect.stringMatching(/^first is /),
    });
  });
});
