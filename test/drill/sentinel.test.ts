import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { loadConfig } from '../../server/config/config.ts';
import type { Commit } from '../../server/domain/ports.ts';
import { createReplicas } from '../../server/replicas.ts';
import { createQuietLog } from '../support/log.ts';
import { temporaryFolder } from '../support/program.ts';
import { freePort, redisAbsence, runRedis } from '../support/redis.ts';

const absence = await redisAbsence();
const PASSWORD = 'of all of them';
const SENTINELS = 3;
/** Sentinels take a second to agree that the primary is gone, and some more to promote the other. */
const FAILOVER = { timeout: 60_000, interval: 100 };

/** A primary and one that follows it, watched by Sentinels. */
async function startSentinels() {
  const [primaryPort, standbyPort] = [await freePort(), await freePort()];
  const common = ['--bind', '127.0.0.1', '--save', '', '--requirepass', PASSWORD, '--masterauth', PASSWORD];
  const primary = runRedis(['--port', `${primaryPort}`, ...common], await temporaryFolder());
  await primary.start(PASSWORD);
  const following = ['--replicaof', '127.0.0.1', `${primaryPort}`];
  await runRedis(['--port', `${standbyPort}`, ...common, ...following], await temporaryFolder()).start(
    PASSWORD,
  );
  await vi.waitFor(async () => expect(await roleOf(standbyPort)).toMatch(/master_link_status:up/), FAILOVER);

  const ports: number[] = [];
  for (let sentinel = 0; sentinel < SENTINELS; sentinel += 1) {
    const port = await freePort();
    const folder = await temporaryFolder();
    const file = join(folder, 'sentinel.conf');
    await writeFile(
      file,
      [
        `sentinel monitor main 127.0.0.1 ${primaryPort} 2`,
        `sentinel auth-pass main "${PASSWORD}"`,
        'sentinel down-after-milliseconds main 1000',
        'sentinel failover-timeout main 5000',
      ].join('\n'),
    );
    await runRedis([file, '--sentinel', '--port', `${port}`, '--bind', '127.0.0.1'], folder).start();
    ports.push(port);
  }
  // They find each other over the primary, and can agree on nothing before.
  for (const port of ports)
    await vi.waitFor(async () => expect(await knownTo(port)).toBe(SENTINELS - 1), FAILOVER);
  const hosts = ports.map((port) => `127.0.0.1:${port}`).join(',');
  return { url: `redis+sentinel://:${encodeURIComponent(PASSWORD)}@${hosts}/main/0`, primary, standbyPort };
}

async function asked<T>(
  port: number,
  password: string | undefined,
  ask: (client: Redis) => Promise<T>,
): Promise<T> {
  const client = new Redis(port, '127.0.0.1', {
    ...(password !== undefined && { password }),
    enableReadyCheck: false,
  });
  client.on('error', () => {});
  try {
    return await ask(client);
  } finally {
    client.disconnect();
  }
}

const roleOf = (port: number) => asked(port, PASSWORD, (client) => client.info('replication'));

async function knownTo(sentinel: number): Promise<number> {
  const others = await asked(sentinel, undefined, (client) => client.call('SENTINEL', 'SENTINELS', 'main'));
  return (others as unknown[]).length;
}

/** What an instance shares with its other replicas. */
async function joinReplicas(url: string, instance: string) {
  const log = createQuietLog();
  const replicas = createReplicas(loadConfig({ OXICOUNT_REDIS_URL: url }).redis, log);
  onTestFinished(replicas.leave);
  await replicas.join(instance);
  await vi.waitFor(() => expect(replicas.events.reach()).toBe('all replicas'), FAILOVER);
  return { ...replicas, log };
}

const commit = (visits: number): Commit => ({
  counted: [],
  pages: [{ siteId: 1, path: '/a', visits, views: visits }],
  voted: [],
  sites: [1],
});

describe.skipIf(absence !== null)(`Redis behind Sentinels${absence ? ` (${absence})` : ''}`, () => {
  test.each([
    'killed',
    'frozen',
  ] as const)('whose primary is %s: replicas go on by themselves, and with the new one together', async (how) => {
    const { url, primary, standbyPort } = await startSentinels();
    const instance = `drill-${randomUUID()}`;
    const [a, b] = [await joinReplicas(url, instance), await joinReplicas(url, instance)];
    let [newest, misses] = [0, 0];
    b.events.subscribe(
      ({ pages: [page] }) => {
        newest = Math.max(newest, page?.visits ?? 0);
      },
      () => {
        misses += 1;
      },
    );
    a.events.publish(commit(1));
    await vi.waitFor(() => expect(newest).toBe(1), FAILOVER);
    const taking = { perMinute: 1, weight: 1 };
    expect(await a.budgets.take('a', taking, Date.now())).toBe(0);
    expect(await b.budgets.take('a', taking, Date.now())).toBeGreaterThan(0);

    if (how === 'killed') await primary.kill();
    else primary.signal('SIGSTOP');
    let visits = 1;
    await vi.waitFor(async () => {
      a.events.publish(commit(++visits));
      expect(await roleOf(standbyPort)).toMatch(/role:master/);
    }, FAILOVER);
    for (const { events } of [a, b]) {
      await vi.waitFor(() => expect(events.reach()).toBe('all replicas'), FAILOVER);
    }
    await vi.waitFor(() => expect(misses).toBeGreaterThan(0), FAILOVER);
    await vi.waitFor(() => {
      a.events.publish(commit(++visits));
      expect(newest).toBe(visits - 1);
    }, FAILOVER);
    // What the old one knew of budgets may be lost, and what the new one knows holds for all.
    await a.budgets.take('b', taking, Date.now());
    await vi.waitFor(
      async () => expect(await b.budgets.take('b', taking, Date.now())).toBeGreaterThan(0),
      FAILOVER,
    );

    // The old one comes back, and is made to follow the new one: nobody talks to it.
    if (how === 'killed') await primary.start(PASSWORD);
    else primary.signal('SIGCONT');
    await pass(10_000);
    for (const { events } of [a, b]) expect(events.reach()).toBe('all replicas');
    a.events.publish(commit(++visits));
    await vi.waitFor(() => expect(newest).toBe(visits), FAILOVER);
    for (const { log } of [a, b]) {
      expect(log.lines.filter(({ message }) => message.startsWith('Redis is away'))).toHaveLength(1);
    }
  });

  test('one Sentinel that can be asked is enough to start', async () => {
    const { url } = await startSentinels();
    const gone = await freePort();
    const { events } = await joinReplicas(url.replace('@', `@127.0.0.1:${gone},`), `drill-${randomUUID()}`);
    expect(events.reach()).toBe('all replicas');
  });
});
