import { expect, test } from 'vitest';
import { createPagedList } from './paged-list.ts';

interface Range {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
}

/** Five nodes, as a connection would give them. */
function createList(variables: Range) {
  const asked: Range[] = [];
  const list = createPagedList(async (range: Range) => {
    asked.push(range);
    const all = [1, 2, 3, 4, 5].filter((n) => n > Number(range.after ?? 0) && n < Number(range.before ?? 6));
    const nodes = range.last ? all.slice(-range.last) : all.slice(0, range.first ?? 2);
    return {
      edges: nodes.map((node) => ({ node })),
      pageInfo: {
        hasNextPage: nodes.at(-1) !== 5,
        hasPreviousPage: nodes.at(0) !== 1,
        startCursor: String(nodes.at(0)),
        endCursor: String(nodes.at(-1)),
      },
    };
  }, variables);
  return { asked, list };
}

test('a list that is awaited is its first page', async () => {
  const { asked, list } = createList({});
  expect((await list).edges).toEqual([{ node: 1 }, { node: 2 }]);
  expect(asked).toHaveLength(1);
});

test('a loop gets each node to the end, and fetches pages when it gets there', async () => {
  const { asked, list } = createList({});
  const seen: [number, number][] = [];
  for await (const node of list) seen.push([node, asked.length]);
  expect(seen).toEqual([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 2],
    [5, 3],
  ]);
});

test('a loop that is left fetches no more', async () => {
  const { asked, list } = createList({ first: 1 });
  for await (const node of list) if (node === 2) break;
  expect(asked).toEqual([{ first: 1 }, { first: 1, after: '1' }]);
});

test('with last, a loop goes from the end to the beginning', async () => {
  const { asked, list } = createList({ last: 2 });
  const seen: number[] = [];
  for await (const node of list) seen.push(node);
  expect(seen).toEqual([5, 4, 3, 2, 1]);
  expect(asked.map(({ before }) => before)).toEqual([undefined, '4', '2']);
});

/** Five pages with visits, as `counts` gives them. */
function createCounts(variables: Range) {
  const asked: Range[] = [];
  const all = ['/a', '/b', '/c', '/d', '/e'].map((path) => ({ path }));
  const list = createPagedList(async (range: Range) => {
    asked.push(range);
    const start = all.findIndex(({ path }) => path === range.after) + 1;
    return all.slice(start, start + (range.first ?? 3));
  }, variables);
  return { asked, list };
}

test.each([
  ['as many as the instance says', {}, [undefined, '/c', '/e']],
  ['as many as is asked for, the last time fewer', { first: 3 }, [undefined, '/c']],
  ['as many as there are', { first: 5 }, [undefined, '/e']],
  ['more than there are', { first: 6 }, [undefined]],
])('a list without cursors is read on from its last path: %s', async (_what, variables, cursors) => {
  const { asked, list } = createCounts(variables);
  const seen: string[] = [];
  for await (const { path } of list) seen.push(path);
  expect(seen).toEqual(['/a', '/b', '/c', '/d', '/e']);
  expect(asked.map(({ after }) => after)).toEqual(cursors);
});

test('a list without cursors that is awaited is its first page too', async () => {
  expect(await createCounts({ first: 2 }).list).toEqual([{ path: '/a' }, { path: '/b' }]);
});

test('the same can be had a page at a time', async () => {
  const sizes: number[] = [];
  for await (const { edges } of createList({}).list.pages()) sizes.push(edges.length);
  expect(sizes).toEqual([2, 2, 1]);
});
