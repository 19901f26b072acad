import { expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { ask, codesOf } from '../support/graphql.ts';
import { startTestService } from '../support/service.ts';

const HISTORY = `query ($first: Int, $after: String, $last: Int, $before: String) {
  history(path: "/a", first: $first, after: $after, last: $last, before: $before) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { referrer } }
  }
}`;

interface HistoryPage {
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly referrer: string } }[];
}

eachDatabase('the history of a page', (database) => {
  /** A page with visits that came from r1.example, r2.example, ... in this order. */
  async function startWithVisits(count: number) {
    const service = await startTestService({ database });
    let number = 0;
    const add = async (more: number) => {
      for (let i = 0; i < more; i += 1) {
        number += 1;
        await service.visit('/a', { referrer: `https://r${number}.example` });
        // Times of registration tell visits apart, and these are of the same moment otherwise.
        const now = Date.now();
        while (Date.now() === now) await new Promise(setImmediate);
      }
    };
    await add(count);
    const read = async (range: Record<string, unknown>) => {
      const { data, errors } = await ask(service.url, HISTORY, range);
      expect(errors).toBeUndefined();
      return data?.['history'] as HistoryPage;
    };
    return { ...service, read, add };
  }
  const numbers = ({ edges }: HistoryPage) =>
    edges.map(({ node }) => Number(node.referrer.slice(1, -'.example'.length)));

  test('is read page by page from the newest on', async () => {
    const { read } = await startWithVisits(5);
    const first = await read({ first: 2 });
    expect(numbers(first)).toEqual([5, 4]);
    expect(first.totalCount).toBe(5);
    expect(first.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: first.edges[0]?.cursor,
      endCursor: first.edges[1]?.cursor,
    });
    const second = await read({ first: 2, after: first.pageInfo.endCursor });
    expect([numbers(second), second.pageInfo.hasNextPage]).toEqual([[3, 2], true]);
    const third = await read({ first: 2, after: second.pageInfo.endCursor });
    expect([numbers(third), third.pageInfo.hasNextPage]).toEqual([[1], false]);
  });

  test('is read page by page from the oldest on, each page still newest first', async () => {
    const { read } = await startWithVisits(5);
    const last = await read({ last: 2 });
    expect([numbers(last), last.pageInfo.hasPreviousPage, last.pageInfo.hasNextPage]).toEqual([
      [2, 1],
      true,
      false,
    ]);
    const before = await read({ last: 2, before: last.pageInfo.startCursor });
    expect([numbers(before), before.pageInfo.hasPreviousPage]).toEqual([[4, 3], true]);
    const top = await read({ last: 2, before: before.pageInfo.startCursor });
    expect([numbers(top), top.pageInfo.hasPreviousPage]).toEqual([[5], false]);
  });

  test('can be cut at both ends', async () => {
    const { read } = await startWithVisits(5);
    const { edges } = await read({});
    const between = { after: edges[0]?.cursor, before: edges[4]?.cursor };
    expect(numbers(await read(between))).toEqual([4, 3, 2]);
    expect(numbers(await read({ ...between, first: 2 }))).toEqual([4, 3]);
    expect(numbers(await read({ ...between, last: 2 }))).toEqual([3, 2]);
    expect(numbers(await read({ after: edges[4]?.cursor }))).toEqual([]);
  });

  test('stays as it is for somebody who reads while visits come in', async () => {
    const { read, add } = await startWithVisits(4);
    const first = await read({ first: 2 });
    await add(2);
    const second = await read({ first: 2, after: first.pageInfo.endCursor });
    expect([...numbers(first), ...numbers(second)]).toEqual([4, 3, 2, 1]);
    expect(second.totalCount).toBe(6);
    expect(numbers(await read({ last: 10, before: first.pageInfo.startCursor }))).toEqual([6, 5]);
  });

  test('is empty for a page that nobody visited yet', async () => {
    const { register, read } = await startWithVisits(0);
    await register('/a');
    const { totalCount, edges, pageInfo } = await read({});
    expect([totalCount, edges, pageInfo.startCursor, pageInfo.endCursor]).toEqual([0, [], null, null]);
  });

  test('refuses what cannot be asked for', async () => {
    const { url, visit } = await startWithVisits(0);
    await visit('/a');
    for (const range of [
      { first: 0 },
      { first: -1 },
      { first: 1_001 },
      { last: 0 },
      { last: 1_001 },
      { first: 1, last: 1 },
      { after: 'nonsense' },
      { before: '' },
      { after: Buffer.from('1.2.3').toString('base64url') },
    ]) {
      expect([range, codesOf(await ask(url, HISTORY, range))]).toEqual([range, ['INVALID_ARGUMENT']]);
    }
    expect((await ask(url, HISTORY, { first: 1_000 })).errors).toBeUndefined();
  });
});
