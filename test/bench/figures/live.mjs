import { kindsOfDatabases } from '../parts/databases.mjs';
import { run, startBare, startHelper, startService } from '../parts/processes.mjs';
import { shown, table } from '../parts/statistics.mjs';

const SUBSCRIBERS = 5_000;
const PAGES = 100;
const PER_SECOND = 200;
/** Counts are joined for a quarter of a second; the last ones are waited for. */
const SETTLING_MS = 2_000;

/** From the acknowledgement of a visit to its count at the last of those who watch the page. */
export async function measure({ seconds }) {
  const bare = await startBare('bare-server.mjs');
  const results = [];
  try {
    for (const kind of await kindsOfDatabases()) {
      const database = await kind.create();
      try {
        results.push({ database: kind.name, ...(await onDatabase(database, bare.url, seconds * 5)) });
      } finally {
        await database.remove();
      }
    }
  } finally {
    await bare.stop();
  }
  return results;
}

async function onDatabase(database, site, seconds) {
  const service = await startService({ databaseUrl: database.url, site });
  const pace = { url: service.url, pages: PAGES, perSecond: PER_SECOND };
  try {
    // Makes the pages known, and warms up.
    await run('visitors.mjs', { ...pace, seconds: 3 });
    const alone = service.memoryMb();
    const readers = startHelper('readers.mjs', {
      url: `${service.url.replace('http', 'ws')}/graphql`,
      subscribers: SUBSCRIBERS,
      pages: PAGES,
    });
    await readers.ready;
    const watched = service.memoryMb();
    const before = service.cpuMs();
    const acknowledged = await run('visitors.mjs', { ...pace, seconds });
    const cpu = before === null ? null : (service.cpuMs() - before) / (seconds * 1000);
    await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
    const { failed, lastSeen } = await readers.end();
    const times = acknowledged.flatMap((visits, page) => latencies(visits, lastSeen[page]));
    times.sort((a, b) => a - b);
    return {
      subscribers: SUBSCRIBERS,
      visits: acknowledged.flat().length,
      seen: times.length,
      failed,
      p50Ms: times[Math.floor(times.length * 0.5)] ?? null,
      p99Ms: times[Math.floor(times.length * 0.99)] ?? null,
      kilobytesEach: alone === null ? null : ((watched - alone) * 1_000) / SUBSCRIBERS,
      cpuShare: cpu,
    };
  } finally {
    await service.stop();
  }
}

/** The nth visit of a page that was acknowledged made the nth count after those that stood before. */
function latencies(visits, lastSeen) {
  const counts = lastSeen.map(([, at]) => at);
  const acknowledged = [...visits].sort((a, b) => a - b);
  // A push may be on its way before the answer to the visit is.
  return counts.slice(0, acknowledged.length).map((at, index) => Math.max(0, at - acknowledged[index]));
}

export function mistakes(results) {
  return results
    .filter(({ failed, seen, visits }) => failed > 0 || seen !== visits)
    .map(
      (one) =>
        `${one.database}: of ${one.visits} visits ${one.seen} were seen, ${one.failed} subscriptions failed`,
    );
}

export function print(results) {
  return table(
    ['database', 'subscribers', 'visits', 'p50 ms', 'p99 ms', 'KB each', 'CPU, of a core'],
    results.map((one) => [
      one.database,
      one.subscribers,
      one.visits,
      shown(one.p50Ms),
      shown(one.p99Ms),
      shown(one.kilobytesEach, 1),
      shown(one.cpuShare, 2),
    ]),
  );
}
