import { describe, expect, test } from 'vitest';
import type { PageTotals, Totals } from './counted.ts';
import { DomainError } from './errors.ts';
import { createLive } from './live.ts';
import { createMemoryStorage } from './memory-storage.testing.ts';
import type { Commit } from './ports.ts';
import { createSites } from './sites.ts';
import { createTime } from './time.testing.ts';
import type { Visit } from './visit.ts';
import type { VotedPage } from './vote.ts';
import {
  about,
  accessTo,
  blog,
  createBus,
  createWorld,
  deferred,
  docs,
  from,
  nobody,
  START,
  settled,
} from './world.testing.ts';

function counted(changes: Partial<Visit>): Visit {
  return {
    siteId: 1,
    pageId: 1,
    registeredAt: START,
    nonce: 1,
    path: '/a',
    referrer: null,
    spentSeconds: null,
    ...changes,
  };
}

const commit = (...visits: Visit[]): Commit => ({
  counted: visits,
  pages: visits.map(({ siteId, path }) => ({ siteId, path, visits: 1, views: 1 })),
  voted: [],
  sites: [...new Set(visits.map(({ siteId }) => siteId))],
});

/** A commit after which `/a` of the blog, or other pages, have so many visits, and three pixel views more. */
const standing = (...pages: (Partial<PageTotals> & { readonly visits: number })[]): Commit => ({
  counted: [],
  pages: pages.map((page) => ({ siteId: 1, path: '/a', views: page.visits + 3, ...page })),
  voted: [],
  sites: [...new Set(pages.map(({ siteId = 1 }) => siteId))],
});

const standsAt = (visits: number): Totals => ({ visits, views: visits + 3 });

/** Subscriptions on a bus and a time of the test's, with present totals that the test gives when it likes. */
async function liveWith(totals: () => Promise<Totals>) {
  const storage = createMemoryStorage();
  await storage.declareSites([blog, docs], START);
  const events = createBus();
  const time = createTime();
  const reads: number[] = [];
  const live = createLive({
    storage: {
      pageTotals: totals,
      siteTotals(siteId) {
        reads.push(siteId);
        return totals();
      },
      votes: storage.votes,
    },
    sites: createSites({
      storage,
      access: accessTo(storage, time.clock.now),
      clock: time.clock.now,
    }),
    events,
    clock: time.clock.now,
    schedule: time.schedule,
  });
  return { live, events, time, reads };
}

const value = async <T>(iterator: AsyncIterator<T>) => (await iterator.next()).value;

describe('the live count of a page', () => {
  test('is the present value, then each change', async () => {
    const { domain, visit } = await createWorld();
    await visit('/a');
    const count = await domain.live.count(about('blog'), { path: '/a/' });
    expect(await value(count)).toBe(1);
    await visit('/a');
    expect(await value(count)).toBe(2);
    const next = count.next();
    await visit('/b');
    await visit('/a');
    expect((await next).value).toBe(3);
  });

  test('is 0 for a page that nobody has read, and rises with its first visit', async () => {
    const { domain, visit } = await createWorld();
    const count = await domain.live.count(about('blog'), { path: '/new' });
    expect(await value(count)).toBe(0);
    await visit('/new');
    expect(await value(count)).toBe(1);
  });

  test('is that of all pages that a pattern folds', async () => {
    const { domain, visit } = await createWorld();
    const count = await domain.live.count(about('blog'), { path: '/user/7' });
    expect(await value(count)).toBe(0);
    await visit('/user/8');
    expect(await value(count)).toBe(1);
  });

  test('misses no visit that lands while the present value is looked up', async () => {
    const present = deferred<Totals>();
    const { live, events, time } = await liveWith(() => present.promise);
    const count = await live.count(about('blog'), { path: '/a' });
    const first = count.next();
    await settled();
    events.publish(standing({ visits: 8 }));
    expect((await first).value).toBe(8);
    // Read before that visit was committed.
    present.resolve(standsAt(7));
    await time.pass(250);
    events.publish(standing({ visits: 9 }));
    expect(await value(count)).toBe(9);
  });

  test('never falls, in whatever order the replicas tell', async () => {
    const { live, events, time } = await liveWith(async () => standsAt(3));
    const count = await live.count(about('blog'), { path: '/a' });
    expect(await value(count)).toBe(3);
    events.publish(standing({ visits: 5 }));
    expect(await value(count)).toBe(5);
    const next = count.next();
    for (const total of [4, 2, 5, 6]) {
      await time.pass(250);
      events.publish(standing({ visits: total }));
    }
    expect((await next).value).toBe(6);
  });

  test('is that of no other page or site of the same commit', async () => {
    const { live, events } = await liveWith(async () => standsAt(0));
    const count = await live.count(about('blog'), { path: '/a' });
    expect(await value(count)).toBe(0);
    events.publish(standing({ path: '/b', visits: 50 }, { siteId: 2, visits: 90 }, { visits: 3 }));
    expect(await value(count)).toBe(3);
  });

  test('gives a slow reader the newest value only', async () => {
    const { live, events, time } = await liveWith(async () => standsAt(0));
    const count = await live.count(about('blog'), { path: '/a' });
    expect(await value(count)).toBe(0);
    for (let total = 1; total <= 1_000; total += 1) events.publish(standing({ visits: total }));
    await time.pass(250);
    expect(await value(count)).toBe(1_000);
  });

  test('is told at once after a change, and then the newest four times a second, to all who follow', async () => {
    const { live, events, time } = await liveWith(async () => standsAt(0));
    const counts = await Promise.all([
      live.count(about('blog'), { path: '/a' }),
      live.count(about('blog'), { path: '/a' }),
    ]);
    expect(await Promise.all(counts.map(value))).toEqual([0, 0]);
    expect(events.listening()).toBe(1);
    const seen: number[][] = [[], []];
    const watching = counts.map(async (count, index) => {
      for await (const total of count) seen[index]?.push(total);
    });
    for (let total = 1; total <= 100; total += 1) {
      events.publish(standing({ visits: total }));
      await time.pass(10);
    }
    await time.pass(1_000);
    expect(seen).toEqual([
      [1, 25, 50, 75, 100],
      [1, 25, 50, 75, 100],
    ]);
    live.close();
    await Promise.all(watching);
  });

  test('is what is read for who comes later, however long nothing was heard of the others', async () => {
    let visits = 1;
    const { live } = await liveWith(async () => standsAt(visits));
    const first = await live.count(about('blog'), { path: '/a' });
    expect(await value(first)).toBe(1);
    visits = 5;
    expect(await value(await live.count(about('blog'), { path: '/a' }))).toBe(5);
    // It is news to who follows already.
    expect(await value(first)).toBe(5);
  });

  test('fails where the present value cannot be read, and listens no more', async () => {
    const { live, events } = await liveWith(() => Promise.reject(new Error('away')));
    const count = await live.count(about('blog'), { path: '/a' });
    await expect(count.next()).rejects.toThrow('away');
    await settled();
    expect(events.listening()).toBe(0);
  });

  test('can be one of views, which hits of the pixel push too', async () => {
    const { domain, visit } = await createWorld();
    await visit('/a');
    const views = await domain.live.count(about('blog'), { path: '/a', of: 'views' });
    const visitsOnly = await domain.live.count(about('blog'), { path: '/a' });
    expect([await value(views), await value(visitsOnly)]).toEqual([1, 1]);
    const next = visitsOnly.next();
    await domain.visits.view({ path: '/a' }, from('https://blog.example'));
    expect(await value(views)).toBe(2);
    await visit('/a');
    expect([await value(views), (await next).value]).toEqual([3, 2]);
  });

  test('is refused for what is no path, and for a site there is not', async () => {
    const { domain } = await createWorld();
    await expect(domain.live.count(about('blog'), { path: '//host' })).rejects.toMatchObject({
      code: 'INVALID_PATH',
    });
    await expect(domain.live.count(about('shop'), { path: '/a' })).rejects.toMatchObject({
      code: 'SITE_NOT_FOUND',
    });
    await expect(domain.live.visitCounted(about('blog'), '//host')).rejects.toMatchObject({
      code: 'INVALID_PATH',
    });
  });
});

describe('the live count of a site', () => {
  test('is that of all its pages, with each change of any', async () => {
    const { domain, visit } = await createWorld();
    await visit('/a');
    await visit('/b');
    const count = await domain.live.count(about('blog'), {});
    expect(await value(count)).toBe(2);
    await visit('/c');
    expect(await value(count)).toBe(3);
    await count.return?.();
  });

  test('can be one of views', async () => {
    const { domain } = await createWorld();
    const views = await domain.live.count(about('blog'), { of: 'views' });
    expect(await value(views)).toBe(0);
    await domain.visits.view({ path: '/a' }, from('https://blog.example'));
    expect(await value(views)).toBe(1);
    await views.return?.();
  });

  test('is read at once after a change, and then at most four times a second, however many change and follow', async () => {
    let total = 0;
    const { live, events, time, reads } = await liveWith(async () => standsAt(total));
    const counts = await Promise.all([
      live.count(about('blog'), {}),
      live.count(about('blog'), {}),
      live.count(about('blog'), { of: 'views' }),
    ]);
    expect(await Promise.all(counts.map(value))).toEqual([0, 0, 3]);
    await time.pass(250);
    expect(reads).toHaveLength(1);
    for (let page = 1; page <= 100; page += 1) {
      total = page;
      events.publish(standing({ path: `/${page}`, visits: 1 }));
      await time.pass(10);
    }
    await time.pass(10_000);
    expect(reads).toEqual(Array(6).fill(1));
    expect(await Promise.all(counts.map(value))).toEqual([100, 100, 103]);
  });

  test('is not read again for another site, nor for a page that is left', async () => {
    const { live, events, time, reads } = await liveWith(async () => standsAt(0));
    await value(await live.count(about('blog'), {}));
    events.publish(standing({ siteId: 2, visits: 1 }));
    events.publish({ counted: [], pages: [], voted: [], sites: [1] });
    await time.pass(1_000);
    expect(reads).toEqual([1]);
  });

  test('misses no visit that lands while it is read', async () => {
    const present = deferred<Totals>();
    let total = present.promise;
    const { live, events, time } = await liveWith(() => total);
    const count = await live.count(about('blog'), {});
    const first = count.next();
    await settled();
    total = Promise.resolve(standsAt(8));
    events.publish(standing({ visits: 1 }));
    present.resolve(standsAt(7));
    expect((await first).value).toBe(7);
    await time.pass(250);
    expect(await value(count)).toBe(8);
  });

  test('never falls', async () => {
    let total = 5;
    const { live, events, time } = await liveWith(async () => standsAt(total));
    const count = await live.count(about('blog'), {});
    expect(await value(count)).toBe(5);
    for (total of [4, 6]) {
      events.publish(standing({ visits: 1 }));
      await time.pass(250);
    }
    expect(await value(count)).toBe(6);
  });

  test('is read again for who comes while another follows, if there is something newer', async () => {
    let total = 1;
    const { live, events, time, reads } = await liveWith(async () => standsAt(total));
    expect(await value(await live.count(about('blog'), {}))).toBe(1);
    expect(await value(await live.count(about('blog'), {}))).toBe(1);
    expect(reads).toHaveLength(1);
    total = 2;
    events.publish(standing({ visits: 2 }));
    const later = (await live.count(about('blog'), {})).next();
    await time.pass(250);
    expect((await later).value).toBe(2);
  });

  test('goes on where the storage was away for a while, and fails where it is away from the start', async () => {
    const away = new DomainError('UNAVAILABLE', 'The storage is away.');
    let answer = async (): Promise<Totals> => Promise.reject(away);
    const { live, events, time } = await liveWith(() => answer());
    await expect((await live.count(about('blog'), {})).next()).rejects.toBe(away);
    await settled();
    expect([events.listening(), time.waiting()]).toEqual([0, 0]);

    answer = async () => standsAt(1);
    const count = await live.count(about('blog'), {});
    expect(await value(count)).toBe(1);
    await time.pass(250);
    answer = () => Promise.reject(away);
    events.publish(standing({ visits: 1 }));
    const meanwhile = (await live.count(about('blog'), {})).next();
    await time.pass(250);
    expect((await meanwhile).value).toBe(1);
    answer = async () => standsAt(2);
    await time.pass(250);
    expect(await value(count)).toBe(2);

    await time.pass(250);
    const mistake = new Error('a mistake of ours');
    answer = () => Promise.reject(mistake);
    events.publish(standing({ visits: 1 }));
    await expect(count.next()).rejects.toBe(mistake);
  });

  test.each(['its reader', 'the service'])('leaves nothing behind when %s ends it', async (who) => {
    const present = deferred<Totals>();
    const { live, events, time } = await liveWith(() => present.promise);
    const [reading, resting] = [await live.count(about('blog'), {}), await live.count(about('docs'), {})];
    const ends = [reading.next(), resting.next()];
    await settled();
    present.resolve(standsAt(1));
    await settled();
    expect([events.listening(), time.waiting()]).toEqual([2, 2]);
    if (who === 'the service') live.close();
    else await Promise.all([reading.return?.(), resting.return?.()]);
    await Promise.all(ends);
    await settled();
    expect([events.listening(), time.waiting()]).toEqual([0, 0]);
  });

  test('leaves no timer behind when it ends during a read', async () => {
    const present = deferred<Totals>();
    const { live, events, time } = await liveWith(() => present.promise);
    const count = await live.count(about('blog'), {});
    const first = count.next();
    await settled();
    await count.return?.();
    present.resolve(standsAt(1));
    await first;
    await settled();
    expect([events.listening(), time.waiting()]).toEqual([0, 0]);
  });
});

describe('the live votes of a page', () => {
  const tally = (up: number, changes: number, changed: Partial<VotedPage> = {}) => ({
    siteId: 1,
    path: '/a',
    up,
    down: 0,
    changes,
    ...changed,
  });

  test('are the present ones, then each change, on that page of that site only', async () => {
    const { live, events } = await liveWith(async () => standsAt(0));
    const votes = await live.votes(about('blog'), '/a/');
    expect(await value(votes)).toMatchObject({ site: 'blog', path: '/a', up: 0, down: 0 });
    const next = votes.next();
    events.publish({
      counted: [],
      pages: [],
      voted: [tally(7, 1, { siteId: 2 }), tally(8, 1, { path: '/b' }), tally(1, 1)],
      sites: [],
    });
    expect((await next).value).toMatchObject({ up: 1 });
  });

  test('can fall, but what is older than what was told is no news', async () => {
    const { live, events, time } = await liveWith(async () => standsAt(0));
    const votes = await live.votes(about('blog'), '/a');
    await value(votes);
    const tell = (...voted: VotedPage[]) => events.publish({ counted: [], pages: [], voted, sites: [] });
    tell(tally(3, 3));
    expect(await value(votes)).toMatchObject({ up: 3 });
    await time.pass(250);
    const next = votes.next();
    tell(tally(2, 2));
    tell(tally(2, 4));
    expect((await next).value).toMatchObject({ up: 2 });
  });

  test('give a slow reader the newest only', async () => {
    const { live, events, time } = await liveWith(async () => standsAt(0));
    const votes = await live.votes(about('blog'), '/a');
    await value(votes);
    for (let up = 1; up <= 100; up += 1)
      events.publish({ counted: [], pages: [], voted: [tally(up, up)], sites: [] });
    await time.pass(250);
    expect(await value(votes)).toMatchObject({ up: 100 });
  });
});

describe('visits as they count', () => {
  test('are those of the site, in the order they were counted', async () => {
    const { domain, visit, events } = await createWorld();
    const visits = await domain.live.visitCounted(about('blog'), null);
    const first = visits.next();
    await settled();
    await visit('/a');
    await visit('/b');
    events.publish(commit(counted({ siteId: 2, path: '/elsewhere' })));
    await visit('/a');
    expect((await first).value).toMatchObject({ path: '/a', registeredAt: START });
    expect(await value(visits)).toMatchObject({ path: '/b' });
    expect(await value(visits)).toMatchObject({ path: '/a' });
  });

  test('can be those of one page', async () => {
    const { domain, visit } = await createWorld();
    const visits = await domain.live.visitCounted(about('blog'), '/user/7/');
    const first = visits.next();
    await settled();
    await visit('/a');
    await visit('/user/8');
    expect((await first).value).toMatchObject({ path: '/user/:id' });
  });

  test('are not told for a visit that is posted again', async () => {
    const { domain, read, visit } = await createWorld();
    const visits = await domain.live.visitCounted(about('blog'), null);
    const first = visits.next();
    await settled();
    const visitId = await read('/a');
    for (let time = 0; time < 3; time += 1) await domain.visits.postSleep({ visitId }, nobody);
    await visit('/b');
    expect((await first).value).toMatchObject({ path: '/a' });
    expect(await value(visits)).toMatchObject({ path: '/b' });
  });

  test('wait for a slow reader in bounded number: the oldest give way to a gap', async () => {
    const { live, events } = await liveWith(async () => standsAt(0));
    const visits = await live.visitCounted(about('blog'), null);
    const first = visits.next();
    await settled();
    events.publish(commit(...Array.from({ length: 1_000 }, (_, index) => counted({ nonce: index }))));
    expect((await first).value).toMatchObject({ nonce: 0 });
    expect(await value(visits)).toBeNull();
    for (let nonce = 1_000 - 256; nonce < 1_000; nonce += 1) {
      expect(await value(visits)).toMatchObject({ nonce });
    }
  });

  test('have one gap where some of other replicas may have been lost, once more for each time one is read', async () => {
    const { live, events } = await liveWith(async () => standsAt(0));
    const visits = await live.visitCounted(about('blog'), '/a');
    const first = visits.next();
    await settled();
    events.publish(commit(counted({ nonce: 1 })));
    for (let time = 0; time < 3; time += 1) events.miss();
    events.publish(commit(counted({ nonce: 2 })));
    events.miss();
    expect((await first).value).toMatchObject({ nonce: 1 });
    expect(await value(visits)).toBeNull();
    expect(await value(visits)).toMatchObject({ nonce: 2 });
    expect(await value(visits)).toBeNull();
  });
});

describe('after commits of other replicas may have been lost', () => {
  test('a count of a page is what stands, and so are its votes', async () => {
    let visits = 1;
    const { live, events } = await liveWith(async () => standsAt(visits));
    const count = await live.count(about('blog'), { path: '/a' });
    expect(await value(count)).toBe(1);
    visits = 5;
    events.miss();
    expect(await value(count)).toBe(5);
  });

  test('the count of a site is what stands', async () => {
    let visits = 1;
    const { live, events, time } = await liveWith(async () => standsAt(visits));
    const count = await live.count(about('blog'), {});
    expect(await value(count)).toBe(1);
    await time.pass(250);
    visits = 5;
    events.miss();
    expect(await value(count)).toBe(5);
    await count.return?.();
  });

  test('a page is read once for all who follow it, and few at once', async () => {
    const reads: (() => void)[] = [];
    let present = async () => standsAt(0);
    const { live, events } = await liveWith(() => present());
    const counts = await Promise.all(
      Array.from({ length: 100 }, (_, index) => live.count(about('blog'), { path: `/${index % 10}` })),
    );
    await Promise.all(counts.map(value));
    present = () => new Promise((resolve) => reads.push(() => resolve(standsAt(7))));
    const next = Promise.all(counts.map(value));
    await settled();
    events.miss();
    await settled();
    let total = 0;
    while (reads.length > 0) {
      expect(reads.length).toBeLessThanOrEqual(3);
      for (const answer of reads.splice(0)) {
        answer();
        total += 1;
      }
      await settled();
    }
    expect(await next).toEqual(Array(100).fill(7));
    expect(total).toBe(10);
  });

  test('the storage may be away for a while; a mistake of ours ends it', async () => {
    const away = new DomainError('UNAVAILABLE', 'The storage is away.');
    let answer = async (): Promise<Totals> => standsAt(1);
    const { live, events, time } = await liveWith(() => answer());
    const count = await live.count(about('blog'), { path: '/a' });
    expect(await value(count)).toBe(1);
    answer = () => Promise.reject(away);
    events.miss();
    await settled();
    expect(time.waiting()).toBe(1);
    answer = async () => standsAt(4);
    await time.pass(2_000);
    expect(await value(count)).toBe(4);

    answer = () => Promise.reject(away);
    events.miss();
    await settled();
    await count.return?.();
    await settled();
    expect([events.listening(), time.waiting()]).toEqual([0, 0]);

    answer = async () => standsAt(1);
    const other = await live.count(about('blog'), { path: '/a' });
    await value(other);
    answer = () => Promise.reject(new Error('a mistake of ours'));
    events.miss();
    await expect(other.next()).rejects.toThrow('a mistake of ours');
  });
});

describe('a subscription that ends', () => {
  test('by its reader leaves nothing behind', async () => {
    const { domain, events } = await createWorld();
    const count = await domain.live.count(about('blog'), { path: '/a' });
    const visits = await domain.live.visitCounted(about('blog'), null);
    expect(events.listening()).toBe(0);
    await count.next();
    const waiting = visits.next();
    await settled();
    expect(events.listening()).toBe(2);

    await Promise.all([count.return?.(), visits.return?.()]);
    expect(await waiting).toEqual({ value: undefined, done: true });
    expect(events.listening()).toBe(0);
  });

  test('before anything was read leaves nothing behind', async () => {
    const { domain, events } = await createWorld();
    const count = await domain.live.count(about('blog'), { path: '/a' });
    await count.return?.();
    expect(await count.next()).toEqual({ value: undefined, done: true });
    expect(events.listening()).toBe(0);
  });

  test('while the present value is looked up leaves nothing behind', async () => {
    const present = deferred<Totals>();
    const { live, events } = await liveWith(() => present.promise);
    const count = await live.count(about('blog'), { path: '/a' });
    const first = count.next();
    await settled();
    const ended = count.return?.();
    present.resolve(standsAt(1));
    await ended;
    await first;
    await settled();
    expect(events.listening()).toBe(0);
  });

  test('by the service ends for its reader, with all others', async () => {
    const { domain, events } = await createWorld();
    const count = await domain.live.count(about('blog'), { path: '/a' });
    const visits = await domain.live.visitCounted(about('blog'), null);
    await count.next();
    const waiting = [count.next(), visits.next()];
    await settled();
    domain.live.close();
    expect(await Promise.all(waiting)).toEqual([
      { value: undefined, done: true },
      { value: undefined, done: true },
    ]);
    await settled();
    expect(events.listening()).toBe(0);
  });

  test('by the service does not come back: one that begins later ends at once', async () => {
    const { domain, events } = await createWorld();
    const before = await domain.live.visitCounted(about('blog'), null);
    domain.live.close();
    const after = await domain.live.visitCounted(about('blog'), null);
    const ends = [before.next(), after.next()];
    await settled();
    expect(events.listening()).toBe(0);
    expect((await Promise.all(ends)).map(({ done }) => done)).toEqual([true, true]);
  });
});
