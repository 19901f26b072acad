import { describe, expect, test } from 'vitest';
import { NO_TRAITS } from './dimensions/dimension.ts';
import type { HistoryArguments, HistoryPage } from './history.ts';
import { DEFAULT_HISTORY_SIZE, MAX_HISTORY_SIZE } from './history.ts';
import type { Visit } from './visit.ts';
import { about, blog, createWorld, docs, START } from './world.testing.ts';

/** A page with as many visits as asked for, a second apart, the nonce being their number. */
async function pageWith(count: number) {
  const world = await createWorld();
  const page = await world.storage.addPage(1, '/a', START);
  const add = (nonce: number) =>
    world.storage.countVisit({
      siteId: 1,
      pageId: page.id,
      registeredAt: START + nonce * 1000,
      nonce,
      kind: 'visit',
      traits: NO_TRAITS,
      visitor: null,
    });
  for (let nonce = 1; nonce <= count; nonce += 1) await add(nonce);
  return {
    ...world,
    add,
    read: (range: HistoryArguments) => world.domain.history.read(about('blog'), '/a', range),
  };
}

const numbers = (visits: readonly Visit[]) => visits.map(({ nonce }) => nonce);
const shown = ({ visits, hasNextPage, hasPreviousPage }: HistoryPage) => [
  numbers(visits),
  { next: hasNextPage, previous: hasPreviousPage },
];

describe('the history of a page', () => {
  test('begins with the newest visit', async () => {
    const { read } = await pageWith(3);
    expect(shown(await read({}))).toEqual([[3, 2, 1], { next: false, previous: false }]);
  });

  test('is read in pages from the newest on, without gap or repeat', async () => {
    const { read } = await pageWith(5);
    const one = await read({ first: 2 });
    const two = await read({ first: 2, after: one.visits.at(-1) });
    const three = await read({ first: 2, after: two.visits.at(-1) });
    expect([one, two, three].map(shown)).toEqual([
      [[5, 4], { next: true, previous: false }],
      [[3, 2], { next: true, previous: true }],
      [[1], { next: false, previous: true }],
    ]);
  });

  test('is read in pages from the oldest on, each newest first', async () => {
    const { read } = await pageWith(5);
    const one = await read({ last: 2 });
    const two = await read({ last: 2, before: one.visits[0] });
    const three = await read({ last: 2, before: two.visits[0] });
    expect([one, two, three].map(shown)).toEqual([
      [[2, 1], { next: false, previous: true }],
      [[4, 3], { next: true, previous: true }],
      [[5], { next: true, previous: false }],
    ]);
  });

  test('can be cut at both ends', async () => {
    const { read } = await pageWith(5);
    const [five, , , , one] = (await read({})).visits;
    expect(numbers((await read({ after: five, before: one })).visits)).toEqual([4, 3, 2]);
    expect(numbers((await read({ last: 2, after: five, before: one })).visits)).toEqual([3, 2]);
  });

  test('goes on where it was when new visits come', async () => {
    const { read, add } = await pageWith(4);
    const one = await read({ first: 2 });
    await add(5);
    expect(numbers((await read({ first: 2, after: one.visits.at(-1) })).visits)).toEqual([2, 1]);
  });

  test('fills its last page exactly without promising another', async () => {
    const { read } = await pageWith(4);
    expect((await read({ first: 4 })).hasNextPage).toBe(false);
    expect((await read({ last: 4 })).hasPreviousPage).toBe(false);
  });

  test('is as long as usual where nothing is asked for', async () => {
    const { read } = await pageWith(DEFAULT_HISTORY_SIZE + 1);
    for (const range of [{}, { first: null, last: null, after: null, before: null }]) {
      const { visits, hasNextPage } = await read(range);
      expect([visits.length, hasNextPage]).toEqual([DEFAULT_HISTORY_SIZE, true]);
    }
  });

  test('is empty for a page that nobody has read yet', async () => {
    const { read } = await pageWith(0);
    expect(shown(await read({}))).toEqual([[], { next: false, previous: false }]);
  });

  test('is that of the page however its path is written', async () => {
    const { domain, visit } = await createWorld();
    await visit('/user/7');
    const { page, visits } = await domain.history.read(about('blog'), '/user/8/', {});
    expect([page.path, visits.length]).toEqual(['/user/:id', 1]);
  });
});

describe('a history is refused', () => {
  const impossible = [0, -1, 1.5, Number.NaN, MAX_HISTORY_SIZE + 1];
  test.each(
    impossible.flatMap((size) => [
      ['first', size, { first: size }] as const,
      ['last', size, { last: size }] as const,
    ]),
  )('with %s = %d, by the name of the argument', async (name, size, range) => {
    const { read } = await pageWith(1);
    await expect(read(range)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: `${name} is ${size}; it must be from 1 to ${MAX_HISTORY_SIZE}.`,
    });
  });

  test('from both ends at once', async () => {
    const { read } = await pageWith(1);
    await expect(read({ first: 1, last: 1 })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  test('for a path that is no page, is no path, or is of no site', async () => {
    const { domain, asked } = await createWorld({ sites: [blog, docs] });
    const refusal = (site: string | null, path: string) =>
      domain.history.read(about(site), path, {}).catch((error) => error.code);
    expect(await refusal('blog', '/never')).toBe('PAGE_NOT_FOUND');
    expect(await refusal('blog', '//host')).toBe('INVALID_PATH');
    expect(await refusal('shop', '/a')).toBe('SITE_NOT_FOUND');
    expect(await refusal(null, '/a')).toBe('SITE_REQUIRED');
    expect(asked).toEqual([]);
  });
});

describe('all visits of a page', () => {
  async function chunksOf(count: number) {
    const { domain, storage } = await pageWith(count);
    const { site, chunks } = await domain.history.stream(about('blog'), '/a');
    const sizes: number[] = [];
    const all: number[] = [];
    for await (const chunk of chunks) {
      sizes.push(chunk.length);
      all.push(...numbers(chunk));
    }
    return { site, sizes, all, queries: storage.calls('visits') };
  }

  test.each([
    [0, []],
    [1, [1]],
    [1_000, [1_000]],
    [2_001, [1_000, 1_000, 1]],
  ])('(%d) come in chunks, oldest first, each once', async (count, expected) => {
    const { sizes, all, site } = await chunksOf(count);
    expect(sizes).toEqual(expected);
    expect(all).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    expect(site.slug).toBe('blog');
  });

  test('are read only as far as somebody takes them', async () => {
    const { domain, storage } = await pageWith(2_001);
    const { chunks } = await domain.history.stream(about('blog'), '/a');
    for await (const chunk of chunks) {
      expect(chunk).toHaveLength(1_000);
      break;
    }
    expect(storage.calls('visits')).toBe(1);
  });

  test('of a page there is not are refused before the first is read', async () => {
    const { domain } = await createWorld();
    await expect(domain.history.stream(about('blog'), '/never')).rejects.toMatchObject({
      code: 'PAGE_NOT_FOUND',
    });
  });
});
