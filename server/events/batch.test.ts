import { expect, test } from 'vitest';
import type { Commit } from '../domain/ports.ts';
import { createGathered } from './batch.ts';

const commit = (changes: Partial<Commit>): Commit => ({
  counted: [],
  pages: [],
  voted: [],
  sites: [],
  ...changes,
});
const visit = (nonce: number) => ({
  siteId: 1,
  pageId: 1,
  registeredAt: 0,
  nonce,
  path: '/a',
  referrer: null,
  spentSeconds: null,
});

test('several commits are one, with every visit and what each page stands at in the end', () => {
  const gathered = createGathered();
  gathered.add(
    commit({ counted: [visit(1)], pages: [{ siteId: 1, path: '/a', visits: 1, views: 1 }], sites: [1] }),
  );
  gathered.add(
    commit({
      counted: [visit(2), visit(3)],
      pages: [
        { siteId: 1, path: '/a', visits: 3, views: 3 },
        { siteId: 2, path: '/a', visits: 9, views: 9 },
      ],
      sites: [1, 2],
    }),
  );
  for (const changes of [1, 3, 2]) {
    gathered.add(commit({ voted: [{ siteId: 1, path: '/a', up: changes, down: 0, changes }] }));
  }
  gathered.change({ of: 'sites' });
  expect(gathered.take()).toEqual({
    commit: {
      counted: [visit(1), visit(2), visit(3)],
      pages: [
        { siteId: 1, path: '/a', visits: 3, views: 3 },
        { siteId: 2, path: '/a', visits: 9, views: 9 },
      ],
      voted: [{ siteId: 1, path: '/a', up: 3, down: 0, changes: 3 }],
      sites: [1, 2],
    },
    changes: [{ of: 'sites' }],
  });
  expect(gathered.isEmpty()).toBe(true);
});
