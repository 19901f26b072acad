import { chmod, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createOperator, type Operator } from '../support/command.ts';
import { describeOnPostgresql, postgresql } from '../support/databases.ts';
import { haproxyAbsence, startHaproxy } from '../support/haproxy.ts';
import { absenceOf, freePort } from '../support/own-programs.ts';
import { run } from '../support/program.ts';
import { redisAbsence, startRedis } from '../support/redis.ts';
import { openFile } from '../support/sqlite.ts';

interface Finding {
  readonly group: string;
  readonly name: string;
  readonly level: string;
  readonly says: string;
  readonly advice: string | null;
}

/** A site that is served as real ones are, with a page of its own and whatever answer to other paths. */
async function startSite(frontPage: string, otherwise = 404): Promise<string> {
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/' ? 200 : otherwise;
    response.setHeader('content-type', 'text/html').end(frontPage);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The program is started many times, on a machine that may be busy. */
const PATIENTLY = { timeout: 90_000 };

const snippet = (baseUrl: string) => `<script defer src="${baseUrl}/count.js"></script>`;

async function examine(operator: Operator, ...args: string[]) {
  const { exit, output, standardOutput } = await operator.command('doctor', '--json', ...args);
  expect(output).toBe(standardOutput);
  const { verdict, findings } = JSON.parse(standardOutput) as { verdict: string; findings: Finding[] };
  const levelsOf = (name: string) => findings.filter((one) => one.name === name).map(({ level }) => level);
  const notFine = findings
    .filter(({ level }) => level !== 'fine')
    .map(({ name, says }) => `${name}: ${says}`);
  return { exit, verdict, findings, levelsOf, notFine };
}

test(
  'nothing is wrong with an instance on SQLite, started or not, and nothing is changed by looking',
  PATIENTLY,
  async () => {
    const port = await freePort();
    const baseUrl = `http://127.0.0.1:${port}`;
    const operator = await createOperator({
      OXICOUNT_SOCKET_ADDRESS: `127.0.0.1:${port}`,
      OXICOUNT_BASE_URL: baseUrl,
      OXICOUNT_TRACKED_ORIGIN: await startSite(snippet(baseUrl)),
      OXICOUNT_LOGS_DIR: 'logs',
    });
    const before = await examine(operator);
    expect([before.exit, before.levelsOf('SQLite file')]).toEqual([1, ['unknown']]);
    // Nothing answers where readers are sent.
    expect(before.levelsOf(baseUrl)).toEqual(['broken']);
    expect(before.levelsOf('on this machine')).toEqual(['unknown']);

    const program = operator.serve({ OXICOUNT_SOCKET_ADDRESS: `127.0.0.1:${port}` });
    await program.url;
    const rowsOf = () => {
      const file = openFile(join(operator.cwd, 'data/oxicount.db'));
      const tables = [
        'oxi_sites',
        'oxi_salts',
        'oxi_secrets',
        'oxi_pages',
        'oxi_tokens',
        'oxi_visits',
        'oxi_audit_entries',
      ];
      const rows = tables.map((name) => file.prepare(`SELECT * FROM ${name}`).all());
      file.close();
      return rows;
    };
    const rows = rowsOf();
    await expect
      .poll(async () => (await examine(operator)).notFine, { timeout: 60_000, interval: 1_000 })
      .toEqual([]);
    const { output, exit } = await operator.command('doctor');
    expect([exit, output]).toEqual([
      0,
      expect.stringMatching(/^Configuration\n {2}ok settings[\s\S]*Everything is fine\.\n$/),
    ]);
    expect(output).toMatch(/^[\n\x20-\x7e]+$/);
    expect(rowsOf()).toEqual(rows);

    program.kill('SIGTERM');
    await program.exit;
    const file = openFile(join(operator.cwd, 'data/oxicount.db'));
    file.exec(
      "UPDATE _prisma_migrations SET migration_name = '99990101000000_later' WHERE migration_name LIKE '%_votes'",
    );
    file.close();
    await chmod(join(operator.cwd, 'data/oxicount.db'), 0o666);
    await Promise.all([chmod(operator.cwd, 0o755), chmod(join(operator.cwd, 'data'), 0o755)]);
    const after = await examine(operator);
    expect([after.levelsOf('tables'), after.levelsOf('who may read it')]).toEqual([['broken'], ['broken']]);
  },
);

const absences = await Promise.all([
  redisAbsence(),
  haproxyAbsence(),
  absenceOf('faketime', ['/usr/bin/faketime']),
]);
const absence = absences.find((one) => one !== null);

describe.skipIf(absence)(`with Redis and a proxy${absence ? ` (skipped: ${absence})` : ''}`, () => {
  describeOnPostgresql('on PostgreSQL', () => {
    test('a proxy that is not trusted is told, and all is fine once it is', PATIENTLY, async () => {
      const database = await postgresql.create();
      onTestFinished(() => database.remove());
      const redis = await startRedis();
      const port = await freePort();
      const haproxy = await startHaproxy([port], { forwards: true });
      onTestFinished(() => haproxy.stop());
      const env = {
        OXICOUNT_SOCKET_ADDRESS: `127.0.0.1:${port}`,
        OXICOUNT_BASE_URL: haproxy.url,
        OXICOUNT_DATABASE_URL: database.url,
        OXICOUNT_REDIS_URL: redis.url,
        OXICOUNT_TRACKED_ORIGIN: await startSite(snippet(haproxy.url)),
      };
      const wrong = await createOperator(env);
      const first = wrong.serve(env);
      await first.url;
      await expect
        .poll(async () => (await examine(wrong)).notFine, { timeout: 60_000, interval: 1_000 })
        .toEqual([
          'proxies: requests come from a proxy at a loopback address, which trusted_proxies does not have',
        ]);
      first.kill('SIGTERM');
      await first.exit;

      const right = await createOperator({ ...env, OXICOUNT_TRUSTED_PROXIES: 'loopback' });
      const second = right.serve(env);
      await second.url;
      let findings: readonly Finding[] = [];
      const look = async () => {
        const found = await examine(right);
        ({ findings } = found);
        return found.notFine;
      };
      await expect.poll(look, { timeout: 60_000, interval: 1_000 }).toEqual([]);
      expect(findings.find(({ name }) => name === 'Redis')?.says).toMatch(/one process of this instance/);
    });

    test(
      'much that is wrong at once is told at once, each for itself, without a secret',
      PATIENTLY,
      async () => {
        const database = await postgresql.create();
        onTestFinished(() => database.remove());
        const away = await freePort();
        const taken = await startSite('something else');
        const softly = await startSite('<h1>Anything</h1>', 200);
        const operator = await createOperator();
        const config = join(operator.cwd, 'config.toml');
        await writeFile(
          config,
          `tracked_origin = "${softly}"
workers = 99
redis_url = "redis://:hunter2@127.0.0.1:${away}"
admin_token = "hunter2hunter2hunter2"
database_url = "${database.url}"
socket_address = "${new URL(taken).host}"
base_url = "http://count.invalid"
basurl = "x"
[[sites]]
slug = "docs"
base_urls = ["https://docs.invalid"]
callback_origin = "http://127.0.0.1:${away}"
`,
        );
        await chmod(config, 0o644);
        const env = { OXICOUNT_CONFIG_FILE: config };
        const doctor = run(['doctor', '--json'], {
          cwd: operator.cwd,
          env,
          under: ['/usr/bin/faketime', '-f', '+90s'],
        });
        expect(await doctor.exit).toBe(1);
        const output = doctor.standardOutput();
        expect(output).not.toContain('hunter2');
        const { findings } = JSON.parse(output) as { findings: Finding[] };
        const broken = findings
          .filter(({ level }) => level === 'broken')
          .map(({ name, says }) => `${name}: ${says}`);
        expect(broken).toEqual([
          expect.stringMatching(/^settings: basurl .* did you mean base_url/),
          expect.stringMatching(/^settings: workers .* is 99/),
          expect.stringMatching(/^base_url: http:\/\/count\.invalid, while https:\/\/docs\.invalid/),
          expect.stringMatching(/^clock: (89|90|91) s ahead of/),
          'Redis: nothing listens there',
          expect.stringMatching(/^on this machine: another program listens/),
          'http://count.invalid: the name is not known to the DNS',
          'https://docs.invalid: the name is not known to the DNS',
          `http://127.0.0.1:${away}: nothing listens there`,
        ]);
        expect(findings.filter(({ level }) => level === 'warning').map(({ name }) => name)).toEqual([
          'a path that is no page',
          `the snippet at ${softly}/`,
        ]);
        for (const { level, advice } of findings) if (level === 'broken') expect(advice).toMatch(/\S/);
      },
    );
  });
});
