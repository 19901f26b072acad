import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../server/free-port.ts';
import { createOperator } from '../support/command.ts';
import { describeOnPostgresql, postgresql } from '../support/databases.ts';
import { sql } from '../support/sql.ts';

const VISITS = 200_000;

/** The tables of OxiTraffic, with three years of visits. */
const OXITRAFFIC = `
  CREATE TABLE paths (id serial PRIMARY KEY, path text NOT NULL UNIQUE);
  CREATE TABLE referrers (id serial PRIMARY KEY, domain text NOT NULL UNIQUE);
  CREATE TABLE visits (id bigserial PRIMARY KEY, path_id int NOT NULL REFERENCES paths (id),
    registered_at timestamptz NOT NULL, referrer_id int REFERENCES referrers (id), time_s int);
  INSERT INTO paths (path) SELECT '/posts/' || n FROM generate_series(1, 300) AS n;
  INSERT INTO paths (path) VALUES ('no path');
  INSERT INTO referrers (domain) SELECT 'news' || n || '.example' FROM generate_series(1, 100) AS n;
  INSERT INTO visits (path_id, registered_at, referrer_id, time_s)
    SELECT 1 + ((n % 97) * (n % 13)) % 300, '2022-01-01T00:00:00.123Z'::timestamptz + n * interval '471 seconds',
      CASE WHEN n % 3 = 0 THEN 1 + n % 100 END, CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN 0 ELSE 19 + n % 600 END
    FROM generate_series(1, ${VISITS}) AS n;
  INSERT INTO visits (path_id, registered_at) VALUES (301, '2023-01-01T00:00:00Z')`;

async function run(url: string, statements: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statements).finally(() => client.end());
}

describeOnPostgresql('whoever comes from OxiTraffic', () => {
  test('starts with its configuration in its database, has its numbers, and counts on', {
    timeout: 300_000,
  }, async () => {
    const { url, remove } = await postgresql.create();
    onTestFinished(remove);
    await run(url, OXITRAFFIC);
    const operator = await createOperator({
      OXICOUNT_CONFIG_FILE: 'config.toml',
    });
    const server = new URL(url);
    const port = await freePort('127.0.0.1');
    const config = `
      socket_address = "127.0.0.1:${port}"
      base_url = "https://count.example"
      tracked_origin = "https://blog.example"
      min_delay_secs = 1
      utc_offset = { hours = 1 }

      [db]
      host = "${server.hostname}"
      port = ${server.port || 5432}
      username = "${server.username}"
      password = "${server.password || 'not asked for'}"
      database = "${server.pathname.slice(1)}"`;
    await writeFile(join(operator.cwd, 'config.toml'), config);

    const counted = await sql<{ path: string; count: number }>(
      url,
      `SELECT path, count(*)::int AS count FROM visits JOIN paths ON paths.id = path_id
       WHERE path LIKE '/%' GROUP BY path ORDER BY count DESC, path COLLATE "C"`,
    );
    const report = await operator.json<Record<string, unknown>>('import', 'oxitraffic');
    expect(report).toMatchObject({
      visits: VISITS,
      pixelViews: 0,
      pages: counted.length,
      thereAlready: 0,
      complete: true,
    });
    expect(report['leftOut']).toEqual([
      {
        why: 'the path is not one that a page can have',
        count: 1,
        examples: [expect.stringMatching(/no path/)],
      },
    ]);

    const program = operator.begin('serve');
    const service = `http://127.0.0.1:${port}`;
    await expect
      .poll(
        () =>
          fetch(`${service}/readyz`).then(
            ({ ok }) => ok || program.output(),
            () => program.output(),
          ),
        { timeout: 30_000 },
      )
      .toBe(true);
    const counts = async () => (await fetch(`${service}/api/counts`)).json();
    const byCount = (a: { path: string; count: number }, b: typeof a) =>
      b.count - a.count || (a.path < b.path ? -1 : 1);
    expect(((await counts()) as typeof counted).sort(byCount)).toEqual(counted.sort(byCount));

    const history = await fetch(`${service}/api/history?path=/posts/1`).then((response) => response.json());
    expect(history).toMatchObject({ utc_offset: '+01:00' });
    expect((history as { visits: unknown[] }).visits[0]).toMatchObject({
      registered_at: expect.stringMatching(/^2022-01-01T\d\d:\d\d:\d\d\.123$/),
    });

    // What its script does on a page that is there.
    const get = async (address: string) => {
      const response = await fetch(service + address, { headers: { origin: 'https://blog.example' } });
      expect(response.status).toBe(200);
      return response.text();
    };
    const [first] = counted;
    const id = JSON.parse(await get(`/register?path=${first?.path}`));
    await pass(1_050);
    await get(`/post-sleep/${id}`);
    expect(await get(`/api/count?path=${first?.path}`)).toBe(String((first?.count ?? 0) + 1));

    // A second run, while it counts, changes nothing.
    const before = await sql(url, 'SELECT * FROM oxi_rollups ORDER BY 1, 2, 3, 4, 5, 6');
    const again = await operator.json<Record<string, unknown>>('import', 'oxitraffic');
    expect(again).toMatchObject({ visits: 0, pages: 0, thereAlready: VISITS });
    expect(await sql(url, 'SELECT * FROM oxi_rollups ORDER BY 1, 2, 3, 4, 5, 6')).toEqual(before);
  });
});

test('an import that cannot be says what would be right', async () => {
  const operator = await createOperator();
  const { url, remove } = await postgresql.create();
  onTestFinished(remove);
  for (const [args, refusal] of [
    [['import', 'oxitraffic'], /--from must say where/],
    [
      ['import', 'oxitraffic', '--from', 'postgresql://me:hunter2@127.0.0.1:1/x'],
      /127\.0\.0\.1:1\/x cannot be read/,
    ],
    [['import', 'oxitraffic', '--from', url], /no table paths, no table referrers, no table visits/],
    [['import', 'oxicount', 'nothing.ndjson'], /There is no file nothing\.ndjson/],
    [['export', '--site', 'nothing'], /no site "nothing"/],
    [['export', '--from', '2024-02-01', '--to', '2024-01-01'], /--from is after --to/],
    [['export', '--format', 'xml'], /one of ndjson, csv, rollups/],
  ] as const) {
    const { exit, output } = await operator.command(...args);
    expect([args, exit, output]).toEqual([args, 1, expect.stringMatching(refusal)]);
    expect(output).not.toMatch(/hunter2|^\s+at /m);
  }
});

test('a site is exported to a file and over HTTP, and imported by another instance', {
  timeout: 120_000,
}, async () => {
  const operator = await createOperator({ OXICOUNT_ADMIN_TOKEN: 'may-do-everything-there-is' });
  const site = ['--site', 'sample'];
  await operator.command('demo', '--visits', '300', '--days', '3', '--pages', '10');
  const file = join(operator.cwd, 'sample.ndjson');
  expect(await operator.command('export', file, ...site)).toMatchObject({ exit: 0 });
  expect(await operator.command('export', file, ...site)).toMatchObject({
    exit: 1,
    output: expect.stringMatching(/is there already; --force replaces it/),
  });
  expect(await operator.command('export', file, ...site, '--force')).toMatchObject({ exit: 0 });
  const lines = (text: string) => text.split('\n').filter((line) => !line.includes('"type":"header"'));
  const written = lines(await readFile(file, 'utf8'));
  const { standardOutput } = await operator.command('export', ...site);
  expect(lines(standardOutput)).toEqual(written);

  const service = await operator.serve().url;
  const ask = (query: string, token?: string) =>
    fetch(`${service}/api/export?site=sample${query}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
  const answer = await ask('', 'may-do-everything-there-is');
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="sample.ndjson"');
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  expect(lines(await answer.text())).toEqual(written);
  const rollups = await ask('&format=rollups', 'may-do-everything-there-is');
  expect(await rollups.text()).toMatch(/^day,dimension,value,visits,.*\r\n\d{4}-\d\d-\d\d,all,,\d+,/);
  for (const [query, token, status] of [
    ['', undefined, 403],
    ['', 'wrong', 401],
    ['&format=xml', 'may-do-everything-there-is', 400],
    ['&from=yesterday', 'may-do-everything-there-is', 400],
    ['&from=2024-02-01&to=2024-01-01', 'may-do-everything-there-is', 400],
  ] as const) {
    const refused = await ask(query, token);
    expect([query, refused.status, refused.headers.get('content-disposition')]).toEqual([
      query,
      status,
      null,
    ]);
  }

  const other = await createOperator();
  await other.command('site', 'add', 'sample', '--base-url', 'https://sample.example', '--time-zone', 'UTC');
  expect(await other.command('import', 'oxicount', file, ...site, '--dry-run')).toMatchObject({
    exit: 0,
    output: expect.stringMatching(/Would import 300 visits/),
  });
  expect(await other.command('import', 'oxicount', file, ...site)).toMatchObject({
    exit: 0,
    output: expect.stringMatching(/Imported 300 visits and \d+ pixel views of the file .* with 10 new pages/),
  });
  expect(lines((await other.command('export', ...site)).standardOutput)).toEqual(written);
});
