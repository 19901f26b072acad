import { describe, expect, test } from 'vitest';
import { DomainError } from './errors.ts';
import { createMemoryStorage } from './memory-storage.testing.ts';
import type { Present } from './real-time/present.ts';
import { createRealTime } from './real-time.ts';
import { createSites } from './sites.ts';
import type { RecentVisit } from './statistics/figures.ts';
import { createTime } from './time.testing.ts';
import { about, accessTo, blog, createBus, deferred, docs, START, settled, stored } from './world.testing.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const away = new DomainError('UNAVAILABLE', 'The storage is away.');

/** Two sites whose visits are what a test says they are. */
function createScene() {
  const time = createTime();
  const events = createBus();
  const visits = new Map<number, RecentVisit[]>();
  const reads: { siteId: number; second: number }[] = [];
  let answer: (found: RecentVisit[]) => Promise<RecentVisit[]> = async (found) => found;

  const realTime = createRealTime({
    storage: {
      statistics: {
        async recent(siteId, since) {
          reads.push({ siteId, second: (time.clock.now() - START) / SECOND });
          const found = visits.get(siteId) ?? [];
          return answer(found.filter(({ registeredAt }) => registeredAt >= since));
        },
      },
    },
    sites: createSites({
      storage: { sites: async () => [stored(blog, 1), stored(docs, 2)] },
      access: accessTo(createMemoryStorage(), time.clock.now),
      clock: time.clock.now,
    }),
    events,
    clock: time.clock.now,
    schedule: time.schedule,
  });
  const publish = (siteId: number) => events.publish({ counted: [], pages: [], voted: [], sites: [siteId] });

  return {
    realTime,
    events,
    time,
    reads,
    publish,
    /** What the storage does with what it finds. */
    answers(does: typeof answer) {
      answer = does;
    },
    /** Counts a visit that was registered just now. */
    visit(path: string, changes: Partial<RecentVisit> = {}, siteId = 1) {
      const registeredAt = time.clock.now();
      const visit = { path, registeredAt, pixel: false, visitor: 0, spentSeconds: null, ...changes };
      visits.set(siteId, [...(visits.get(siteId) ?? []), visit]);
      publish(siteId);
    },
    /** Every page reports on leaving. */
    leave(siteId = 1) {
      visits.set(
        siteId,
        (visits.get(siteId) ?? []).map((visit) => ({ ...visit, spentSeconds: 5 })),
      );
      publish(siteId);
    },
    /** Watches, and keeps all that it is told. */
    async watch(path: string | null = null, site = 'blog') {
      const presents: Present[] = [];
      const iterator = await realTime.watch(about(site), path);
      const outcome = (async () => {
        for await (const present of iterator) presents.push(present);
        return 'ended';
      })().catch((error: unknown) => error);
      await settled();
      return {
        presents,
        outcome,
        visitors: () => presents.map(({ visitors }) => visitors),
        end: async () => {
          await iterator.return?.();
          await settled();
        },
      };
    },
  };
}

describe('who watches', () => {
  test('is told the present, then each change: visits, and reports on leaving', async () => {
    const { watch, visit, leave, time } = createScene();
    visit('/a');
    const site = await watch();
    expect(site.presents).toMatchObject([{ at: START, visitors: 1, pages: [{ path: '/a', visitors: 1 }] }]);
    await time.pass(10 * SECOND);
    visit('/b');
    await settled();
    expect(site.presents.at(-1)).toMatchObject({ at: START + 10 * SECOND, visitors: 2 });
    expect(site.presents.at(-1)?.minutes.at(-1)).toEqual({ start: START, visits: 2, pixelViews: 0 });
    await time.pass(10 * SECOND);
    leave();
    await settled();
    expect(site.presents.at(-1)).toMatchObject({ visitors: 0, pages: [] });
    expect(site.visitors()).toEqual([1, 2, 0]);
  });

  test('is told what stands after commits of other replicas may have been lost', async () => {
    const { watch, answers, events, time } = createScene();
    const site = await watch();
    await time.pass(10 * SECOND);
    const registeredAt = time.clock.now();
    answers(async () => [{ path: '/a', registeredAt, pixel: false, visitor: 0, spentSeconds: null }]);
    events.miss();
    await settled();
    expect(site.visitors()).toEqual([0, 1]);
  });

  test('one page is told of that page only, and of it what the site says', async () => {
    const { watch, visit, time } = createScene();
    const [site, page] = [await watch(), await watch('/a/')];
    for (const path of ['/b', '/a', '/b']) {
      await time.pass(2 * SECOND);
      visit(path, { visitor: 7 });
    }
    await time.pass(2 * SECOND);
    expect(site.presents.map(({ pages }) => pages.map(({ path }) => path))).toEqual([
      [],
      ['/b'],
      ['/a'],
      ['/b'],
    ]);
    // The one reader moved on.
    expect(page.visitors()).toEqual([0, 1, 0]);
    expect(page.presents.at(-1)?.minutes.at(-1)).toMatchObject({ visits: 1 });
  });

  test('a page that is not there yet is told of it when it is there, whatever of its paths was asked for', async () => {
    const { watch, visit, realTime, time } = createScene();
    const page = await watch('/user/7');
    expect(page.visitors()).toEqual([0]);
    expect(await realTime.present(about('blog'), '/user/7')).toEqual(page.presents[0]);
    await time.pass(SECOND);
    visit('/user/:id');
    await settled();
    expect(page.visitors()).toEqual([0, 1]);
  });

  test('is told of pixel views, which bring no visitor', async () => {
    const { watch, visit, time } = createScene();
    const site = await watch();
    await time.pass(SECOND);
    visit('/a', { pixel: true });
    await settled();
    expect(site.presents.at(-1)).toMatchObject({ visitors: 0, pages: [] });
    expect(site.presents.at(-1)?.minutes.at(-1)).toMatchObject({ visits: 0, pixelViews: 1 });
  });

  test('is told nothing of another site, for which nothing is read either', async () => {
    const { watch, visit, reads, time } = createScene();
    const site = await watch();
    await time.pass(SECOND);
    visit('/a', {}, 2);
    await time.pass(5 * MINUTE);
    expect(site.visitors()).toEqual([0]);
    expect(reads).toEqual([{ siteId: 1, second: 0 }]);
  });

  test('is told nothing where what changed is not to be seen', async () => {
    const { watch, publish, reads, time } = createScene();
    const site = await watch();
    await time.pass(SECOND);
    publish(1);
    await settled();
    expect(reads).toHaveLength(2);
    expect(site.presents).toHaveLength(1);
  });

  test('sees what a query sees', async () => {
    const { watch, visit, realTime } = createScene();
    for (const path of ['/a', '/b', '/a']) visit(path);
    const [site, page] = [await watch(), await watch('/a')];
    expect(site.presents).toEqual([await realTime.present(about('blog'), null)]);
    expect(page.presents).toEqual([await realTime.present(about('blog'), '/a')]);
  });

  test('slowly is told the newest only', async () => {
    const { realTime, visit, time } = createScene();
    const site = await realTime.watch(about('blog'), null);
    expect((await site.next()).value).toMatchObject({ visitors: 0 });
    for (let visits = 0; visits < 20; visits += 1) {
      await time.pass(2 * SECOND);
      visit('/a');
    }
    await settled();
    expect((await site.next()).value).toMatchObject({ visitors: 20 });
  });

  test('is refused for what is no path, and for a site there is not', async () => {
    const { realTime } = createScene();
    for (const ask of [realTime.watch, realTime.present]) {
      await expect(ask(about('blog'), '//host')).rejects.toMatchObject({ code: 'INVALID_PATH' });
      await expect(ask(about('shop'), null)).rejects.toMatchObject({ code: 'SITE_NOT_FOUND' });
      await expect(ask(about(null), null)).rejects.toMatchObject({ code: 'SITE_REQUIRED' });
    }
  });
});

describe('as time passes', () => {
  test('somebody who never reports on leaving is gone after 30 minutes', async () => {
    const { watch, visit, time } = createScene();
    await time.pass(20 * SECOND);
    visit('/a');
    const site = await watch();
    await time.pass(30 * MINUTE - 1);
    expect(site.presents.at(-1)).toMatchObject({ visitors: 1 });
    await time.pass(1);
    expect(site.presents.at(-1)).toMatchObject({ at: START + 30 * MINUTE + 20 * SECOND, visitors: 0 });
  });

  test('the minutes move on once a minute, until nothing is in them', async () => {
    const { watch, visit, leave, time, reads } = createScene();
    visit('/a');
    leave();
    const site = await watch();
    const starts = () => site.presents.map(({ minutes }) => (minutes.at(-1)?.start ?? 0) - START);
    await time.pass(2 * MINUTE);
    expect(starts()).toEqual([0, MINUTE, 2 * MINUTE]);
    expect(site.presents.map(({ minutes }) => minutes.findIndex(({ visits }) => visits > 0))).toEqual([
      29, 28, 27,
    ]);
    await time.pass(60 * MINUTE);
    expect(starts()).toHaveLength(31);
    expect(site.presents.at(-1)?.minutes.every(({ visits }) => visits === 0)).toBe(true);
    expect(reads).toHaveLength(31);
  });

  test('nothing is told and nothing read of a site where nothing is', async () => {
    const { watch, time, reads } = createScene();
    const site = await watch();
    await time.pass(120 * MINUTE);
    expect(site.presents).toHaveLength(1);
    expect(reads).toHaveLength(1);
    expect(time.waiting()).toBe(0);
  });

  test('a page where nothing is stays quiet while the minutes of another move on', async () => {
    const { watch, visit, time } = createScene();
    visit('/a');
    const page = await watch('/b');
    await time.pass(5 * MINUTE);
    expect(page.presents).toHaveLength(1);
  });
});

describe('the reader', () => {
  test('is one for all who watch a site and its pages', async () => {
    const { watch, visit, time, reads, events } = createScene();
    const watching = await Promise.all([null, null, '/a', '/a', '/b', '/new'].map((path) => watch(path)));
    expect(events.listening()).toBe(1);
    await time.pass(2 * SECOND);
    visit('/a');
    await settled();
    expect(reads).toHaveLength(2);
    expect(watching.map(({ presents }) => presents.at(-1)?.visitors)).toEqual([1, 1, 1, 1, 0, 0]);
    expect(watching[0]?.presents.at(-1)).toBe(watching[1]?.presents.at(-1));
    const later = await watch();
    expect(later.visitors()).toEqual([1]);
    expect(reads).toHaveLength(2);
  });

  test('of one site does not wait for that of another', async () => {
    const { watch, visit, time, answers, reads } = createScene();
    const [first, second] = [await watch(null, 'blog'), await watch(null, 'docs')];
    await time.pass(2 * SECOND);
    answers((found) => (reads.at(-1)?.siteId === 1 ? new Promise(() => {}) : Promise.resolve(found)));
    visit('/a', {}, 1);
    visit('/a', {}, 2);
    await settled();
    expect([first.visitors(), second.visitors()]).toEqual([[0], [0, 1]]);
  });

  test('reads at most once a second, and misses nothing', async () => {
    const { watch, visit, time, reads } = createScene();
    const site = await watch();
    for (let tenth = 0; tenth < 50; tenth += 1) {
      await time.pass(100);
      visit('/a');
    }
    await time.pass(SECOND);
    expect(reads.map(({ second }) => second)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(site.visitors()).toEqual([0, 9, 19, 29, 39, 49, 50]);
  });

  test('rests ten times as long as it read', async () => {
    const { watch, visit, time, answers, reads } = createScene();
    answers(async (found) => {
      time.clock.pass(500);
      return found;
    });
    await watch();
    for (let tenth = 0; tenth < 150; tenth += 1) {
      await time.pass(100);
      visit('/a');
    }
    expect(reads.map(({ second }) => second)).toEqual([0, 5.5, 11]);
  });

  test('goes on after a clock that was set while it read', async () => {
    const { watch, visit, time, answers, reads } = createScene();
    answers(async (found) => {
      time.clock.pass(6 * 60 * MINUTE);
      return found;
    });
    await watch();
    answers(async (found) => found);
    visit('/a');
    await time.pass(5 * MINUTE);
    expect(reads).toHaveLength(2);
  });

  test('reads again what changed while it read', async () => {
    const { watch, visit, time, answers } = createScene();
    const slow = deferred<RecentVisit[]>();
    answers(() => slow.promise);
    const site = await watch();
    visit('/a');
    answers(async (found) => found);
    slow.resolve([]);
    await settled();
    expect(site.visitors()).toEqual([0]);
    await time.pass(SECOND);
    expect(site.visitors()).toEqual([0, 1]);
  });

  test('has nothing to do when nobody watches', async () => {
    const { watch, visit, time, reads, events } = createScene();
    visit('/a');
    const [site, page] = [await watch(), await watch('/a')];
    await site.end();
    expect(events.listening()).toBe(1);
    visit('/a');
    await page.end();
    expect(events.listening()).toBe(0);
    await time.pass(60 * MINUTE);
    expect(reads).toHaveLength(1);
    expect(time.waiting()).toBe(0);

    visit('/a');
    const later = await watch();
    await time.pass(10 * SECOND);
    // What waits for the minute to turn does so no longer.
    await later.end();
    expect(time.waiting()).toBe(0);
    expect(reads).toHaveLength(2);
  });

  test('finds what happened while nobody watched', async () => {
    const { watch, visit, time } = createScene();
    const before = await watch();
    await before.end();
    visit('/a');
    const after = await watch();
    await time.pass(SECOND);
    expect(after.visitors()).toEqual([0, 1]);
  });

  test('is not hurried by those who come and go', async () => {
    const { watch, visit, time, reads } = createScene();
    for (let tenth = 0; tenth < 20; tenth += 1) {
      visit('/a');
      const site = await watch();
      expect(site.presents).toHaveLength(1);
      await site.end();
      await time.pass(100);
    }
    expect(reads.map(({ second }) => second)).toEqual([0, 1]);
    const last = await watch();
    await time.pass(SECOND);
    expect(last.visitors().at(-1)).toBe(20);
  });
});

describe('while the storage is away', () => {
  test('a watch that begins is refused, and one that begins later is not', async () => {
    const { watch, answers, time, events, reads } = createScene();
    answers(() => Promise.reject(away));
    for (const path of [null, '/a', null]) expect(await (await watch(path)).outcome).toBe(away);
    // Of which the later ones did not ask again.
    expect(reads).toHaveLength(1);
    expect(events.listening()).toBe(0);
    answers(async (found) => found);
    await time.pass(SECOND);
    expect((await watch()).visitors()).toEqual([0]);
  });

  test('a query is refused', async () => {
    const { realTime, answers } = createScene();
    answers(() => Promise.reject(away));
    await expect(realTime.present(about('blog'), null)).rejects.toBe(away);
  });

  test('what was known stands, and what changed is told when it is back', async () => {
    const { watch, visit, answers, time, reads } = createScene();
    visit('/a');
    const site = await watch();
    await time.pass(2 * SECOND);
    answers(() => Promise.reject(away));
    visit('/a');
    await time.pass(10 * SECOND);
    expect(site.visitors()).toEqual([1]);
    expect((await watch()).visitors()).toEqual([1]);
    // Tried again once a second.
    expect(reads).toHaveLength(12);
    answers(async (found) => found);
    await time.pass(SECOND);
    expect(site.visitors()).toEqual([1, 2]);
  });

  test('it is not the storage where the program is wrong: then all end with what it was', async () => {
    const { watch, visit, answers, time } = createScene();
    const site = await watch();
    await time.pass(2 * SECOND);
    const mistake = new TypeError('wrong');
    answers(() => Promise.reject(mistake));
    visit('/a');
    expect(await site.outcome).toBe(mistake);
    await time.pass(5 * MINUTE);
    expect(time.waiting()).toBe(0);
  });
});

describe('a watch that ends', () => {
  test('by the service ends for its reader, with all others', async () => {
    const { watch, visit, realTime, events, time } = createScene();
    visit('/a');
    const watching = [await watch(), await watch('/a'), await watch(null, 'docs')];
    realTime.close();
    expect(await Promise.all(watching.map(({ outcome }) => outcome))).toEqual(['ended', 'ended', 'ended']);
    await settled();
    expect(events.listening()).toBe(0);
    expect(time.waiting()).toBe(0);
    expect(await (await watch()).outcome).toBe('ended');
  });

  test('by the service while the present is read leaves nothing behind', async () => {
    const { watch, answers, realTime, events, time } = createScene();
    const slow = deferred<RecentVisit[]>();
    answers(() => slow.promise);
    const site = await watch();
    realTime.close();
    slow.reject(away);
    expect(await site.outcome).toBe('ended');
    await settled();
    expect(events.listening()).toBe(0);
    expect(time.waiting()).toBe(0);
  });

  test('before anything was read has never begun', async () => {
    const { realTime, reads, events } = createScene();
    const site = await realTime.watch(about('blog'), null);
    await site.return?.();
    expect(await site.next()).toEqual({ value: undefined, done: true });
    expect(reads).toEqual([]);
    expect(events.listening()).toBe(0);
  });
});
