// npm run bench [-- --json]: requests a second of complete visits over the plain routes, every answer durable, as a
// share of what a bare node:http server answers in the same run. Alternating runs; median, minimum and maximum.
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const RUNS = 3;
const SECONDS = 3;
const CONCURRENCIES = [1, 50, 500];
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const json = process.argv.includes('--json');

const folder = mkdtempSync(join(tmpdir(), 'oxicount-bench-'));
const bare = await startBare();
const databases = { sqlite: `file:${folder}/bench.db` };
if (process.env.BENCH_POSTGRESQL_URL) databases.postgresql = process.env.BENCH_POSTGRESQL_URL;

const results = [];
try {
  for (const [database, databaseUrl] of Object.entries(databases)) {
    const service = await startService(databaseUrl);
    for (const concurrency of CONCURRENCIES) results.push(await measure(database, service, concurrency));
    service.child.kill('SIGTERM');
  }
} finally {
  bare.child.kill();
  rmSync(folder, { recursive: true, force: true });
}
if (json) process.stdout.write(`${JSON.stringify({ ingest: results })}\n`);
else print();

async function measure(database, service, concurrency) {
  const before = await countAll(service.url);
  const runs = [];
  let acknowledged = 0;
  // The first warms both up.
  for (let run = 0; run <= RUNS; run += 1) {
    const base = await load('bare', bare.url, concurrency);
    const visits = await load('visits', service.url, concurrency);
    acknowledged += visits.visits;
    if (run > 0) runs.push({ base, visits, ratio: visits.requests / base.requests });
  }
  const stored = (await countAll(service.url)) - before;
  return {
    database,
    concurrency,
    ratio: spread(runs.map(({ ratio }) => ratio)),
    requestsPerSecond: spread(runs.map(({ visits }) => visits.requests / SECONDS)),
    p50ms: spread(runs.map(({ visits }) => visits.p50)),
    p99ms: spread(runs.map(({ visits }) => visits.p99)),
    failed: runs.reduce((sum, { visits }) => sum + visits.failed, 0),
    acknowledged,
    stored,
  };
}

function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)], min: sorted[0], max: sorted.at(-1) };
}

async function load(mode, url, concurrency) {
  const { stdout } = await promisify(execFile)(process.execPath, [
    here('./load.mjs'),
    mode,
    url,
    String(concurrency),
    String(SECONDS),
  ]);
  return JSON.parse(stdout);
}

async function countAll(url) {
  const counts = await (await fetch(`${url}/api/counts`)).json();
  return counts.reduce((sum, { count }) => sum + count, 0);
}

async function startBare() {
  const child = spawn(process.execPath, [here('./bare-server.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise((resolve) => child.stdout.once('data', (data) => resolve(Number(data))));
  return { child, url: `http://127.0.0.1:${port}` };
}

async function startService(databaseUrl) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [here('../../server/dist/oxicount.js'), 'serve'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      OXICOUNT_SOCKET_ADDRESS: `127.0.0.1:${port}`,
      OXICOUNT_DATABASE_URL: databaseUrl,
      OXICOUNT_TRACKED_ORIGIN: bare.url,
      OXICOUNT_MIN_DELAY_SECS: '0',
      OXICOUNT_TRUSTED_PROXIES: '127.0.0.1',
      OXICOUNT_LOG_LEVEL: 'warn',
    },
  });
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (
      await fetch(`${url}/readyz`).then(
        (response) => response.ok,
        () => false,
      )
    )
      return { child, url };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The service did not start.');
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function print() {
  const shown = ({ median, min, max }, digits) =>
    `${median.toFixed(digits)} (${min.toFixed(digits)} to ${max.toFixed(digits)})`;
  process.stdout.write('Complete visits over the plain routes, of a bare server in the same run\n\n');
  process.stdout.write(
    '| database | concurrency | of bare | requests/s | p50 ms | p99 ms | acknowledged = stored |\n',
  );
  process.stdout.write('|---|---|---|---|---|---|---|\n');
  for (const r of results) {
    const equal = r.acknowledged === r.stored ? `${r.stored}` : `${r.acknowledged} but ${r.stored}`;
    process.stdout.write(
      `| ${r.database} | ${r.concurrency} | ${shown(r.ratio, 2)} | ${shown(r.requestsPerSecond, 0)} | ${shown(r.p50ms, 1)} | ${shown(r.p99ms, 1)} | ${equal} |\n`,
    );
  }
}
