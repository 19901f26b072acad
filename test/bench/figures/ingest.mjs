import { kindsOfDatabases } from '../parts/databases.mjs';
import { load, startBare, startService } from '../parts/processes.mjs';
import { shown, spread, table } from '../parts/statistics.mjs';

const CONCURRENCIES = [1, 50, 500];
/** Every road with what it is a share of, and where what it counted is found. */
const ROADS = [
  { road: 'plain', baseline: 'bare', counts: 'VISITS' },
  { road: 'graphql', baseline: 'yoga', counts: 'VISITS' },
  { road: 'pixel', baseline: 'bare', counts: 'VIEWS' },
];

/** Complete visits, every answer durable, as a share of what a bare server answers in the same run. */
export async function measure({ runs, seconds }) {
  const baselines = { bare: await startBare('bare-server.mjs'), yoga: await startBare('bare-yoga.mjs') };
  const results = [];
  try {
    for (const kind of await kindsOfDatabases()) {
      for (const one of ROADS) {
        const database = await kind.create();
        try {
          results.push(...(await onRoad({ kind, database, baselines, ...one, runs, seconds })));
        } finally {
          await database.remove();
        }
      }
    }
  } finally {
    for (const { stop } of Object.values(baselines)) await stop();
  }
  return results;
}

async function onRoad({ kind, database, baselines, road, baseline, counts, runs, seconds }) {
  const site = baselines.bare.url;
  const service = await startService({ databaseUrl: database.url, site });
  const results = [];
  let acknowledged = 0;
  const empty = await database.bytes();
  try {
    for (const concurrency of CONCURRENCIES) {
      const measured = [];
      // The first warms both up.
      for (let run = 0; run <= runs; run += 1) {
        const base = await load({ work: baseline, urls: [baselines[baseline].url], concurrency, seconds });
        const before = service.cpuMs();
        const own = await load({ work: road, urls: [service.url], concurrency, seconds });
        const cpuUs = before === null ? null : ((service.cpuMs() - before) * 1000) / own.requests;
        acknowledged += own.visits;
        const ratio = own.requests / own.elapsed / (base.requests / base.elapsed);
        if (run > 0) measured.push({ ...own, ratio, cpuUs, baseP50: base.p50 });
      }
      const of = (figure) => spread(measured.map(figure));
      results.push({
        database: kind.name,
        road,
        concurrency,
        ratio: of(({ ratio }) => ratio),
        visitsPerSecond: of(({ visits, elapsed }) => visits / elapsed),
        requestsPerSecond: of(({ requests, elapsed }) => requests / elapsed),
        p50Ms: of(({ p50 }) => p50),
        p99Ms: of(({ p99 }) => p99),
        cpuUsPerRequest: of(({ cpuUs }) => cpuUs),
        memoryMb: service.memoryMb(),
        failed: measured.reduce((sum, { failed }) => sum + failed, 0),
      });
    }
    const stored = await counted(service.url, counts);
    const full = await database.bytes();
    const perVisit = (which) => (full[which] - empty[which]) / stored;
    const whole = {
      acknowledged,
      stored,
      bytesPerVisit: perVisit('kept'),
      temporaryBytesPerVisit: perVisit('temporary'),
    };
    return results.map((result) => ({ ...result, ...whole }));
  } finally {
    await service.stop();
  }
}

async function counted(url, counts) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: `{ count(of: ${counts}) }` }),
  });
  return (await response.json()).data.count;
}

/** What is wrong with the results whatever the machine: what was acknowledged has to be there. */
export function mistakes(results) {
  return results
    .filter(({ acknowledged, stored, failed }) => acknowledged !== stored || failed > 0)
    .map(
      (one) =>
        `${one.database}, ${one.road}: ${one.acknowledged} acknowledged, ${one.stored} stored, ${one.failed} failed`,
    );
}

export function print(results) {
  return table(
    [
      'database',
      'road',
      'at once',
      'of bare',
      'visits/s',
      'requests/s',
      'p50 ms',
      'p99 ms',
      'CPU µs/request',
      'memory MB',
      'bytes/visit kept + for days',
      'acknowledged = stored',
    ],
    results.map((one) => [
      one.database,
      one.road,
      one.concurrency,
      shown(one.ratio, 2),
      shown(one.visitsPerSecond),
      shown(one.requestsPerSecond),
      shown(one.p50Ms, 1),
      shown(one.p99Ms, 1),
      shown(one.cpuUsPerRequest),
      shown(one.memoryMb),
      `${shown(one.bytesPerVisit)} + ${shown(one.temporaryBytesPerVisit)}`,
      one.acknowledged === one.stored ? one.stored : `${one.acknowledged} but ${one.stored}`,
    ]),
  );
}
