import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../server/storage/open.ts';
import { describeOnPostgresql, postgresql } from '../support/databases.ts';
import { commandsOf, type DocumentedCommands, runInShell } from '../support/documented-commands.ts';
import { serve, temporaryFolder } from '../support/program.ts';
import { startTrackedSite } from '../support/tracked-site.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const program = join(root, 'server/dist/oxicount.js');
const TOKEN = 'a-token-of-the-documentation';

/** Pages whose commands need more than this machine's own programs, and so are run by tests of their own. */
const ELSEWHERE = ['operating', 'importing', 'export', 'monitoring', 'doctor', 'alerts', 'benchmarks'];
/** What is not run, and why. */
const EXEMPT: Readonly<Record<string, string>> = {
  'npm test': 'runs this very test',
  'npm install @oxicount/sdk': 'the test of a release installs the package that is packed here',
  'npm install @oxicount/web-components': 'likewise',
};
const STARTS = /(npm start|oxicount serve)$/;

/** Every command of the documentation, by the page that it is on. */
async function documented(): Promise<ReadonlyMap<string, readonly DocumentedCommands[]>> {
  const docs = (await readdir(join(root, 'server/docs'))).filter(
    (name) => !ELSEWHERE.includes(name.replace('.md', '')),
  );
  const pages = ['README.md', 'sdk/README.md', 'server/README.md', 'web-components/README.md'].concat(
    docs.map((name) => `server/docs/${name}`),
  );
  const entries = await Promise.all(
    pages.map(async (page) => [page, commandsOf(await readFile(join(root, page), 'utf8'))] as const),
  );
  return new Map(entries);
}

const commands = await documented();
const all = [...commands.values()].flat().map(({ text }) => text);
const run = new Set<string>(Object.keys(EXEMPT));

/** Commands of a page that have this in them, which are then known to be run. */
function take(page: string, part: string | RegExp): string[] {
  const found = (commands.get(page) ?? []).map(({ text }) => text).filter((text) => text.search(part) >= 0);
  expect(found, `${page} has no command with ${part}`).not.toEqual([]);
  for (const text of found) run.add(text);
  return found;
}

/** A folder with `oxicount`, `npm start`, `npx` and a curl that fails where it is refused, as a shell finds them. */
async function sandbox(env: NodeJS.ProcessEnv = {}) {
  const cwd = await temporaryFolder();
  const bin = join(cwd, 'bin');
  await mkdir(bin);
  const curl = '/usr/bin/curl --fail-with-body --silent --show-error --include "$@"';
  const programs = {
    oxicount: `exec "${process.execPath}" "${program}" "$@"`,
    npm: `[ "$1" = start ] && exec "${process.execPath}" "${program}" serve`,
    npx: '[ "$1" = oxicount ] && exec "$@"',
    curl: `exec ${curl}`,
  };
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${text}\n`);
    await chmod(join(bin, name), 0o755);
  }
  const shellEnv = { PATH: `${bin}:${process.env['PATH']}`, ...env };
  const shell = async (text: string) => {
    const { exit, output } = await runInShell(text, { cwd, env: shellEnv });
    expect(exit, `${text}\n${output}`).toBe(0);
    return output;
  };
  return { cwd, shell };
}

test('npm start is what a start of the program is here', async () => {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  expect(scripts.start).toMatch(/ && node server\/dist\/oxicount\.js serve$/);
});

test('every command that starts the service does', async () => {
  const starts = [...commands.keys()].flatMap((page) =>
    (commands.get(page) ?? []).some(({ text }) => STARTS.test(text)) ? take(page, STARTS) : [],
  );
  expect(starts.length).toBeGreaterThan(3);
  const start = async (text: string) => {
    const { shell } = await sandbox({ OXICOUNT_SOCKET_ADDRESS: '127.0.0.1:0' });
    await shell(`bash -c ${quoted(text)} >out 2>&1 & pid=$!
until grep -q Dashboard out; do kill -0 $pid || { cat out; exit 1; }; sleep 0.1; done
kill $pid; wait $pid || [ $? = 143 ]`);
  };
  await Promise.all(starts.map(start));
}, 90_000);

test('figures are read and visits are sent with the commands for that, and others administer and back up', async () => {
  const site = await startTrackedSite(['/posts/hello']);
  onTestFinished(() => site.close());
  const settings = { OXICOUNT_ADMIN_TOKEN: TOKEN, OXICOUNT_TRACKED_ORIGIN: site.url };
  const { cwd, shell } = await sandbox({ ...settings, TOKEN });
  const service = serve(settings, cwd);
  const url = await service.url;

  const curls = [...take('README.md', /^curl/), ...take('server/docs/access.md', /^curl/)];
  for (const text of curls) {
    const output = await shell(text.replaceAll('https://count.example', url));
    // The pixel tells of what was wrong in a header alone.
    expect(output).not.toMatch(/^oxicount-error:/im);
  }
  expect(await (await fetch(`${url}/api/counts`)).json()).toEqual([]);

  for (const text of take('server/docs/commands.md', /^oxicount/)) {
    const output = await shell(text);
    expect(output).toContain('#token=');
    expect(output).toContain('"shop"');
  }

  const backups = join(cwd, 'backups');
  await mkdir(backups);
  for (const text of take('server/docs/databases.md', 'oxicount backup')) {
    await shell(text.replaceAll('/mnt/backups', backups));
  }
  const [made = ''] = await readdir(backups);
  expect(made).toMatch(/^oxicount-[\dTZ-]+\.db$/);
  service.kill('SIGTERM');
  await service.exit;
  for (const text of take('server/docs/databases.md', 'oxicount restore')) {
    await shell(text.replace(/\/mnt\/backups\/\S+/, join(backups, made)));
  }
  expect(await shell('oxicount site list')).toContain('shop');
}, 90_000);

describeOnPostgresql('PostgreSQL', () => {
  test('is backed up and restored with the commands for that', async () => {
    const [from, to] = [await postgresql.create(), await postgresql.create()];
    onTestFinished(async () => {
      await Promise.all([from.remove(), to.remove()]);
    });
    const { database } = await openDatabase({ provider: 'postgresql', url: from.url });
    await database.close();
    const { shell } = await sandbox({ OXICOUNT_DATABASE_URL: to.url });
    for (const text of take('server/docs/databases.md', /^pg_dump/)) {
      await shell(
        text
          .replace('postgresql://me@db.example/blog2', to.url)
          .replace('postgresql://me@db.example/blog', from.url),
      );
    }
    expect(await shell('oxicount site list --json')).toContain('[');
  });

  test('and then every command of the documentation has been run, but for those with a reason', () => {
    expect(all.filter((text) => !run.has(text))).toEqual([]);
    expect(Object.keys(EXEMPT).filter((text) => !all.includes(text))).toEqual([]);
  });
});

const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
