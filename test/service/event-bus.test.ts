import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { loadConfig } from '../../server/config/config.ts';
import type { Change, Commit, EventBus } from '../../server/domain/ports.ts';
import { createInProcessBus } from '../../server/events/in-process.ts';
import { createReplicas } from '../../server/replicas.ts';
import { createQuietLog, type QuietLog } from '../support/log.ts';
import { type OwnRedis, redisAbsence, redisUrl, startRedis } from '../support/redis.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';

const absence = await redisAbsence();

const visit = (nonce: number, changes = {}) => ({
  siteId: 1,
  pageId: 7,
  registeredAt: 1_709_294_400_000,
  nonce,
  path: '/caf%C3%A9',
  referrer: 'news.example',
  spentSeconds: null,
  ...changes,
});
const commit = (...nonces: number[]): Commit => ({
  counted: nonces.map((nonce) => visit(nonce)),
  pages: [{ siteId: 1, path: '/caf%C3%A9', visits: Math.max(...nonces), views: Math.max(...nonces) }],
  voted: [{ siteId: 1, path: '/caf%C3%A9', up: 1, down: 0, changes: 1 }],
  sites: [1],
});

/** What is heard on a bus. */
function listen(bus: EventBus) {
  const commits: Commit[] = [];
  const changes: Change[] = [];
  let misses = 0;
  const end = bus.subscribe(
    (one) => commits.push(one),
    () => {
      misses += 1;
    },
  );
  bus.onChange((change) => changes.push(change));
  return {
    commits,
    changes,
    misses: () => misses,
    nonces: () => commits.flatMap(({ counted }) => counted.map(({ nonce }) => nonce)),
    end,
  };
}

interface Process {
  readonly bus: EventBus;
  readonly log: QuietLog;
  leave(): Promise<void>;
}

/** A process of an instance, once it has joined the others or Redis is away. */
async function join(url: string, instance: string): Promise<Process> {
  const log = createQuietLog();
  const { events: bus, ...replicas } = createReplicas(loadConfig({ OXICOUNT_REDIS_URL: url }).redis, log);
  let left: Promise<void> | undefined;
  const leave = () => {
    left ??= replicas.leave();
    return left;
  };
  onTestFinished(leave);
  await replicas.join(instance);
  return { bus, log, leave };
}

const name = () => `test-${randomUUID()}`;
const reaches = (bus: EventBus, reach: string, timeout = 15_000) =>
  vi.waitFor(() => expect(bus.reach()).toBe(reach), { timeout });
const outages = ({ lines }: QuietLog) =>
  lines.filter(({ message }) => /^Redis is/.test(message)).map(({ message }) => message.slice(9, 13).trim());

const kinds: [string, () => Promise<EventBus>][] = [
  ['one process', async () => createInProcessBus(() => {})],
];
if (absence === null) kinds.push(['Redis', async () => (await join(redisUrl, name())).bus]);

describe.each(kinds)('a bus of %s', (_name, open) => {
  test('tells its own commits at once, in order and once, to all who listen then', async () => {
    const bus = await open();
    const [first, second] = [listen(bus), listen(bus)];
    bus.publish(commit(1));
    second.end();
    bus.publish(commit(2, 3));
    expect([first.nonces(), second.nonces()]).toEqual([[1, 2, 3], [1]]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(first.nonces()).toEqual([1, 2, 3]);
  });

  test('tells others too where one who listens fails', async () => {
    const bus = await open();
    bus.subscribe(
      () => {
        throw new Error('a mistake of ours');
      },
      () => {},
    );
    const heard = listen(bus);
    bus.publish(commit(1));
    expect(heard.nonces()).toEqual([1]);
  });

  test('tells of changes at once', async () => {
    const bus = await open();
    const { changes } = listen(bus);
    const said: Change[] = [{ of: 'sites' }, { of: 'token', prefix: '0123456789ab' }];
    for (const change of said) bus.announce(change);
    expect(changes).toEqual(said);
  });
});

describe.skipIf(absence !== null)(`a bus of several processes${absence ? ` (${absence})` : ''}`, () => {
  test('tells commits and changes of each to all others, whole', async () => {
    const instance = name();
    const [a, b, c] = await Promise.all([1, 2, 3].map(() => join(redisUrl, instance)));
    if (!a || !b || !c) throw new Error('There are three.');
    const heard = [a, b, c].map(({ bus }) => listen(bus));
    a.bus.publish(commit(1));
    b.bus.announce({ of: 'token', prefix: '0123456789ab' });
    for (const { commits, changes } of heard) {
      await vi.waitFor(() => expect(commits).toEqual([commit(1)]), { timeout: 5_000 });
      await vi.waitFor(() => expect(changes).toContainEqual({ of: 'token', prefix: '0123456789ab' }));
    }
    expect(a.bus.reach()).toBe('all replicas');
  });

  test('loses nothing and repeats nothing of a flood, in order', async () => {
    const instance = name();
    const [a, b] = [await join(redisUrl, instance), await join(redisUrl, instance)];
    const heard = listen(b.bus);
    const all = Array.from({ length: 3_000 }, (_, index) => index + 1);
    for (const nonce of all) {
      a.bus.publish(commit(nonce));
      if (nonce % 100 === 0) await new Promise(setImmediate);
    }
    await vi.waitFor(() => expect(heard.nonces()).toEqual(all), { timeout: 10_000 });
  });

  test('says that something was lost where more is committed than can be told', async () => {
    const instance = name();
    const [a, b] = [await join(redisUrl, instance), await join(redisUrl, instance)];
    const heard = listen(b.bus);
    // Without a pause, so that nothing can be sent meanwhile.
    for (let nonce = 1; nonce <= 20_000; nonce += 1) a.bus.publish(commit(nonce));
    await vi.waitFor(() => expect(heard.misses()).toBeGreaterThan(0), { timeout: 10_000 });
  });

  test('keeps instances apart that share a Redis', async () => {
    const [a, b] = [await join(redisUrl, name()), await join(redisUrl, name())];
    const heard = listen(b.bus);
    a.bus.publish(commit(1));
    a.bus.announce({ of: 'sites' });
    b.bus.publish(commit(2));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect([heard.nonces(), heard.changes]).toEqual([[2], []]);
  });

  test('skips what a later program tells, and says so once', async () => {
    const instance = name();
    const { bus, log } = await join(redisUrl, instance);
    const heard = listen(bus);
    const other = new Redis(redisUrl);
    onTestFinished(() => other.disconnect());
    const channel = `oxicount:9:${instance}`;
    for (let time = 0; time < 3; time += 1) await other.publish(channel, '{"v":2,"visits":"otherwise"}');
    await other.publish(channel, '{"v":1,"from":"x","n":1,"sites":[3]}');
    await vi.waitFor(() => expect(heard.commits.map(({ sites }) => sites)).toEqual([[3]]), {
      timeout: 5_000,
    });
    expect(log.lines.filter(({ message }) => message.includes('does not understand'))).toHaveLength(1);
  });

  test('says that something may be lost when a process is gone without a word', async () => {
    const instance = name();
    const proxy = await startTcpProxy({ host: '127.0.0.1', port: Number(new URL(redisUrl).port) });
    onTestFinished(() => proxy.close());
    const { bus } = await join(redisUrl, instance);
    const gone = await join(redisUrl.replace(/:\d+\//, `:${proxy.port}/`), instance);
    const heard = listen(bus);
    gone.bus.publish(commit(1));
    await vi.waitFor(() => expect(heard.nonces()).toEqual([1]), { timeout: 5_000 });
    const before = heard.misses();
    proxy.cut();
    await vi.waitFor(() => expect(heard.misses()).toBe(before + 1), { timeout: 15_000 });
  });
});

describe.skipIf(absence !== null)('while Redis is away', () => {
  test('own commits are told on, and what was missed of others is said when it is back, which is logged once', async () => {
    const redis = await startRedis();
    const instance = name();
    const [a, b] = [await join(redis.url, instance), await join(redis.url, instance)];
    const [atA, atB] = [listen(a.bus), listen(b.bus)];
    await redis.kill();
    for (const { bus } of [a, b]) await reaches(bus, 'this process only');
    a.bus.publish(commit(1));
    expect([atA.nonces(), atB.nonces()]).toEqual([[1], []]);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await redis.start();
    for (const { bus } of [a, b]) await reaches(bus, 'all replicas');
    await vi.waitFor(() => expect(atB.misses()).toBeGreaterThan(0));
    expect(atB.changes).toContainEqual({ of: 'anything' });
    a.bus.publish(commit(2));
    await vi.waitFor(() => expect(atB.nonces()).toEqual([2]));
    expect(atA.nonces()).toEqual([1, 2]);
    for (const { log } of [a, b]) expect(outages(log)).toEqual(['away', 'back']);
  });

  test('a process that could not tell something says so to those who could hear it', async () => {
    const redis = await startRedis();
    const proxy = await startTcpProxy({ host: '127.0.0.1', port: redis.port });
    onTestFinished(() => proxy.close());
    const instance = name();
    const [cutOff, other] = [
      await join(`redis://127.0.0.1:${proxy.port}`, instance),
      await join(redis.url, instance),
    ];
    const heard = listen(other.bus);
    proxy.cut();
    await reaches(cutOff.bus, 'this process only');
    cutOff.bus.publish(commit(1));
    expect(other.bus.reach()).toBe('all replicas');
    proxy.restore();
    await vi.waitFor(() => expect(heard.misses()).toBeGreaterThan(0), { timeout: 10_000 });
  });

  test('a process starts, and joins the others later', async () => {
    const redis: OwnRedis = await startRedis();
    await redis.kill();
    const { bus, log } = await join(redis.url, name());
    const heard = listen(bus);
    expect(bus.reach()).toBe('this process only');
    bus.publish(commit(1));
    expect(heard.nonces()).toEqual([1]);
    await redis.start();
    await reaches(bus, 'all replicas');
    expect(heard.misses()).toBe(1);
    expect(outages(log)).toEqual(['away', 'back']);
  });

  test('a connection that is there and silent is noticed, and made anew', async () => {
    const redis = await startRedis();
    const { bus, leave } = await join(redis.url, name());
    redis.freeze();
    for (let nonce = 1; nonce <= 1_000; nonce += 1) bus.publish(commit(nonce));
    await reaches(bus, 'this process only', 20_000);
    redis.wake();
    await reaches(bus, 'all replicas', 20_000);
    await leave();
  });

  test('a process that ends does not wait for it', async () => {
    const redis = await startRedis();
    const { bus, leave } = await join(redis.url, name());
    redis.freeze();
    onTestFinished(redis.wake);
    bus.publish(commit(1));
    await leave();
  });
});
