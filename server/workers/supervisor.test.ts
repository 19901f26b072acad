import { expect, test } from 'vitest';
import { createTime } from '../domain/time.testing.ts';
import type { Log } from '../log.ts';
import { MOST_FAILURES, STEADY_MS, STOP_MS, startWorkers, type WorkerFate } from './supervisor.ts';

/** A process that does what a test says. */
interface Started {
  readonly number: number;
  readonly isFirst: boolean;
  readonly fate: WorkerFate;
  /** What was asked of it. */
  readonly asked: ('stop' | 'kill')[];
}

function supervise(workers: number) {
  const time = createTime();
  const started: Started[] = [];
  const messages: string[] = [];
  const write = (_fields: object, message: string) => void messages.push(message);
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const supervisor = startWorkers({
    workers,
    start(number, isFirst, fate) {
      const asked: Started['asked'] = [];
      started.push({ number, isFirst, fate, asked });
      return { pid: started.length, stop: () => asked.push('stop'), kill: () => asked.push('kill') };
    },
    log,
    clock: time.clock.now,
    schedule: time.schedule,
  });
  let exitCode: number | undefined;
  void supervisor.ended.then((code) => {
    exitCode = code;
  });
  const latest = () => {
    const process = started.at(-1);
    if (!process) throw new Error('nothing was started');
    return process;
  };
  return { ...supervisor, time, started, messages, latest, exitCode: () => exitCode };
}

const killed = { code: null, signal: 'SIGKILL' };
const failed = (code = 1) => ({ code, signal: null });

/** All serve, and have for so long that their end is no mistake of the start. */
async function steady(workers: number) {
  const scene = supervise(workers);
  scene.latest().fate.ready();
  for (const { fate } of scene.started.slice(1)) fate.ready();
  await scene.time.pass(STEADY_MS);
  return scene;
}

test('the others start once the first serves, which alone is told to be it', () => {
  const { started, latest } = supervise(3);
  expect(started).toHaveLength(1);
  latest().fate.ready();
  expect(started.map(({ number, isFirst }) => [number, isFirst])).toEqual([
    [1, true],
    [2, false],
    [3, false],
  ]);
});

test('where the first cannot start, nobody else tries, and the program ends with its code', async () => {
  const { started, latest, ended } = supervise(8);
  latest().fate.ended(failed(7));
  expect(await ended).toBe(7);
  expect(started).toHaveLength(1);
});

test('where the first is killed while it starts, the program fails', async () => {
  const { latest, ended } = supervise(2);
  latest().fate.ended(killed);
  expect(await ended).toBe(1);
});

test('a worker that ends after a while is replaced at once, under its number, and is not the first again', async () => {
  const { started, latest, time, exitCode } = await steady(2);
  started[0]?.fate.ended(killed);
  await time.pass(0);
  expect(started).toHaveLength(3);
  expect(latest()).toMatchObject({ number: 1, isFirst: false });
  expect(exitCode()).toBeUndefined();
});

test('one that ends at its start again and again is replaced ever later, and for ever, while another serves', async () => {
  const { started, latest, time, exitCode } = await steady(2);
  const starts: number[] = [];
  started[1]?.fate.ended(killed);
  await time.pass(0);
  for (let times = 0; times < 12; times += 1) {
    const known = started.length;
    latest().fate.ended(failed());
    let waited = 0;
    for (; started.length === known; waited += 250) await time.pass(250);
    starts.push(waited);
  }
  expect(starts.slice(0, 4)).toEqual([250, 500, 1_000, 2_000]);
  expect(starts.at(-1)).toBe(30_000);
  expect(exitCode()).toBeUndefined();
});

test('the program gives up with the code of a worker where none serves and none can start', async () => {
  const { started, latest, time, messages, exitCode } = await steady(1);
  latest().fate.ended(killed);
  for (let times = 0; times < MOST_FAILURES; times += 1) {
    expect(exitCode()).toBeUndefined();
    await time.pass(30_000);
    expect(started).toHaveLength(times + 2);
    latest().fate.ended(failed(3));
  }
  await time.pass(0);
  expect(exitCode()).toBe(3);
  expect(messages.at(-1)).toMatch(/giving up/);
});

test('workers that serve for a moment each are given up too, and those that still serve may finish', async () => {
  const { started, latest, time, exitCode } = await steady(2);
  const last = () => started.filter(({ number }) => number === 2).at(-1);
  started[0]?.fate.ended(killed);
  await time.pass(0);
  latest().fate.ready();
  for (let times = 0; times < MOST_FAILURES + 1; times += 1) {
    last()?.fate.ended(failed());
    if (times < MOST_FAILURES) await time.pass(times === 0 ? 0 : 250 * 2 ** (times - 1));
  }
  const survivor = started.filter(({ number }) => number === 1).at(-1);
  expect(survivor?.asked).toEqual(['stop']);
  expect(exitCode()).toBeUndefined();
  survivor?.fate.ended(failed(0));
  await time.pass(0);
  expect(exitCode()).toBe(1);
});

test('a stop asks all once, replaces none, and ends with the last of them', async () => {
  const { stop, started, time, exitCode } = await steady(2);
  stop();
  stop();
  expect(started.map(({ asked }) => asked)).toEqual([['stop'], ['stop']]);
  started[0]?.fate.ended(failed(0));
  await time.pass(STOP_MS - 1);
  expect(exitCode()).toBeUndefined();
  started[1]?.fate.ended(failed(0));
  await time.pass(60_000);
  expect(exitCode()).toBe(0);
  expect(started).toHaveLength(2);
  expect(time.waiting()).toBe(0);
});

test('a worker that does not stop in time is killed, which the exit code tells', async () => {
  const { stop, started, time, messages, exitCode } = await steady(2);
  stop();
  started[0]?.fate.ended(failed(0));
  await time.pass(STOP_MS);
  expect(started.map(({ asked }) => asked)).toEqual([['stop'], ['stop', 'kill']]);
  expect(messages.at(-1)).toMatch(/did not stop in time/);
  started[1]?.fate.ended(killed);
  await time.pass(0);
  expect(exitCode()).toBe(1);
});

test('a stop during the pause before a replacement starts none', async () => {
  const { stop, started, latest, time, exitCode } = supervise(1);
  latest().fate.ready();
  latest().fate.ended(killed);
  stop();
  await time.pass(60_000);
  expect(started).toHaveLength(1);
  expect(exitCode()).toBe(0);
});

test('a stop while the first one starts ends the program', async () => {
  const { stop, latest, ended } = supervise(3);
  stop();
  expect(latest().asked).toEqual(['stop']);
  latest().fate.ended({ code: null, signal: 'SIGTERM' });
  expect(await ended).toBe(0);
});
