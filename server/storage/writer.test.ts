import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { NO_TRAITS } from '../domain/dimensions/dimension.ts';
import { DomainError } from '../domain/errors.ts';
import type { LeaveReport, NewVisit } from '../domain/visit.ts';
import { deferred, settled } from '../domain/world.testing.ts';
import type { BatchResult } from './database.ts';
import type { Intake } from './label-batch.ts';
import { createWriter, type WriterOptions } from './writer.ts';

const PAGE = 7;
const visitOf = (nonce: number, pageId = PAGE): NewVisit => ({
  siteId: 1,
  pageId,
  registeredAt: 1_700_000_000_000,
  nonce,
  kind: 'visit',
  traits: NO_TRAITS,
  visitor: null,
});

/** Takes everything as new. */
function allNew({ visits, leaves }: Intake): BatchResult {
  return {
    counted: visits.map((visit, index) => ({
      ...visit,
      path: '/a',
      totals: { visits: index + 1, views: index + 1 },
    })),
    left: leaves.map((leave) => ({ ...leave, spentSeconds: leave.seconds })),
  };
}
const nothing: BatchResult = { counted: [], left: [] };

/** A writer on a database that takes everything; a test replaces what it is about. */
function writerWith(options: Partial<WriterOptions> = {}) {
  const batches: Intake[] = [];
  const { apply = async (batch: Intake) => allNew(batch), ...others } = options;
  const writer = createWriter({
    apply: (batch) => {
      batches.push(batch);
      return apply(batch);
    },
    existingPages: async () => new Set([PAGE]),
    committed: () => {},
    ...others,
  });
  return { writer, batches };
}

/** A writer whose transactions wait until the test ends them, one by one. */
function heldWriter() {
  const transactions: { batch: Intake; end: () => void; fail: (error: unknown) => void }[] = [];
  const { writer } = writerWith({
    apply: (batch) => {
      const { promise, resolve, reject } = deferred<BatchResult>();
      transactions.push({ batch, end: () => resolve(allNew(batch)), fail: reject });
      return promise;
    },
  });
  return { writer, transactions };
}

const nonces = (rows: readonly (NewVisit | LeaveReport)[] | undefined) => rows?.map(({ nonce }) => nonce);

describe('group commit', () => {
  test('writes what comes together in one transaction', async () => {
    const { writer, batches } = writerWith();
    const outcomes = await Promise.all(
      Array.from({ length: 500 }, (_, nonce) => writer.countVisit(visitOf(nonce))),
    );
    expect(new Set(outcomes)).toEqual(new Set(['counted']));
    expect(batches).toHaveLength(1);
  });

  test('gathers what comes during a transaction for the next one', async () => {
    const { writer, transactions } = heldWriter();
    const first = writer.countVisit(visitOf(1));
    await settled();
    const later = [];
    for (const nonce of [2, 3, 4]) {
      later.push(writer.countVisit(visitOf(nonce)));
      await settled();
    }
    later.push(writer.reportLeave({ ...visitOf(1), seconds: 5 }));
    await settled();
    expect(transactions).toHaveLength(1);

    transactions[0]?.end();
    expect(await first).toBe('counted');
    await settled();
    expect(transactions).toHaveLength(2);
    expect(nonces(transactions[1]?.batch.visits)).toEqual([2, 3, 4]);
    expect(nonces(transactions[1]?.batch.leaves)).toEqual([1]);
    transactions[1]?.end();
    expect(await Promise.all(later)).toEqual(['counted', 'counted', 'counted', { spentSeconds: 5 }]);
  });

  test('lets a report that comes together with its visit wait for the next transaction', async () => {
    const { writer, transactions } = heldWriter();
    const counted = writer.countVisit(visitOf(1));
    const left = writer.reportLeave({ ...visitOf(1), seconds: 5 });
    await settled();
    expect(nonces(transactions[0]?.batch.visits)).toEqual([1]);
    expect(transactions[0]?.batch.leaves).toEqual([]);
    transactions[0]?.end();
    expect(await counted).toBe('counted');
    await settled();
    expect(nonces(transactions[1]?.batch.leaves)).toEqual([1]);
    transactions[1]?.end();
    expect(await left).toEqual({ spentSeconds: 5 });
  });

  test('keeps transactions bounded and loses nothing between them', async () => {
    const { writer, batches } = writerWith();
    await Promise.all(Array.from({ length: 2_500 }, (_, nonce) => writer.countVisit(visitOf(nonce))));
    expect(batches.map(({ visits }) => visits.length)).toEqual([1_000, 1_000, 500]);
    expect(batches.flatMap(({ visits }) => nonces(visits))).toEqual(
      Array.from({ length: 2_500 }, (_, n) => n),
    );
  });

  test('never runs two transactions at once', async () => {
    let running = 0;
    let most = 0;
    const { writer } = writerWith({
      apply: async (batch) => {
        running += 1;
        most = Math.max(most, running);
        await settled();
        running -= 1;
        return allNew(batch);
      },
    });
    const all = [];
    for (let nonce = 0; nonce < 50; nonce += 1) {
      all.push(writer.countVisit(visitOf(nonce)));
      if (nonce % 5 === 0) await settled();
    }
    await Promise.all(all);
    expect(most).toBe(1);
  });

  test('begins anew after it was idle', async () => {
    const { writer, batches } = writerWith();
    await writer.countVisit(visitOf(1));
    await settled();
    expect(await writer.countVisit(visitOf(2))).toBe('counted');
    expect(batches).toHaveLength(2);
  });
});

describe('within one transaction', () => {
  test('a visit that comes many times is written once and counted by one call', async () => {
    const { writer, batches } = writerWith();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => writer.countVisit(visitOf(1))));
    expect(outcomes).toEqual(['counted', ...Array(9).fill('counted before')]);
    expect(batches[0]?.visits).toHaveLength(1);
  });

  test('of several reports on a visit the largest is written, and stands for all', async () => {
    const { writer, batches } = writerWith();
    const outcomes = await Promise.all(
      [3, 9, 5].map((seconds) => writer.reportLeave({ ...visitOf(1), seconds })),
    );
    expect(outcomes).toEqual(Array(3).fill({ spentSeconds: 9 }));
    expect(batches[0]?.leaves).toHaveLength(1);
  });
});

describe('a visit that was not new', () => {
  test('was counted before where its page is there, and is of a page that is gone where not', async () => {
    const asked: number[][] = [];
    const { writer } = writerWith({
      apply: async () => nothing,
      existingPages: async (ids) => {
        asked.push([...ids]);
        return new Set([PAGE]);
      },
    });
    const outcomes = await Promise.all([writer.countVisit(visitOf(1)), writer.countVisit(visitOf(2, 8))]);
    expect(outcomes).toEqual(['counted before', 'page gone']);
    expect(asked).toEqual([[PAGE, 8]]);
  });

  test('is the only reason to look for pages', async () => {
    const { writer } = writerWith({
      existingPages: () => Promise.reject(new Error('nobody should ask')),
    });
    expect(await writer.countVisit(visitOf(1))).toBe('counted');
  });

  test('fails alone where its page cannot be looked up: what was committed is acknowledged', async () => {
    const { writer } = writerWith({
      apply: async ({ visits }) => allNew({ visits: visits.slice(0, 1), leaves: [], filtered: [] }),
      existingPages: () => Promise.reject(new Error('away')),
    });
    const [fresh, replay] = await Promise.allSettled([
      writer.countVisit(visitOf(1)),
      writer.countVisit(visitOf(2)),
    ]);
    expect(fresh).toEqual({ status: 'fulfilled', value: 'counted' });
    expect(replay.status).toBe('rejected');
  });
});

describe('a transaction that fails', () => {
  test('fails for exactly those in it, with its error, and the next one works', async () => {
    const { writer, transactions } = heldWriter();
    const failing = [writer.countVisit(visitOf(1)), writer.reportLeave({ ...visitOf(9), seconds: 1 })];
    await settled();
    const following = writer.countVisit(visitOf(2));
    const error = new Error('disk full');
    transactions[0]?.fail(error);
    expect(await Promise.allSettled(failing)).toEqual([
      { status: 'rejected', reason: error },
      { status: 'rejected', reason: error },
    ]);
    await settled();
    transactions[1]?.end();
    expect(await following).toBe('counted');
    expect(nonces(transactions[1]?.batch.visits)).toEqual([2]);
  });

  test('is told to nobody who watches', async () => {
    let told = 0;
    const { writer } = writerWith({
      apply: () => Promise.reject(new Error('away')),
      committed: () => {
        told += 1;
      },
    });
    await expect(writer.countVisit(visitOf(1))).rejects.toThrow('away');
    expect(told).toBe(0);
  });

  test('even where it throws at once', async () => {
    const { writer } = writerWith({
      apply: () => {
        throw new Error('at once');
      },
    });
    await expect(writer.countVisit(visitOf(1))).rejects.toThrow('at once');
    await expect(writer.drained()).resolves.toBeUndefined();
  });
});

describe('those who watch', () => {
  test('are told after the commit, and before whoever posted the visit', async () => {
    const order: string[] = [];
    const { writer } = writerWith({
      apply: async (batch) => {
        await settled();
        order.push('committed');
        return allNew(batch);
      },
      committed: ({ counted }) => order.push(`told of ${counted.length}`),
    });
    const post = async (nonce: number) => {
      await writer.countVisit(visitOf(nonce));
      order.push('answered');
    };
    await Promise.all([post(1), post(2)]);
    expect(order).toEqual(['committed', 'told of 2', 'answered', 'answered']);
  });

  test('are told of reports, and not of replays', async () => {
    let told = 0;
    const { writer } = writerWith({
      apply: async (batch) => ({ ...allNew(batch), counted: [] }),
      committed: () => {
        told += 1;
      },
    });
    await writer.countVisit(visitOf(1));
    expect(told).toBe(0);
    await writer.reportLeave({ ...visitOf(1), seconds: 1 });
    expect(told).toBe(1);
  });

  test('cannot undo a visit by failing: it is on disk', async () => {
    const { writer } = writerWith({
      committed: () => {
        throw new Error('a listener is broken');
      },
    });
    expect(await writer.countVisit(visitOf(1))).toBe('counted');
  });
});

describe('more than can wait', () => {
  test('is refused at once with a hint when to come back, and what waits is still written', async () => {
    const { writer, transactions } = heldWriter();
    const first = writer.countVisit(visitOf(0));
    await settled();
    const waiting = Array.from({ length: 20_000 }, (_, index) => writer.countVisit(visitOf(index + 1)));
    await expect(writer.countVisit(visitOf(99_999))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      retryAfterSecs: expect.any(Number),
    });
    await expect(writer.reportLeave({ ...visitOf(0), seconds: 1 })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });

    const drained = writer.drained();
    for (let ended = 0; ended <= 20; ended += 1) {
      transactions[ended]?.end();
      await settled();
    }
    await drained;
    expect(await first).toBe('counted');
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['counted']));
  });
});

describe('a batch that fails late', () => {
  test('refuses with it who waited for it, and not who has only just come', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const { writer, transactions } = heldWriter();
    const outcome = (nonce: number) => writer.countVisit(visitOf(nonce)).catch(({ code }) => code);
    const first = outcome(1);
    await settled();
    const waiting = outcome(2);
    vi.advanceTimersByTime(4_000);
    const late = outcome(3);
    transactions[0]?.fail(new DomainError('UNAVAILABLE', 'The database says nothing.'));
    await settled();
    transactions[1]?.end();
    expect(await Promise.all([first, waiting, late])).toEqual(['UNAVAILABLE', 'UNAVAILABLE', 'counted']);
    expect(nonces(transactions[1]?.batch.visits)).toEqual([3]);
  });
});

describe('drained', () => {
  test('is at once where nothing was handed in', async () => {
    await expect(writerWith().writer.drained()).resolves.toBeUndefined();
  });

  test('waits for all that was accepted, those that came last included', async () => {
    const { writer, transactions } = heldWriter();
    const answered: number[] = [];
    const post = (nonce: number) => void writer.countVisit(visitOf(nonce)).then(() => answered.push(nonce));
    post(1);
    await settled();
    let done = false;
    const drained = writer.drained().then(() => {
      done = true;
    });
    post(2);
    transactions[0]?.end();
    await settled();
    expect(done).toBe(false);
    transactions[1]?.end();
    await drained;
    expect(answered).toEqual([1, 2]);
  });

  test('comes also after a failure', async () => {
    const { writer } = writerWith({ apply: () => Promise.reject(new Error('away')) });
    const failed = writer.countVisit(visitOf(1)).catch((error) => error.message);
    await writer.drained();
    expect(await failed).toBe('away');
  });
});
