import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as pass } from 'node:timers/promises';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { describeOnPostgresql, postgresql } from '../support/databases.ts';
import { readExposition, sumOf } from '../support/exposition.ts';
import { type Program, serve, temporaryFolder } from '../support/program.ts';
import { transports } from '../support/subscriptions.ts';
import { startTrackedSite } from '../support/tracked-site.ts';

/** Fields of a line that the program logged. */
interface Line {
  readonly msg: string;
  readonly worker?: number;
  readonly pid?: number;
  readonly workers?: number;
}

function linesOf(program: Program, message: string): Line[] {
  return program
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as Line)
    .filter(({ msg }) => msg === message);
}

/** Process ids of the workers that became ready so far, in that order. */
function pidsOf(program: Program): number[] {
  return linesOf(program, 'worker ready').map(({ pid = 0 }) => pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A test waits on a machine that others use too. */
const PATIENCE = { timeout: 25_000, interval: 50 };

async function startWorkers(workers: number, env: NodeJS.ProcessEnv = {}) {
  const database = await postgresql.create();
  const site = await startTrackedSite(['/a', '/b']);
  onTestFinished(async () => {
    await site.close();
    await database.remove();
  });
  const program = serve(
    {
      OXICOUNT_DATABASE_URL: database.url,
      OXICOUNT_TRACKED_ORIGIN: site.url,
      OXICOUNT_MIN_DELAY_SECS: '0',
      OXICOUNT_WORKERS: String(workers),
      OXICOUNT_LIMITS__TRACKING: '0',
      ...env,
    },
    await temporaryFolder(),
  );
  onTestFinished(() => {
    for (const pid of pidsOf(program)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  });
  const url = await program.url;
  await expect.poll(() => pidsOf(program).length, PATIENCE).toBe(workers);
  return { database, program, url };
}

/** A request on a connection of its own, which are dealt out to the workers in turn. */
const ask = (url: string, init?: RequestInit) => fetch(url, { ...init, headers: { connection: 'close' } });
const register = async (url: string) => (await (await ask(`${url}/register?path=/a`)).json()) as string;
const count = async (url: string) => Number(await (await ask(`${url}/api/count?path=/a`)).text());

describeOnPostgresql('several workers', () => {
  test('answer on one port, each saying which it is, with one greeting and one token', async () => {
    const token = 'reads-metrics-and-nothing-else';
    const { program, url } = await startWorkers(3, { OXICOUNT_METRICS_TOKEN: token });
    expect(new Set(pidsOf(program)).size).toBe(3);
    expect(linesOf(program, 'listening')).toEqual(
      expect.arrayContaining([1, 2, 3].map((worker) => expect.objectContaining({ worker, url, workers: 3 }))),
    );
    for (let times = 0; times < 6; times += 1) {
      expect((await ask(`${url}/readyz`)).status).toBe(200);
      expect((await ask(`${url}/post-sleep/${await register(url)}`)).status).toBe(200);
    }
    expect(await Promise.all([1, 2, 3].map(() => count(url)))).toEqual([6, 6, 6]);
    const headers = { authorization: `Bearer ${token}`, connection: 'close' };
    for (let times = 0; times < 3; times += 1) {
      const seen = readExposition(await (await fetch(`${url}/metrics`, { headers })).text());
      expect(sumOf(seen, 'oxicount_processes')).toBe(3);
      expect(sumOf(seen, 'oxicount_visits_total', { outcome: 'counted' })).toBe(6);
    }
    expect(program.output().match(/oxicount is running/g)).toHaveLength(1);
    expect(program.output().match(/oxi_[0-9a-f]{12}_/g)).toHaveLength(1);
    expect(linesOf(program, 'migrated the database')).toHaveLength(1);
  });

  test('share their limits', async () => {
    const { url } = await startWorkers(3, { OXICOUNT_LIMITS__READS: '5' });
    const statuses = [];
    for (let times = 0; times < 9; times += 1) statuses.push((await ask(`${url}/api/count?path=/a`)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429, 429, 429]);
  });

  test('tell subscribers on each of them of the visits of all', async () => {
    const { url } = await startWorkers(2);
    const [events] = transports;
    // Connections are dealt out in turn, so that each worker has some.
    const open = Array.from({ length: 4 }, () =>
      events?.subscribe(url, 'subscription { count(path: "/a") }'),
    );
    onTestFinished(async () => {
      await Promise.all(open.map((subscription) => subscription?.end()));
    });
    const next = () => Promise.all(open.map((subscription) => subscription?.next()));
    expect(await next()).toEqual(open.map(() => ({ data: { count: 0 } })));
    for (let visits = 1; visits <= 4; visits += 1) {
      expect((await ask(`${url}/post-sleep/${await register(url)}`)).status).toBe(200);
      expect(await next()).toEqual(open.map(() => ({ data: { count: visits } })));
    }
  });

  test('replace one that is killed under load, and every visit they acknowledged is there once', async () => {
    const { program, url } = await startWorkers(2);
    let acknowledged = 0;
    let going = true;
    const load = Array.from({ length: 8 }, async () => {
      while (going) {
        try {
          const id = await register(url);
          const answers = await Promise.allSettled([1, 2].map(() => ask(`${url}/post-sleep/${id}`)));
          // Of two posts of one id one counts; an answer that was lost on the way acknowledged nothing.
          const taken = answers.some(
            (answer) => answer.status === 'fulfilled' && answer.value.status === 200,
          );
          if (taken) acknowledged += 1;
        } catch {
          await pass(20);
        }
      }
    });
    await expect.poll(() => acknowledged, PATIENCE).toBeGreaterThan(50);
    const [victim = 0] = pidsOf(program);
    process.kill(victim, 'SIGKILL');
    await expect.poll(() => pidsOf(program).length, PATIENCE).toBe(3);
    const before = acknowledged;
    await expect.poll(() => acknowledged, PATIENCE).toBeGreaterThan(before + 50);
    going = false;
    await Promise.all(load);

    expect(isAlive(victim)).toBe(false);
    const history = (await (await ask(`${url}/api/history?path=/a`)).json()) as { visits: unknown[] };
    const stored = await count(url);
    expect(history.visits).toHaveLength(stored);
    // More only by those that were on disk before their answer was on the way.
    expect(stored).toBeGreaterThanOrEqual(acknowledged);
    expect(stored).toBeLessThanOrEqual(acknowledged + 8);
  });

  test('finish what they accepted when the program is told to stop, and leave no process', async () => {
    const { program, url, database } = await startWorkers(3);
    const ids = await Promise.all(Array.from({ length: 30 }, () => register(url)));
    const subscription = transports[0]?.subscribe(url, 'subscription { count(path: "/b") }');
    await subscription?.next();
    const answers = Promise.allSettled(ids.map((id) => ask(`${url}/post-sleep/${id}`)));
    await pass(20);
    program.kill('SIGTERM');
    expect(await program.exit).toBe(0);
    expect(linesOf(program, 'stopped')).toHaveLength(3);
    expect(pidsOf(program).filter(isAlive)).toEqual([]);
    const acknowledged = (await answers).filter(
      (answer) => answer.status === 'fulfilled' && answer.value.status === 200,
    );
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query('SELECT count(*)::int AS visits FROM oxi_visits');
    await client.end();
    expect(rows).toEqual([{ visits: acknowledged.length }]);
  });

  test('end at once with a second signal', async () => {
    const { program, url } = await startWorkers(2);
    const { hostname, port } = new URL(url);
    // Somebody in the middle of a request keeps the first signal waiting.
    const slow = connect(Number(port), hostname, () =>
      slow.write('POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{'),
    );
    slow.on('error', () => {});
    await pass(200);
    program.kill('SIGTERM');
    await expect.poll(() => linesOf(program, 'stopping').length, PATIENCE).toBe(2);
    program.kill('SIGINT');
    expect(await program.exit).toBe(1);
    await expect.poll(() => pidsOf(program).filter(isAlive), PATIENCE).toEqual([]);
  });

  test('finish and end when the process that started them is killed', async () => {
    const { program, url } = await startWorkers(2);
    expect((await ask(`${url}/post-sleep/${await register(url)}`)).status).toBe(200);
    program.kill('SIGKILL');
    await expect.poll(() => pidsOf(program).filter(isAlive), PATIENCE).toEqual([]);
    expect(await program.exit).toBe('SIGKILL');
    expect(
      linesOf(program, 'stopped')
        .map(({ worker }) => worker)
        .toSorted(),
    ).toEqual([1, 2]);
  });

  test('are given up where none can start any more, with the code and the reason of the last', async () => {
    const { program, database } = await startWorkers(2);
    await database.remove();
    for (const pid of pidsOf(program)) process.kill(pid, 'SIGKILL');
    expect(await program.exit).toBe(1);
    expect(program.output()).toMatch(/oxicount: The PostgreSQL at .* cannot be opened/);
    expect(program.output()).toMatch(/giving up/);
  });
});

test('several workers are refused on SQLite, with the reason and what to use', async () => {
  const program = serve({ OXICOUNT_WORKERS: '2' }, await temporaryFolder());
  expect(await program.exit).toBe(1);
  expect(program.output()).toMatch(
    /workers from OXICOUNT_WORKERS is 2: it should be 1 with SQLite.*one process at a time.*PostgreSQL/,
  );
});

test('what is wrong is told once, however many workers there are to be', async () => {
  const away = serve(
    { OXICOUNT_WORKERS: '8', OXICOUNT_DATABASE_URL: 'postgresql://127.0.0.1:1/visits' },
    await temporaryFolder(),
  );
  expect(await away.exit).toBe(1);
  expect(away.output().match(/cannot be opened/g)).toHaveLength(1);
  expect(away.output()).not.toMatch(/^\s+at .*:\d+/m);
});

describeOnPostgresql('several workers on a port that is taken', () => {
  test('end as one would, and say so once', async () => {
    const database = await postgresql.create();
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(async () => {
      other.close();
      await database.remove();
    });
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const program = serve(
      {
        OXICOUNT_WORKERS: '4',
        OXICOUNT_DATABASE_URL: database.url,
        OXICOUNT_SOCKET_ADDRESS: `127.0.0.1:${port}`,
      },
      await temporaryFolder(),
    );
    expect(await program.exit).toBe(1);
    expect(program.output().match(/another program listens there.*OXICOUNT_SOCKET_ADDRESS/g)).toHaveLength(1);
  });
});
