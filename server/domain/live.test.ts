import { describe, expect, test } from 'vitest';
import { createAccess } from './access.ts';
import { createLive } from './live.ts';
import { createMemoryStorage } from './memory-storage.testing.ts';
import type { Commit } from './ports.ts';
import { createSites } from './sites.ts';
import type { CountedVisit } from './visit.ts';
import {
  about,
  blog,
  createBus,
  createClock,
  createWorld,
  deferred,
  docs,
  nobody,
  START,
  settled,
} from './world.testing.ts';

function counted(changes: Partial<CountedVisit>): CountedVisit {
  return {
    siteId: 1,
    pageId: 1,
    registeredAt: START,
    nonce: 1,
    path: '/a',
    referrer: null,
    spentSeconds: null,
    pageVisits: 1,
    ...changes,
  };
}

const commit = (...visits: CountedVisit[]): Commit => ({
  counted: visits,
  sites: [...new Set(visits.map(({ siteId }) => siteId))],
});

/** Subscriptions on a bus of the test's, with a present value that the test gives when it likes. */
async function liveWith(pageVisits: () => Promise<number>) {
  const storage = createMemoryStorage();
  await storage.declareSites([blog, docs], START);
  const events = createBus();
  const live = createLive({
    storage: { pageVisits },
    sites: createSites({
      storage,
      access: createAccess({ adminToken: null }),
      clock: createClock().now,
    }),
    events,
  });
  return { live, events };
}

const value = async <T>(iterator: AsyncIterator<T>) => (await iterator.next()).value;

describe('the live count of a page', () => {
  test('is the present value, then each change', async () => {
    const { domain, visit } = await createWorld();
    await visit('/a');
    const count = await domain.live.count(about('blog'), '/a/');
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
    const count = await domain.live.count(about('blog'), '/new');
    expect(await value(count)).toBe(0);
    await visit('/new');
    expect(await value(count)).toBe(1);
  });

  test('is that of all pages that a pattern folds', async () => {
    const { domain, visit } = await createWorld();
    const count = await domain.live.count(about('blog'), '/user/7');
    expect(await value(count)).toBe(0);
    await visit('/user/8');
    expect(await value(count)).toBe(1);
  });

  test('misses no visit that lands while the present value is looked up', async () => {
    const present = deferred<number>();
    const { live, events } = await liveWith(() => present.promise);
    const count = await live.count(about('blog'), '/a');
    const first = count.next();
    await settled();
    events.publish(commit(counted({ pageVisits: 8 })));
    expect((await first).value).toBe(8);
    // Read before that visit was committed.
    present.resolve(7);
    await settled();
    events.publish(commit(counted({ pageVisits: 9 })));
    expect(await value(count)).toBe(9);
  });

  test('never falls, in whatever order the replicas tell', async () => {
    const { live, events } = await liveWith(async () => 3);
    const count = await live.count(about('blog'), '/a');
    expect(await value(count)).toBe(3);
    const seen: number[] = [];
    for (const pageVisits of [5, 4, 2, 5, 6]) {
      events.publish(commit(counted({ pageVisits })));
      if (pageVisits === 5 && seen.length === 0) seen.push(await value(count));
    }
    expect([...seen, await value(count)]).toEqual([5, 6]);
  });

  test('is told once for a batch, as it stands after it', async () => {
    const { live, events } = await liveWith(async () => 0);
    const count = await live.count(about('blog'), '/a');
    expect(await value(count)).toBe(0);
    events.publish(
      commit(
        counted({ pageVisits: 2 }),
        counted({ pageVisits: 3 }),
        counted({ path: '/b', pageVisits: 50 }),
        counted({ siteId: 2, pageVisits: 90 }),
      ),
    );
    expect(await value(count)).toBe(3);
  });

  test('gives a slow reader the newest value only', async () => {
    const { live, events } = await liveWith(async () => 0);
    const count = await live.count(about('blog'), '/a');
    expect(await value(count)).toBe(0);
    for (let pageVisits = 1; pageVisits <= 1_000; pageVisits += 1)
      events.publish(commit(counted({ pageVisits })));
    expect(await value(count)).toBe(1_000);
  });

  test('fails where the present value cannot be read, and listens no more', async () => {
    const { live, events } = await liveWith(() => Promise.reject(new Error('away')));
    const count = await live.count(about('blog'), '/a');
    await expect(count.next()).rejects.toThrow('away');
    await settled();
    expect(events.listening()).toBe(0);
  });

  test('is refused for what is no path, and for a site there is not', async () => {
    const { domain } = await createWorld();
    await expect(domain.live.count(about('blog'), '//host')).rejects.toMatchObject({ code: 'INVALID_PATH' });
    await expect(domain.live.count(about('shop'), '/a')).rejects.toMatchObject({ code: 'SITE_NOT_FOUND' });
    await expect(domain.live.visitCounted(about('blog'), '//host')).rejects.toMatchObject({
      code: 'INVALID_PATH',
    });
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
    expect((await first).value).toMatchObject({ path: '/a', pageVisits: 1, registeredAt: START });
    expect(await value(visits)).toMatchObject({ path: '/b', pageVisits: 1 });
    expect(await value(visits)).toMatchObject({ path: '/a', pageVisits: 2 });
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

  test('wait for a slow reader in bounded number: the oldest give way', async () => {
    const { live, events } = await liveWith(async () => 0);
    const visits = await live.visitCounted(about('blog'), null);
    const first = visits.next();
    await settled();
    events.publish(commit(...Array.from({ length: 1_000 }, (_, index) => counted({ nonce: index }))));
    expect((await first).value).toMatchObject({ nonce: 0 });
    expect(await value(visits)).toMatchObject({ nonce: 1_000 - 256 });
  });
});

describe('a subscription that ends', () => {
  test('by its reader leaves nothing behind', async () => {
    const { domain, events } = await createWorld();
    const count = await domain.live.count(about('blog'), '/a');
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
    const count = await domain.live.count(about('blog'), '/a');
    await count.return?.();
    expect(await count.next()).toEqual({ value: undefined, done: true });
    expect(events.listening()).toBe(0);
  });

  test('while the present value is looked up leaves nothing behind', async () => {
    const present = deferred<number>();
    const { live, events } = await liveWith(() => present.promise);
    const count = await live.count(about('blog'), '/a');
    const first = count.next();
    await settled();
    const ended = count.return?.();
    present.resolve(1);
    await ended;
    await first;
    await settled();
    expect(events.listening()).toBe(0);
  });

  test('by the service ends for its reader, with all others', async () => {
    const { domain, events } = await createWorld();
    const count = await domain.live.count(about('blog'), '/a');
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
