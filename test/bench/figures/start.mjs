import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kindsOfDatabases } from '../parts/databases.mjs';
import { load, startBare, startService } from '../parts/processes.mjs';
import { shown, spread, table } from '../parts/statistics.mjs';

const VISITS = 100_000;
const LONGEST_SECS = 120;
const IDLE_MS = 5_000;
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** From the start of the process to the first answer, and memory before and after many visits. */
export async function measure({ runs }) {
  const bare = await startBare('bare-server.mjs');
  const installedMb = installed();
  const results = [];
  try {
    for (const kind of await kindsOfDatabases()) {
      const database = await kind.create();
      try {
        results.push({ database: kind.name, ...(await onDatabase(database, bare.url, runs)), installedMb });
      } finally {
        await database.remove();
      }
    }
  } finally {
    await bare.stop();
  }
  return results;
}

async function onDatabase(database, site, runs) {
  const starts = [];
  const idle = [];
  // The first makes the database.
  for (let start = 0; start <= runs; start += 1) {
    const service = await startService({ databaseUrl: database.url, site });
    if (start > 0) starts.push(service.startMs);
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    if (start > 0) idle.push(service.memoryMb());
    await service.stop();
  }
  const service = await startService({ databaseUrl: database.url, site });
  const after = [];
  for (let half = 0; half < 2; half += 1) {
    const options = { work: 'plain', urls: [service.url], concurrency: 50 };
    await load({ ...options, seconds: LONGEST_SECS, visits: VISITS / 2 });
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    after.push(service.memoryMb());
  }
  await service.stop();
  return { startMs: spread(starts), idleMb: spread(idle), halfwayMb: after[0], afterMb: after[1] };
}

/** What the published server and its dependencies take on disk, in millions of bytes. */
function installed() {
  const listed = execFileSync('npm', ['ls', '--omit=dev', '--all', '--parseable', '-w', 'server'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const folders = listed
    .split('\n')
    .filter((path) => path.includes('node_modules') && !path.endsWith('/oxicount'));
  const bytes = folders.reduce((sum, folder) => sum + bytesIn(folder, false), 0);
  return (bytes + bytesIn(join(root, 'server/dist'), true)) / 1e6;
}

/** Nested packages are listed for themselves. */
function bytesIn(folder, nested) {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && (nested || entry.name !== 'node_modules')) bytes += bytesIn(path, nested);
    else if (entry.isFile()) bytes += lstatSync(path).size;
  }
  return bytes;
}

export function print(results) {
  return table(
    ['database', 'start ms', 'idle MB', 'after 50,000 visits MB', 'after 100,000 visits MB', 'installed MB'],
    results.map((one) => [
      one.database,
      shown(one.startMs),
      shown(one.idleMb),
      shown(one.halfwayMb),
      shown(one.afterMb),
      shown(one.installedMb),
    ]),
  );
}
