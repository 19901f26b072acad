import { describe, expect, test } from 'vitest';
import { createMemoryStorage } from '../domain/memory-storage.testing.ts';
import type { SiteDeclaration } from '../domain/site.ts';
import { generateHistory } from './history.ts';
import { loadHistory } from './load.ts';

const UNTIL = 19_783;
const sample: SiteDeclaration = {
  slug: 'sample',
  name: 'Sample',
  baseUrls: ['https://sample.example'],
  callbackOrigin: 'https://sample.example',
  timeZone: 'UTC',
  minDelaySecs: 19,
  pathPatterns: [],
  respectDnt: false,
  retentionDays: null,
  visibility: 'public',
  publicPages: [],
  publicFigures: [],
};

async function world(more: Partial<SiteDeclaration> = {}) {
  const storage = createMemoryStorage();
  const site = await storage.addSite({ ...sample, ...more }, 0);
  const history = (seed = 1) =>
    generateHistory({
      seed,
      visits: 300,
      days: 100,
      pages: 30,
      until: UNTIL,
      timeZone: site.timeZone,
      minDelaySecs: site.minDelaySecs,
      visitorDays: 7,
    });
  return {
    storage,
    history,
    load: (options: { seed?: number; signal?: AbortSignal; progress?: (visits: number) => void } = {}) =>
      loadHistory({ storage, site, history: history(options.seed), visitorDays: 7, ...options }),
  };
}

test('everything in a history is counted, as it was and in its order', async () => {
  const { storage, load, history } = await world();
  const progress: number[] = [];
  const loaded = await load({ progress: (visits) => progress.push(visits) });
  const events = [...history().events];
  const views = events.filter((event) => event.kind !== 'filtered');
  expect(storage.counted()).toEqual(views.map((view) => expect.objectContaining(view)));
  expect(storage.filtered()).toHaveLength(events.length - views.length);
  expect(storage.pages().map(({ path }) => path)).toEqual(history().pages.map(({ path }) => path));
  expect(loaded).toEqual({
    visits: 300,
    pixelViews: 9,
    filteredHits: events.length - views.length,
    countedBefore: 0,
  });
  expect(progress).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
});

describe('a load that was stopped', () => {
  test('has ended what it began', async () => {
    const { storage, load } = await world();
    const stopping = new AbortController();
    const progress = (visits: number) => visits === 50 && stopping.abort();
    const { visits, pixelViews, filteredHits } = await load({ signal: stopping.signal, progress });
    expect(visits).toBeGreaterThanOrEqual(50);
    expect(visits).toBeLessThan(300);
    expect(storage.counted()).toHaveLength(visits + pixelViews);
    expect(storage.filtered()).toHaveLength(filteredHits);
  });

  test('is completed by another one of the same history, which counts nothing twice', async () => {
    const whole = await world();
    await whole.load();
    const { storage, load } = await world();
    const stopping = new AbortController();
    await load({
      signal: stopping.signal,
      progress: (visits) => visits === 50 && stopping.abort(),
    });
    const before = storage.counted().length;

    expect(await load()).toMatchObject({ countedBefore: before });
    expect(storage.counted()).toEqual(whole.storage.counted());
    expect(storage.filtered()).toEqual(whole.storage.filtered());
  });
});

test('another history of the same site comes on top', async () => {
  const { storage, load } = await world();
  await load({ seed: 1 });
  expect(await load({ seed: 2 })).toMatchObject({ visits: 300, countedBefore: 0 });
  expect((await storage.siteTotals(1)).visits).toBe(600);
});

test('paths are folded as the site folds them', async () => {
  const { storage, load } = await world({ pathPatterns: ['/posts/:name'] });
  await load();
  const posts = new Set(storage.counted().flatMap(({ path }) => (path.startsWith('/posts/') ? path : [])));
  expect([...posts]).toEqual(['/posts/:name']);
});

test('what is kept of visitors is destroyed as the days pass, but for the last ones', async () => {
  const { storage, load } = await world();
  for (let day = UNTIL - 120; day <= UNTIL + 1; day += 1) {
    await storage.ensureSalt({ day, value: Uint8Array.of(1) });
  }
  await load();
  const days = (await storage.salts(0)).map(({ day }) => day);
  // Nothing of what a running service needs today.
  expect(days).toEqual(Array.from({ length: 9 }, (_, index) => UNTIL - 7 + index));
});

test('a database that goes away ends it with what it said', async () => {
  const { storage, load } = await world();
  const outcome = load({ progress: (visits) => storage.away(visits >= 20) });
  await expect(outcome).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(storage.counted().length).toBeGreaterThan(0);
});

test('a page that is removed meanwhile ends it', async () => {
  const { storage, load } = await world();
  const outcome = load({
    progress(visits) {
      if (visits === 20) storage.removePage('/');
    },
  });
  await expect(outcome).rejects.toMatchObject({ code: 'PAGE_NOT_FOUND' });
});
