import { setTimeout } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { settings } from '../../server/config/config.ts';
import { clusterAbsence, startCluster } from '../support/cluster.ts';
import { haproxyAbsence, startHaproxy } from '../support/haproxy.ts';
import { nginxAbsence, startNginx } from '../support/nginx.ts';
import { freePort } from '../support/own-programs.ts';
import { type Program, serve, temporaryFolder } from '../support/program.ts';
import { redisAbsence, startRedis } from '../support/redis.ts';
import { sql } from '../support/sql.ts';
import { transports } from '../support/subscriptions.ts';
import { startTrackedSite } from '../support/tracked-site.ts';
import { checkBooks } from './books.ts';
import { sendReaders } from './readers.ts';

const REPLICAS = 3;
const LOAD_MS = 60_000;
const BETWEEN_KILLS_MS = 4_000;
const SHORT_KILLS = 3;
const PATHS = Array.from({ length: 5 }, (_, index) => `/page-${index}`);
/** Replicas tell each other of visits through it. */
const hasRedis = settings.some(({ key }) => String(key) === 'redis_url');

const absences = await Promise.all([clusterAbsence(), haproxyAbsence(), hasRedis ? redisAbsence() : null]);
const absence = absences.find((one) => one !== null);

describe.skipIf(absence)(`replicas behind HAProxy${absence ? ` (skipped: ${absence})` : ''}`, () => {
  test('lose nothing while they are killed, and PostgreSQL and Redis are restarted', async () => {
    const cluster = await startCluster();
    const redis = hasRedis ? await startRedis() : null;
    const site = await startTrackedSite(PATHS);
    onTestFinished(() => site.close());
    const cwd = await temporaryFolder();
    const ports = await Promise.all(Array.from({ length: REPLICAS }, freePort));
    const env = {
      OXICOUNT_DATABASE_URL: cluster.url,
      OXICOUNT_TRACKED_ORIGIN: site.url,
      OXICOUNT_MIN_DELAY_SECS: '0',
      OXICOUNT_TRUSTED_PROXIES: 'loopback',
      OXICOUNT_LIMITS__TRACKING: '0',
      OXICOUNT_LIMITS__NEW_PAGES: '0',
      ...(redis === null ? {} : { OXICOUNT_REDIS_URL: redis.url }),
    };
    const replicas = ports.map((port) => startReplica(env, cwd, port));
    await Promise.all(replicas.map(({ running }) => running()));
    const haproxy = await startHaproxy(ports);
    onTestFinished(() => haproxy.stop());

    // The first one survives, and somebody watches there; without Redis it knows of its own visits only.
    const [survivor, ...others] = replicas;
    const watched = redis === null ? null : await watch(`http://127.0.0.1:${ports[0]}`);
    const readers = sendReaders(() => haproxy.url, 30);
    let loading = true;
    const killing = (async () => {
      for (let turn = 0; loading; turn += 1) {
        await setTimeout(BETWEEN_KILLS_MS);
        others[turn % others.length]?.kill();
      }
    })();
    await setTimeout(LOAD_MS / 3);
    await cluster.stop('fast');
    await cluster.start();
    await setTimeout(LOAD_MS / 3);
    await redis?.kill();
    await redis?.start();
    await setTimeout(LOAD_MS / 3);
    loading = false;
    await killing;
    await readers.stop();
    await Promise.all(others.map(({ running }) => running()));

    expect(survivor?.starts()).toBe(1);
    for (const other of others) expect(other.starts()).toBeGreaterThan(3);
    expect(readers.failures()).toBeGreaterThan(0);
    await checkBooks(readers, { origin: haproxy.url, databaseUrl: cluster.url, cwd });
    if (watched) {
      const pages = await sql<{ path: string; visits: number }>(
        cluster.url,
        'SELECT path, visits::int AS visits FROM oxi_pages',
      );
      const final = Object.fromEntries(pages.map(({ path, visits }) => [path, visits]));
      await expect.poll(() => watched.latest, { timeout: 10_000 }).toEqual(final);
      expect(watched.fell).toEqual([]);
    }
  });
});

const nginxMissing = await nginxAbsence();
const shortAbsence = nginxMissing ?? (await clusterAbsence()) ?? (await redisAbsence());

describe.skipIf(shortAbsence)(
  `replicas behind nginx${shortAbsence ? ` (skipped: ${shortAbsence})` : ''}`,
  () => {
    test('lose nothing while one is killed, and who follows a page through it sees what stands in the end', async () => {
      const cluster = await startCluster();
      const redis = await startRedis();
      const site = await startTrackedSite(PATHS);
      onTestFinished(() => site.close());
      const cwd = await temporaryFolder();
      const ports = await Promise.all([freePort(), freePort()]);
      const env = {
        OXICOUNT_DATABASE_URL: cluster.url,
        OXICOUNT_REDIS_URL: redis.url,
        OXICOUNT_TRACKED_ORIGIN: site.url,
        OXICOUNT_MIN_DELAY_SECS: '0',
        OXICOUNT_TRUSTED_PROXIES: 'loopback',
        OXICOUNT_LIMITS__TRACKING: '0',
        OXICOUNT_LIMITS__NEW_PAGES: '0',
      };
      const replicas = ports.map((port) => startReplica(env, cwd, port));
      await Promise.all(replicas.map(({ running }) => running()));
      const nginx = await startNginx(ports);
      onTestFinished(() => nginx.stop());

      const readers = sendReaders(() => nginx.url, 20);
      for (let turn = 0; turn < SHORT_KILLS; turn += 1) {
        await setTimeout(BETWEEN_KILLS_MS);
        replicas[1]?.kill();
      }
      await replicas[1]?.running();
      // Those who came after the last kill follow over a WebSocket that nginx hands on.
      const watched = await watch(nginx.url);
      await setTimeout(BETWEEN_KILLS_MS);
      await readers.stop();

      expect(replicas[0]?.starts()).toBe(1);
      expect(replicas[1]?.starts()).toBe(SHORT_KILLS + 1);
      await checkBooks(readers, { origin: nginx.url, databaseUrl: cluster.url, cwd });
      const pages = await sql<{ path: string; visits: number }>(
        cluster.url,
        'SELECT path, visits::int AS visits FROM oxi_pages',
      );
      const final = Object.fromEntries(pages.map(({ path, visits }) => [path, visits]));
      await expect.poll(() => watched.latest, { timeout: 10_000 }).toEqual(final);
      expect(watched.fell).toEqual([]);
    });
  },
);

/** A replica that is started again whenever it ends, as a supervisor would. */
function startReplica(env: NodeJS.ProcessEnv, cwd: string, port: number) {
  let program: Program;
  let starts = 0;
  let stopped = false;

  function start(): void {
    starts += 1;
    program = serve({ ...env, OXICOUNT_SOCKET_ADDRESS: `127.0.0.1:${port}` }, cwd);
    // Registered last, and so done before the program is killed.
    onTestFinished(() => {
      stopped = true;
    });
    void program.exit.then(() => stopped || start());
  }
  start();
  return {
    kill: () => program.kill('SIGKILL'),
    starts: () => starts,
    /** Resolves once it listens, be it after several starts. */
    async running(): Promise<void> {
      while (!(await program.url.catch(() => null))) await setTimeout(100);
    },
  };
}

/** Follows the count of every page, and notes what each stands at. */
async function watch(url: string) {
  const latest: Record<string, number> = {};
  const fell: string[] = [];
  for (const path of PATHS) {
    const subscription = transports[1]?.subscribe(
      url,
      'subscription ($path: String!) { count(path: $path) }',
      {
        path,
      },
    );
    if (!subscription) throw new Error('no WebSocket');
    onTestFinished(() => subscription.end());
    void (async () => {
      for (;;) {
        const result = await subscription.next();
        if (result === null || result === 'broken off') return;
        const { count } = result.data as { count: number };
        if (count < (latest[path] ?? 0)) fell.push(`${path}: ${latest[path]}, then ${count}`);
        latest[path] = count;
      }
    })();
  }
  return { latest, fell };
}
