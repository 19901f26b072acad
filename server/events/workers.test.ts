import { expect, test } from 'vitest';
import type { Change, Commit, EventBus } from '../domain/ports.ts';
import { createInProcessBus } from './in-process.ts';
import { createOutbox, createWorkersBus, LOST, type Told, type WorkersChannel } from './workers.ts';

/** As one worker tells it to the others. */
function told(changes: Partial<Commit> = {}): Told {
  return { commit: commit(changes), changes: [], lost: false, at: null };
}
function commit(changes: Partial<Commit> = {}): Commit {
  return { counted: [], pages: [], voted: [], sites: [], ...changes };
}
const page = (path: string, views: number) => ({ siteId: 1, path, visits: views, views });
const visit = (nonce: number) => ({
  siteId: 1,
  pageId: 1,
  registeredAt: 0,
  nonce,
  path: '/a',
  referrer: null,
  spentSeconds: null,
});

/** An outbox to somebody who takes a commit only when a test says so. */
function slowOutbox() {
  const sent: Told[] = [];
  let done = () => {};
  const tell = createOutbox((told, callback) => {
    sent.push(told);
    done = callback;
  });
  return { tell, sent, taken: () => done() };
}

/** Buses of workers that hear of each other at once. */
function connectedBuses(count: number): EventBus[] {
  const listeners: ((told: Told) => void)[] = [];
  const channel = (own: number): WorkersChannel => ({
    send(told, sent) {
      for (const [index, listener] of listeners.entries()) if (index !== own) listener(told);
      sent();
    },
    receive: (listener) => {
      listeners[own] = listener;
    },
  });
  return Array.from({ length: count }, (_, index) =>
    createWorkersBus(
      channel(index),
      createInProcessBus((error) => {
        throw error;
      }),
    ),
  );
}

test('what one worker publishes is heard once on each, the one itself included', () => {
  const buses = connectedBuses(3);
  const heard = buses.map((bus) => {
    const commits: Commit[] = [];
    bus.subscribe(
      (commit) => commits.push(commit),
      () => {},
    );
    return commits;
  });
  const published = commit({ pages: [page('/a', 1)], sites: [1] });
  buses[1]?.publish(published);
  expect(heard).toEqual([[published], [published], [published]]);
});

test('whoever ended a subscription hears no more', () => {
  const [one, other] = connectedBuses(2);
  const commits: Commit[] = [];
  const end = other?.subscribe(
    (commit) => commits.push(commit),
    () => {},
  );
  end?.();
  one?.publish(commit());
  expect(commits).toEqual([]);
});

test('what comes while one is on its way is sent as one, with the newest of each page', () => {
  const { tell, sent, taken } = slowOutbox();
  const first = told({ pages: [page('/a', 1)], sites: [1] });
  tell(first);
  tell(told({ pages: [page('/a', 3), page('/b', 1)], counted: [visit(3)], sites: [1] }));
  // Of another worker, which committed earlier and is heard later.
  tell(told({ pages: [page('/a', 2)], counted: [visit(2)], sites: [2] }));
  tell(told({ voted: [{ siteId: 1, path: '/a', up: 2, down: 0, changes: 2 }] }));
  tell(told({ voted: [{ siteId: 1, path: '/a', up: 1, down: 0, changes: 1 }] }));
  expect(sent).toEqual([first]);
  taken();
  expect(sent.slice(1)).toEqual([
    told({
      counted: [visit(3), visit(2)],
      pages: [page('/a', 3), page('/b', 1)],
      voted: [{ siteId: 1, path: '/a', up: 2, down: 0, changes: 2 }],
      sites: [1, 2],
    }),
  ]);
  taken();
  expect(sent).toHaveLength(2);
  const later = told({ sites: [3] });
  tell(later);
  expect(sent[2]).toBe(later);
});

test('somebody who takes nothing costs a bounded memory, and gets the newest in the end', () => {
  const { tell, sent, taken } = slowOutbox();
  for (let number = 1; number <= 30_000; number += 1) {
    tell(
      told({
        counted: [visit(number)],
        pages: [page(`/${number}`, number), page('/a', number)],
        sites: [1],
      }),
    );
  }
  expect(sent).toHaveLength(1);
  taken();
  const [, rest] = sent;
  expect(rest?.commit.counted.length).toBeLessThanOrEqual(1_000);
  expect(rest?.commit.counted.at(-1)).toEqual(visit(30_000));
  expect(rest?.commit.pages.length).toBeLessThanOrEqual(10_000);
  expect(rest?.commit.pages.filter(({ path }) => path === '/a')).toEqual([page('/a', 30_000)]);
  expect(rest?.lost).toBe(true);
});

test('a change on one worker is told on all, once', () => {
  const buses = connectedBuses(2);
  const heard = buses.map((bus) => {
    const changes: Change[] = [];
    bus.onChange((change) => changes.push(change));
    return changes;
  });
  buses[0]?.announce({ of: 'sites' });
  expect(heard).toEqual([[{ of: 'sites' }], [{ of: 'sites' }]]);
});

test('what was lost makes the others read what stands', () => {
  let listener: (told: Told) => void = () => {};
  const bus = createWorkersBus(
    {
      send: (_told, sent) => sent(),
      receive(given) {
        listener = given;
      },
    },
    createInProcessBus(() => {}),
  );
  let missed = 0;
  bus.subscribe(
    () => {},
    () => {
      missed += 1;
    },
  );
  listener(LOST);
  expect(missed).toBe(1);
});
