import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const CLOCK_TICK_MS = 10;
const PAGE_BYTES = 4_096;
const START_MS = 30_000;

const here = (name) => fileURLToPath(new URL(`../load/${name}`, import.meta.url));
const PROGRAM = fileURLToPath(new URL('../../../server/dist/oxicount.js', import.meta.url));

/** Starts one of the servers that say their port. */
export async function startBare(name) {
  const child = spawn(process.execPath, [here(name)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [data] = await once(child.stdout, 'data');
  return running(child, `http://127.0.0.1:${Number(data)}`);
}

/**
 * Starts the service, with no delay and no limits: all readers come from this machine.
 * @returns it, and how long it took from the start of the process to the first answer, in milliseconds
 */
export async function startService({ databaseUrl, site, settings = {} }) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const begun = performance.now();
  const child = spawn(process.execPath, [PROGRAM, 'serve'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      OXICOUNT_SOCKET_ADDRESS: `127.0.0.1:${port}`,
      OXICOUNT_TRACKED_ORIGIN: site,
      OXICOUNT_TRUSTED_PROXIES: '127.0.0.1',
      ...environment(databaseUrl),
      ...settings,
    },
  });
  while (!(await isReady(url))) {
    if (child.exitCode !== null || performance.now() > begun + START_MS)
      throw new Error(`The service did not start within ${START_MS / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return { ...running(child, url), startMs: performance.now() - begun };
}

/** Runs a command of the program to its end. */
export async function command(databaseUrl, ...args) {
  await promisify(execFile)(process.execPath, [PROGRAM, ...args], {
    env: { ...process.env, ...environment(databaseUrl) },
    maxBuffer: 100_000_000,
  });
}

/** Runs a script of load/ in a process of its own; what it prints is one JSON object. */
export async function run(script, options) {
  const { stdout } = await promisify(execFile)(process.execPath, [here(script), JSON.stringify(options)], {
    maxBuffer: 100_000_000,
  });
  return JSON.parse(stdout);
}

/** Puts load on servers; see load.mjs. */
export const load = (options) => run('load.mjs', options);

/** Starts a helper that is told when to end by its standard input, and then prints one JSON object. */
export function startHelper(name, options) {
  const child = spawn(process.execPath, [here(name), JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (data) => {
    text += data;
  });
  return {
    /** Resolves with its first line, by which it says that it is ready. */
    ready: once(child.stdout, 'data'),
    async end() {
      child.stdin.end();
      await once(child, 'close');
      return JSON.parse(text.trim().split('\n').at(-1));
    },
  };
}

function environment(databaseUrl) {
  return {
    OXICOUNT_DATABASE_URL: databaseUrl,
    OXICOUNT_MIN_DELAY_SECS: '0',
    OXICOUNT_LOG_LEVEL: 'warn',
    OXICOUNT_LIMITS__READS: '0',
    OXICOUNT_LIMITS__TRACKING: '0',
    OXICOUNT_LIMITS__SUBSCRIPTIONS: '0',
  };
}

function running(child, url) {
  return {
    url,
    pid: child.pid,
    cpuMs: () => cpuMs(child.pid),
    memoryMb: () => memoryMb(child.pid),
    async stop() {
      const ended = child.exitCode === null ? once(child, 'exit') : undefined;
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Processor time of a process and those that it ended, in milliseconds; null where there is no /proc. */
function cpuMs(pid) {
  const fields = procFile(`/proc/${pid}/stat`)?.split(') ')[1]?.split(' ');
  return fields ? (Number(fields[11]) + Number(fields[12])) * CLOCK_TICK_MS : null;
}

/** Resident memory, in millions of bytes; null where there is no /proc. */
function memoryMb(pid) {
  const pages = procFile(`/proc/${pid}/statm`)?.split(' ')[1];
  return pages ? (Number(pages) * PAGE_BYTES) / 1e6 : null;
}

function procFile(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function isReady(url) {
  return fetch(`${url}/readyz`).then(
    (response) => response.ok,
    () => false,
  );
}

async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
