import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { example, plausibleZip } from '../../server/import/files.testing.ts';
import { zipOf } from '../../server/import/zip.testing.ts';
import { describeOnPostgresql, postgresql } from '../support/databases.ts';
import { runInShell } from '../support/documented-commands.ts';
import { CARE, createSandbox, readDocumentedPages, type Sandbox } from '../support/documented-pages.ts';
import { absenceOf, freePort } from '../support/own-programs.ts';
import { serve } from '../support/program.ts';
import { sql } from '../support/sql.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const TOKEN = 'a-token-of-the-documentation';
const METRICS_TOKEN = 'a-token-that-reads-metrics';
const absence = await absenceOf('zstd', ['/usr/bin/zstd']);

const { take, left } = await readDocumentedPages(CARE.map((name) => `server/docs/${name}.md`));
const page = (name: string) => `server/docs/${name}.md`;

/** Serves on a free port of this machine. */
async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A blog that counts its readers with the instance. */
const startBlog = (baseUrl: string) =>
  listen((request, response) => {
    response.statusCode = request.url === '/' ? 200 : 404;
    response.setHeader('content-type', 'text/html').end(`<script defer src="${baseUrl}/count.js"></script>`);
  });

/** Files of other programs, under the names that the documentation gives them. */
async function putFiles(cwd: string): Promise<void> {
  const umami = await readFile(example('website_event.csv'));
  const files = {
    'goatcounter-export.csv.gz': gzipSync(await readFile(example('goatcounter-2.csv'))),
    'blog_example_20240302.zip': plausibleZip(),
    'export.zip': zipOf({ 'website_event.csv': String(umami) }),
    'website_event.csv.gz': gzipSync(umami),
    'nginx/access.log.2.gz': gzipSync(await readFile(example('access.log'))),
    'nginx/access.log.1': '',
  };
  await mkdir(join(cwd, 'nginx'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(cwd, name), content);
  await copyFile(example('access.log'), join(cwd, 'nginx/access.log'));
}

/** An instance that runs, with a blog as its only site. */
async function startInstance(): Promise<Sandbox & { readonly url: string }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = {
    OXICOUNT_SOCKET_ADDRESS: `127.0.0.1:${port}`,
    OXICOUNT_BASE_URL: url,
    OXICOUNT_CONFIG_FILE: 'oxicount.toml',
    OXICOUNT_ADMIN_TOKEN: TOKEN,
    OXICOUNT_METRICS_TOKEN: METRICS_TOKEN,
    OXICOUNT_PRIVATE_WEBHOOKS: 'true',
    OXICOUNT_LOGS_DIR: 'logs',
  };
  const sandbox = await createSandbox({ ...settings, TOKEN, METRICS_TOKEN });
  const config = `[[sites]]\nslug = "blog"\nbase_urls = ["${await startBlog(url)}"]\n`;
  await writeFile(join(sandbox.cwd, 'oxicount.toml'), config);
  await serve(settings, sandbox.cwd).url;
  return { ...sandbox, url };
}

describe.skipIf(absence !== null)(`the documentation${absence ? ` (skipped: ${absence})` : ''}`, () => {
  test('takes in the figures of other programs, takes them along, and looks after the instance', async () => {
    const { cwd, shell, url } = await startInstance();
    await putFiles(cwd);
    await shell('zstd --quiet nginx/access.log -o old.log.zst');
    for (const text of take(page('importing'), /^(?!.*oxitraffic)/)) {
      await shell(text.replaceAll('/var/log/nginx', 'nginx'));
    }
    expect(await shell('oxicount site list')).toMatch(/blog/);

    for (const text of take(page('export'), /^oxicount export.*\n.*visits\.csv$/)) await shell(text);
    const exported = await readFile(join(cwd, 'blog.ndjson'), 'utf8');
    expect(exported).toContain('"type":"footer"');
    expect(await readFile(join(cwd, 'visits.csv'), 'utf8')).toContain('/hello');
    for (const text of take(page('export'), /^curl/)) {
      await shell(`mkdir fetched; cd fetched; ${text.replace('https://count.example', url)}`);
    }
    expect(await readFile(join(cwd, 'fetched/blog.ndjson'), 'utf8')).toContain('"type":"footer"');

    for (const text of take(page('monitoring'), /^curl/)) {
      expect(await shell(text.replace('https://count.example', url))).toContain('oxicount_build_info{');
    }
    for (const text of take(page('doctor'), /^oxicount doctor$/)) {
      expect(await shell(text)).not.toMatch(/^ *(XX|✗)/m);
    }
    for (const text of take(page('doctor'), /^curl/)) {
      expect(await shell(text.replace('https://count.example', url))).toContain('loopback');
    }

    const got: string[] = [];
    const receiver = await listen(async (request, response) => {
      for await (const chunk of request) got.push(String(chunk));
      response.writeHead(204).end();
    });
    const [alerts = ''] = take(page('alerts'), /^oxicount webhook/);
    expect(await shell(alerts.replace('https://hooks.example', receiver))).toContain('whsec_');
    await vi.waitFor(() => expect(got.join('')).toContain('"type":"test"'), {
      timeout: 30_000,
      interval: 100,
    });
    await vi.waitFor(
      async () =>
        expect(await shell('oxicount webhook deliveries 1 --site blog')).toMatch(/arrived|delivered/),
      { timeout: 20_000 },
    );
  }, 120_000);
});

describeOnPostgresql('PostgreSQL', () => {
  test('has what OxiTraffic counted, of the same database or another', async () => {
    const { url, remove } = await postgresql.create();
    onTestFinished(remove);
    for (const statement of OXITRAFFIC) await sql(url, statement);
    const blog = await startBlog('https://count.example');

    const other = await createSandbox();
    await other.shell(`oxicount site add blog --base-url ${blog}`);
    for (const text of take(page('importing'), /^oxicount import oxitraffic/)) {
      await other.shell(text.replaceAll('postgresql://user@host/database', url));
    }
    await moveToPostgresql(other, blog);

    const same = await createSandbox();
    const { hostname, port, username, password, pathname } = new URL(url);
    await writeFile(
      join(same.cwd, 'config.toml'),
      `socket_address = "127.0.0.1:0"
base_url = "https://count.example"
tracked_origin = "${blog}"
[db]
host = "${hostname}"
port = ${port || '5432'}
username = "${username}"
${password && `password = "${password}"`}
database = "${pathname.slice(1)}"
`,
    );
    const importing = await readFile(join(root, page('importing')), 'utf8');
    const [load = '', start = ''] = [...importing.matchAll(/`(OXICOUNT_CONFIG_FILE=[^`]+)`/g)].map(
      ([, command = '']) => command,
    );
    expect(start).toMatch(/ oxicount serve$/);
    await same.shell(load);
    await same.shell(`bash -c '${start}' >out 2>&1 & pid=$!
until grep -q Dashboard out; do kill -0 $pid || { cat out; exit 1; }; sleep 0.1; done
kill $pid; wait $pid || [ $? = 143 ]
oxicount --version`);
    expect(await sql(url, 'SELECT path FROM oxi_pages')).toEqual([{ path: '/hello' }]);
  }, 120_000);
});

/** Takes what an instance on SQLite has to one on PostgreSQL. */
async function moveToPostgresql({ cwd, shell }: Sandbox, blog: string): Promise<void> {
  const fresh = await postgresql.create();
  onTestFinished(fresh.remove);
  await writeFile(
    join(cwd, 'new.toml'),
    `database_url = "${fresh.url}"\n[[sites]]\nslug = "blog"\nbase_urls = ["${blog}"]\n`,
  );
  for (const text of take(page('export'), 'OXICOUNT_CONFIG_FILE=new.toml')) await shell(text);
  const [again = ''] = take(page('export'), /^oxicount import/);
  await shell(`${again.replace('oxicount', 'OXICOUNT_CONFIG_FILE=new.toml oxicount')}
OXICOUNT_CONFIG_FILE=new.toml oxicount export there.ndjson --site blog`);
  const linesOf = async (name: string) => {
    const [, ...lines] = (await readFile(join(cwd, name), 'utf8')).split('\n');
    return lines;
  };
  const moved = await linesOf('there.ndjson');
  expect(moved).toEqual(await linesOf('blog.ndjson'));
  expect(moved.join()).toContain('news.example');
}

test('benchmarks are run with the command for that', async () => {
  const benchmarks = await readFile(join(root, page('benchmarks')), 'utf8');
  const [, name = ''] = /`npm run bench -- (\w+)`/.exec(benchmarks) ?? [];
  expect(benchmarks).toContain(`\n## ${name}\n`);
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  expect(scripts.bench).toMatch(/ && node test\/bench\/run\.mjs$/);
  // The one of them that takes no minutes, with the other options of the page.
  const options = ['--json', '--large', '--runs 1', '--seconds 1'];
  for (const option of options) expect(benchmarks).toContain(`\`${option.replace('1', 'N')}`);
  const env = { PATH: process.env['PATH'] };
  const { exit, output } = await runInShell(`node test/bench/run.mjs size ${options.join(' ')}`, {
    cwd: root,
    env,
  });
  expect([exit, JSON.parse(output).size.length]).toEqual([0, expect.any(Number)]);
});

test.skipIf(absence !== null)('and then every command of these pages has been run', () => {
  expect(left()).toEqual([]);
});

/** The tables of OxiTraffic, and a visit. */
const OXITRAFFIC = [
  'CREATE TABLE paths (id SERIAL PRIMARY KEY, path VARCHAR(255) NOT NULL UNIQUE)',
  'CREATE TABLE referrers (id SERIAL PRIMARY KEY, domain VARCHAR(255) NOT NULL UNIQUE)',
  `CREATE TABLE visits (id SERIAL PRIMARY KEY, path_id INT NOT NULL REFERENCES paths, registered_at TIMESTAMP NOT NULL,
    referrer_id INT REFERENCES referrers, time_s INT)`,
  "INSERT INTO paths (path) VALUES ('/hello')",
  "INSERT INTO referrers (domain) VALUES ('news.example')",
  "INSERT INTO visits (path_id, registered_at, referrer_id, time_s) VALUES (1, '2024-03-01 10:00:00', 1, 30)",
];
