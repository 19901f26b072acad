// Brings a checkout to where it can run: installs when the lock file changed, builds when a source did.
// It runs before anything is installed, so it uses nothing but Node.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const SOURCES = [
  'package.json',
  'tsconfig.json',
  'schema.graphql',
  'prisma',
  'sdk',
  'web-components',
  'server',
];
const NOT_SOURCES = new Set(['node_modules', 'dist', 'generated', 'data']);

step(
  'node_modules/.install-stamp',
  'installing what the program needs (a few minutes the first time)',
  installed(),
  () => npm(existsSync(`${root}package-lock.json`) ? 'ci' : 'install'),
);
step('node_modules/.build-stamp', 'building', built(), () => npm('run', 'build'));

/** Runs the work unless the stamp says that it was done for exactly this state. */
function step(stamp, what, state, work) {
  const file = join(root, stamp);
  if (existsSync(file) && readFileSync(file, 'utf8') === state) return;
  console.error(`oxicount: ${what} ...`);
  work();
  writeFileSync(file, state);
}

function installed() {
  return hash([process.version, read('package.json'), read('package-lock.json')]);
}

function built() {
  return hash([process.version, ...SOURCES.flatMap((name) => states(join(root, name)))]);
}

/** One line a file: its name, size and time of change. Reading them all would take longer than the start may. */
function states(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return [`${path} ${stat.size} ${stat.mtimeMs}`];
  return readdirSync(path)
    .filter((name) => !NOT_SOURCES.has(name))
    .sort()
    .flatMap((name) => states(join(path, name)));
}

function read(name) {
  return existsSync(join(root, name)) ? readFileSync(join(root, name), 'utf8') : '';
}

function hash(parts) {
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

function npm(...args) {
  // The npm that runs this script where there is one: it need not be on the path.
  const cli = process.env.npm_execpath;
  const { status } = cli
    ? spawnSync(process.execPath, [cli, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}
