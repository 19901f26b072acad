// npm test: every test that can run here, says what is missing for the others, and ends with one line of figures.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
// One after the other: tests with a browser or real processes are held to time.
const RUNS = [['fast', 'house'], ['service'], ['browser']];

/** Programs that tests start themselves. */
const PROGRAMS =
  'caddy curl faketime haproxy hugo initdb jekyll nginx openssl pg_dump pgbouncer systemd-analyze zstd'.split(
    ' ',
  );

const chromium = process.env.TEST_CHROMIUM ?? '/usr/bin/chromium';
const firefox = process.env.TEST_FIREFOX ?? '/usr/bin/firefox-esr';
const postgresql = new URL(
  process.env.TEST_POSTGRESQL_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres',
);
const redis = new URL(process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379/9');
const present = {
  PostgreSQL: [await answers(postgresql, 5_432), `${postgresql.host} (TEST_POSTGRESQL_URL)`],
  Redis: [await answers(redis, 6_379), `${redis.host} (TEST_REDIS_URL)`],
  Chromium: [existsSync(chromium), `${chromium} (TEST_CHROMIUM)`],
  Firefox: [existsSync(firefox), `${firefox} (TEST_FIREFOX)`],
  ...Object.fromEntries(PROGRAMS.map((name) => [name, [isInstalled(name), 'a program']])),
};
say();

const results = mkdtempSync(join(tmpdir(), 'oxicount-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
for (const projects of RUNS) run(projects);
rmSync(results, { recursive: true });
say();
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

function run(projects) {
  const outputFile = join(results, `${projects.join('-')}.json`);
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const { status } = spawnSync(
    process.execPath,
    [
      vitest,
      'run',
      ...projects.flatMap((name) => ['--project', name]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${outputFile}`,
    ],
    { cwd: root, stdio: 'inherit' },
  );
  const figures = existsSync(outputFile) ? JSON.parse(readFileSync(outputFile, 'utf8')) : {};
  total.passed += figures.numPassedTests ?? 0;
  total.skipped += (figures.numPendingTests ?? 0) + (figures.numTodoTests ?? 0);
  // A file that cannot even be loaded has no tests that could fail.
  total.failed += status === 0 ? 0 : Math.max(1, figures.numFailedTests ?? 0);
}

function say() {
  for (const [name, [found, where]] of Object.entries(present)) {
    process.stdout.write(
      found ? `${name}: found, ${where}\n` : `${name}: NOT FOUND, ${where}; its tests are skipped\n`,
    );
  }
}

/** Whether it is where tests find it: also where systems keep servers, which is not on the path of everybody. */
function isInstalled(program) {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin'];
  const clusters = '/usr/lib/postgresql';
  const versions = existsSync(clusters) ? readdirSync(clusters) : [];
  return [...folders, ...versions.map((version) => `${clusters}/${version}/bin`)].some((folder) =>
    existsSync(join(folder, program)),
  );
}

async function answers({ hostname, port }, otherwise) {
  return new Promise((resolve) => {
    const socket = createConnection({ host: hostname, port: Number(port || otherwise), timeout: 2_000 });
    const end = (found) => {
      socket.destroy();
      resolve(found);
    };
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false));
  });
}
