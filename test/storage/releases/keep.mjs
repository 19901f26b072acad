// Keeps what a release leaves in its databases, and what it answers from them: node keep.mjs NAME [PROGRAM]
// PROGRAM is the built program of that release; the one of this checkout without it. Needs pg_dump and sqlite3.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const [name, given] = process.argv.slice(2);
if (!name) throw new Error('The name of the release is missing, such as 1.2.0.');
const built = fileURLToPath(new URL('../../../server/dist/oxicount.js', import.meta.url));
const program = resolve(given ?? built);
const server = process.env['TEST_POSTGRESQL_URL'] ?? 'postgresql://postgres@127.0.0.1:5432/postgres';
const home = fileURLToPath(new URL(`${name}/`, import.meta.url));
const today = new Date().toISOString().slice(0, 10);
const READERS = {
  ann: {
    'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'accept-language': 'de',
  },
  ben: {
    'user-agent':
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
    'accept-language': 'en',
  },
};
const STATS = `range: { from: "${today}", to: "${today}" }`;
const FIGURES = 'visits visitors returningVisitors views pixelViews timedVisits spentSeconds';
/** What is asked of it; a release that does not know a question has no answer to keep. */
const QUESTIONS = [
  '/api/counts?site=blog',
  '/api/counts?site=docs',
  '/api/count?site=blog&path=/a',
  '/api/history?site=blog&path=/a',
  '/api/history?site=docs&path=/user/:id',
  `{ stats(site: "blog", ${STATS}) { totals { ${FIGURES} } } }`,
  `{ stats(site: "docs", ${STATS}) { totals { ${FIGURES} } } }`,
  ...['PAGE', 'REFERRER', 'CAMPAIGN', 'BROWSER', 'LANGUAGE'].map(
    (dimension) =>
      `{ stats(site: "blog", ${STATS}) { top(dimension: ${dimension}) { edges { node { value figures { ${FIGURES} } } } } } }`,
  ),
  '{ votes(site: "blog", path: "/a") { up down score } }',
];

const site = createServer((_request, response) => response.end('a page')).listen(0, '127.0.0.1');
await once(site, 'listening');
const origin = `http://127.0.0.1:${site.address().port}`;
const folder = mkdtempSync(join(tmpdir(), 'oxicount-keep-'));
const database = `oxicount_keep_${process.pid}`;
const address = new URL(server);
address.pathname = `/${database}`;

mkdirSync(home, { recursive: true });
try {
  await onServer(`CREATE DATABASE ${database}`);
  const file = join(folder, 'oxicount.db');
  const answers = await use(`file:${file}`);
  keep('sqlite.sql', execFileSync('sqlite3', [file, '.dump'], { encoding: 'utf8' }));
  const others = await use(address.href);
  const dump = execFileSync(
    'pg_dump',
    [
      '--inserts',
      '--no-owner',
      '--no-privileges',
      '--no-comments',
      '--table=oxi_*',
      '--table=_prisma_migrations',
      address.href,
    ],
    { encoding: 'utf8' },
  );
  // Without what only psql understands, and what the version of the server says of itself.
  keep(
    'postgresql.sql',
    dump.replace(/^(--|\\|SET |SELECT pg_catalog\.set_config).*\n/gm, '').replace(/\n{2,}/g, '\n\n'),
  );
  writeFileSync(
    join(home, 'answers.json'),
    `${JSON.stringify({ sqlite: answers, postgresql: others }, null, 2)}\n`,
  );
} finally {
  await onServer(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  rmSync(folder, { recursive: true });
  site.close();
}

function keep(file, sql) {
  writeFileSync(join(home, file), sql.replaceAll(origin, 'https://origin.example').trimStart());
}

/** Starts the program on a database, has it do all that it can, and gives what it answers in the end. */
async function use(databaseUrl) {
  writeFileSync(
    join(folder, 'config.toml'),
    `socket_address = "127.0.0.1:0"
base_url = "https://count.example"
database_url = "${databaseUrl}"
min_delay_secs = 0
[[sites]]
slug = "blog"
name = "Blog"
base_urls = ["https://blog.example"]
callback_origin = "${origin}"
time_zone = "UTC"
[[sites]]
slug = "docs"
name = "Docs"
base_urls = ["https://docs.example", "https://www.docs.example"]
callback_origin = "${origin}"
time_zone = "UTC"
path_patterns = ["/user/:id"]
`,
  );
  const env = { PATH: process.env.PATH, OXICOUNT_CONFIG_FILE: join(folder, 'config.toml') };
  const child = spawn(process.execPath, [program, 'serve'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await listening(child);
  const call = async (path, reader, host = 'blog') => {
    const response = await fetch(url + path, {
      headers: { ...READERS[reader], origin: `https://${host}.example` },
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const register = async (path, reader, host) =>
    (await call(`/register?${new URLSearchParams({ path, site: host })}`, reader, host)).json();
  const ids = [
    [
      await register('/a', 'ann', 'blog'),
      'ann',
      'blog',
      2,
      '?referrer_origin=https://news.example&utm_source=letter',
    ],
    [await register('/a', 'ben', 'blog'), 'ben', 'blog', 1, '?referrer_origin=https://search.example'],
    [await register('/b', 'ann', 'blog'), 'ann', 'blog', null, ''],
    [await register('/user/7', 'ben', 'docs'), 'ben', 'docs', 2, ''],
    [await register('/user/8', 'ann', 'docs'), 'ann', 'docs', null, ''],
  ];
  await sleep(2_500);
  for (const [id, reader, host, seconds, query] of ids) {
    await call(`/post-sleep/${id}${query}`, reader, host);
    if (seconds !== null) await call(`/page-left/${id}/${seconds}`, reader, host);
  }
  const graphql = async (query, reader) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { ...READERS[reader], origin: 'https://blog.example', 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return response.json();
  };
  await fetch(`${url}/pixel.gif?site=blog&path=/b`, { headers: READERS.ben });
  await graphql('mutation { vote(site: "blog", path: "/a", vote: UP) { score } }', 'ann');
  await graphql('mutation { vote(site: "blog", path: "/a", vote: DOWN) { score } }', 'ben');
  for (const args of [
    ['site', 'add', 'shop', '--base-url', 'https://shop.example', '--visibility', 'private'],
    ['token', 'create', 'reports', '--scope', 'read', '--site', 'shop'],
  ]) {
    try {
      execFileSync(process.execPath, [program, ...args], { cwd: folder, env, stdio: 'pipe' });
    } catch (error) {
      // A release that does not know the command yet.
      if (!/unknown command|error: /.test(String(error.stderr))) throw error;
    }
  }
  const answers = {};
  for (const question of QUESTIONS) {
    const answer = question.startsWith('/')
      ? await (await call(question, 'ann')).json()
      : (await graphql(question, 'ann')).data;
    if (answer) answers[question] = answer;
  }
  child.kill('SIGTERM');
  await once(child, 'exit');
  return answers;
}

/** Where it listens, once it says so. */
function listening(child) {
  let output = '';
  return new Promise((done, failed) => {
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
      const [, url] = /(http:\/\/127\.0\.0\.1:\d+)/.exec(output) ?? [];
      if (url) done(url);
    });
    child.on('exit', (code) => failed(new Error(`${program} ended with ${code}: ${output}`)));
  });
}

async function onServer(sql) {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(sql);
  await client.end();
}
