import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { buildDockerfile } from '../support/dockerfile.ts';
import { freePort } from '../support/own-programs.ts';
import { temporaryFolder } from '../support/program.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const dockerfile = readFileSync(join(root, 'server/deploy/Dockerfile'), 'utf8');
const TOOLS =
  /^(typescript|esbuild|prisma|node-gyp|prebuild-install|vitest|@biomejs|npm|python.*|.*\.(c|cc|cpp|h|gyp|o))$/;
const NOBODY = 65532;

/** What takes minutes, or needs to be root, is done in another way; the other commands are run as they are. */
async function instead(command: string, folder: string): Promise<boolean> {
  if (command.startsWith('apt-get ') || command === 'npm ci --no-audit --no-fund') return true;
  if (command === 'npm run build') {
    await cp(join(root, 'server/dist'), join(folder, 'server/dist'), { recursive: true });
    return true;
  }
  if (!command.startsWith('npm ci --omit=dev ')) return false;
  const args = [...command.split(' ').slice(1), '--ignore-scripts', '--prefer-offline'];
  const { status, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  // Compiled here as it is there, when the checkout was installed.
  const binary = 'node_modules/better-sqlite3/build/Release/better_sqlite3.node';
  await cp(join(root, binary), join(folder, binary));
  return true;
}

test('the image has the program and no tools, and counts as nobody in particular on a read-only file system', async () => {
  const into = await temporaryFolder();
  await chmod(into, 0o755);
  const image = await buildDockerfile(dockerfile, {
    context: root,
    into,
    env: { PATH: process.env['PATH'], HOME: into },
    ignored: new Set(['node_modules', 'dist', 'generated', 'data']),
    instead,
  });
  const app = join(image.root, 'app');
  const files = await readdir(app, { recursive: true });
  expect(files.length).toBeGreaterThan(500);
  expect(files.filter((file) => file.split('/').some((part) => TOOLS.test(part)))).toEqual([]);
  expect((await readdir(app)).sort()).toEqual(['LICENSE', 'dist', 'node_modules', 'package.json']);
  expect(image.metadata.get('USER')).toBe(`${NOBODY}:${NOBODY}`);

  const port = await freePort();
  const [, script = ''] = JSON.parse(image.metadata.get('ENTRYPOINT') ?? '[]');
  const { data, under } = await confine(image.root);
  const env = {
    ...image.env,
    OXICOUNT_SOCKET_ADDRESS: `127.0.0.1:${port}`,
    OXICOUNT_DATABASE_URL: `file:${data}/oxicount.db`,
    OXICOUNT_MIN_DELAY_SECS: '0',
  };
  const program = spawn(
    under[0] ?? '',
    [...under.slice(1), process.execPath, join(image.root, script), 'serve'],
    {
      cwd: app,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = new Promise((resolve) => program.on('close', resolve));
  onTestFinished(async () => {
    program.kill('SIGKILL');
    await ended;
  });
  await new Promise<void>((resolve, reject) => {
    program.stdout.on('data', (chunk) => String(chunk).includes('oxicount is running') && resolve());
    program.on('close', (code) => reject(new Error(`it ended with ${code}`)));
  });
  const url = `http://127.0.0.1:${port}`;
  const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0' };
  const visitId = await (await fetch(`${url}/register?path=/demo/`, { headers })).json();
  expect((await fetch(`${url}/post-sleep/${visitId}`, { headers })).status).toBe(200);
  expect(await (await fetch(`${url}/api/count?path=/demo/`)).text()).toContain('1');

  const health = JSON.parse((image.metadata.get('HEALTHCHECK') ?? '').replace(/^.*? CMD /, ''));
  const code = String(health.at(-1)).replace(':8080', `:${port}`);
  expect(spawnSync(process.execPath, ['-e', code]).status).toBe(0);
  program.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(spawnSync(process.execPath, ['-e', code]).status).toBe(1);
}, 180_000);

/** Where the program may write, and what runs it as the user of the image where the tests may change to that. */
async function confine(folder: string): Promise<{ data: string; under: string[] }> {
  const data = join(folder, 'data');
  if (process.getuid?.() !== 0) return { data, under: ['env'] };
  spawnSync('chown', [`${NOBODY}:${NOBODY}`, data]);
  const user = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--no-new-privs'];
  const readOnly = `mount --bind ${folder}/app ${folder}/app && mount -o remount,bind,ro ${folder}/app && exec "$@"`;
  return { data, under: ['unshare', '--mount', 'sh', '-c', readOnly, 'sh', ...user] };
}
