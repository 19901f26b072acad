import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../server/storage/open.ts';
import { describeOnPostgresql, postgresql } from '../support/databases.ts';
import { CARE, createSandbox, readDocumentedPages } from '../support/documented-pages.ts';
import { serve } from '../support/program.ts';
import { startTrackedSite } from '../support/tracked-site.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const TOKEN = 'a-token-of-the-documentation';

/** Pages whose commands are run by tests of their own: those of the operator's guide, and of the care for figures. */
const ELSEWHERE = ['operating', ...CARE];
/** What is not run, and why. */
const EXEMPT: Readonly<Record<string, string>> = {
  'npm test': 'runs this very test',
  'npm install @oxicount/sdk': 'the test of a release installs the package that is packed here',
  'npm install @oxicount/web-components': 'likewise',
};
const STARTS = /(npm start|oxicount serve)$/;

const docs = (await readdir(join(root, 'server/docs'))).filter(
  (name) => !ELSEWHERE.includes(name.replace('.md', '')),
);
const pages = await readDocumentedPages(
  ['README.md', 'sdk/README.md', 'server/README.md', 'web-components/README.md'].concat(
    docs.map((name) => `server/docs/${name}`),
  ),
);
const { take } = pages;

test('npm start is what a start of the program is here', async () => {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  expect(scripts.start).toMatch(/ && node server\/dist\/oxicount\.js serve$/);
});

test('every command that starts the service does', async () => {
  const starts = pages.names.flatMap((page) =>
    pages.having(page, STARTS).length > 0 ? take(page, STARTS) : [],
  );
  expect(starts.length).toBeGreaterThan(3);
  const start = async (text: string) => {
    const { shell } = await createSandbox({ OXICOUNT_SOCKET_ADDRESS: '127.0.0.1:0' });
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
  const { cwd, shell } = await createSandbox({ ...settings, TOKEN });
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
    const { shell } = await createSandbox({ OXICOUNT_DATABASE_URL: to.url });
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
    expect(pages.left().sort()).toEqual(Object.keys(EXEMPT).sort());
  });
});

const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`;
