import { connect } from 'node:net';
import { hasPostgresql, postgresql } from '../parts/databases.mjs';
import { load, startBare, startService } from '../parts/processes.mjs';
import { shown, spread, table } from '../parts/statistics.mjs';

const CONCURRENCY = 200;
const WORKERS = [1, 2, 4];
const REPLICAS = [1, 2, 3];
const REDIS = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';

/** Visits a second of several processes on one PostgreSQL. */
export async function measure(options) {
  if (!(await hasPostgresql())) return [];
  const bare = await startBare('bare-server.mjs');
  const results = [];
  try {
    for (const workers of WORKERS) {
      const settings = { OXICOUNT_WORKERS: `${workers}` };
      results.push({
        workers,
        replicas: 1,
        ...(await together({ bare, settings, replicas: 1, ...options })),
      });
    }
    if (await hasRedis()) {
      const settings = { OXICOUNT_REDIS_URL: REDIS };
      for (const replicas of REPLICAS) {
        results.push({ workers: 1, replicas, ...(await together({ bare, settings, replicas, ...options })) });
      }
    }
  } finally {
    await bare.stop();
  }
  return results;
}

async function together({ bare, settings, replicas, runs, seconds }) {
  const database = await postgresql.create();
  const services = [];
  try {
    for (let replica = 0; replica < replicas; replica += 1) {
      services.push(await startService({ databaseUrl: database.url, site: bare.url, settings }));
    }
    const measured = [];
    for (let run = 0; run <= runs; run += 1) {
      const before = services.map(({ cpuMs }) => cpuMs());
      const urls = services.map(({ url }) => url);
      const done = await load({ work: 'plain', urls, concurrency: CONCURRENCY, seconds });
      const cpu = services.map(({ cpuMs }, index) => cpuMs() - before[index]);
      const cores = cpu.reduce((sum, ms) => sum + ms, 0) / (done.elapsed * 1000);
      if (run > 0) measured.push({ ...done, cores: before.includes(null) ? null : cores });
    }
    return {
      visitsPerSecond: spread(measured.map(({ visits, elapsed }) => visits / elapsed)),
      p99Ms: spread(measured.map(({ p99 }) => p99)),
      coresOfServices: spread(measured.map(({ cores }) => cores)),
    };
  } finally {
    for (const { stop } of services) await stop();
    await database.remove();
  }
}

function hasRedis() {
  const { hostname, port } = new URL(REDIS);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port || 6379) });
    const settle = (there) => {
      socket.destroy();
      resolve(there);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}

export function print(results) {
  return table(
    ['replicas', 'workers each', 'visits/s', 'p99 ms', 'cores of the services'],
    results.map((one) => [
      one.replicas,
      one.workers,
      shown(one.visitsPerSecond),
      shown(one.p99Ms, 1),
      shown(one.coresOfServices, 2),
    ]),
  );
}
