import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { run, serve, temporaryFolder } from '../support/program.ts';
import { openFile } from '../support/sqlite.ts';

async function refusal(env: NodeJS.ProcessEnv, cwd?: string): Promise<string> {
  const program = serve(env, cwd ?? (await temporaryFolder()));
  expect(await program.exit).toBe(1);
  // A sentence for an operator, and no trace for us.
  expect(program.output()).not.toMatch(/^\s+at .*:\d+/m);
  return program.output();
}

test('a mistake in the configuration is named, with what would be right', async () => {
  const output = await refusal({
    OXICOUNT_MIN_DELAY_SECS: 'soon',
    OXICOUNT_BASE_URL: 'example',
    OXICOUNT_BASEURL: 'x',
  });
  expect(output).toMatch(/3 mistakes/);
  expect(output).toMatch(/min_delay_secs from OXICOUNT_MIN_DELAY_SECS is "soon": it should be/);
  expect(output).toMatch(/base_url from OXICOUNT_BASE_URL/);
  expect(output).toMatch(/OXICOUNT_BASEURL is not a setting/);
});

test('a port that is taken is named, with what to set', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const output = await refusal({ OXICOUNT_SOCKET_ADDRESS: `127.0.0.1:${port}` });
  expect(output).toMatch(`127.0.0.1:${port}`);
  expect(output).toMatch(/another program listens there.*OXICOUNT_SOCKET_ADDRESS/);
});

test('a database of a newer version is left alone', async () => {
  const cwd = await temporaryFolder();
  const first = serve({}, cwd);
  await first.url;
  first.kill('SIGTERM');
  await first.exit;
  const database = openFile(join(cwd, 'data/oxicount.db'));
  database.exec(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
    VALUES ('x', 'x', '99990101000000_from_the_future', 1, 1)`);
  database.close();
  expect(await refusal({}, cwd)).toMatch(/99990101000000_from_the_future.*newer oxicount/);
});

test('a file that is no database is left alone', async () => {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, 'notes.txt'), 'Dear diary, '.repeat(1_000));
  expect(await refusal({ OXICOUNT_DATABASE_URL: 'file:./notes.txt' }, cwd)).toMatch(
    /notes\.txt cannot be opened/,
  );
});

test('a PostgreSQL server that is away is named, without its password', async () => {
  const began = performance.now();
  const output = await refusal({ OXICOUNT_DATABASE_URL: 'postgresql://me:hunter2@127.0.0.1:1/visits' });
  expect(output).toMatch(/PostgreSQL at postgresql:\/\/me:\*\*\*@127\.0\.0\.1:1\/visits cannot be opened/);
  expect(output).toMatch(/Is the server running/);
  expect(output).not.toContain('hunter2');
  expect(performance.now() - began).toBeLessThan(10_000);
});

test('every command explains itself', async () => {
  const cwd = await temporaryFolder();
  const commands = [
    [],
    ['serve'],
    ['site'],
    ...['list', 'add', 'change', 'archive', 'restore', 'delete'].map((name) => ['site', name]),
    ['token'],
    ...['create', 'share', 'list', 'revoke'].map((name) => ['token', name]),
    ['webhook'],
    ...['list', 'add', 'test', 'remove', 'deliveries'].map((name) => ['webhook', name]),
    ['audit'],
    ['secret'],
    ['secret', 'rotate'],
    ['rollups'],
    ['rollups', 'rebuild'],
    ['demo'],
    ['import'],
    ...['oxitraffic', 'goatcounter', 'plausible', 'umami', 'log', 'oxicount'].map((name) => ['import', name]),
    ['export'],
    ['backup'],
    ['restore'],
    ['doctor'],
  ];
  const helps: string[] = [];
  const explain = async (command: readonly string[]) => {
    const program = run([...command, '--help'], { cwd });
    expect(await program.exit).toBe(0);
    const help = program.output();
    expect(help).toMatch(new RegExp(`^Usage: oxicount ?${command.join(' ')}`));
    helps.push(help);
  };
  // A few at a time: all at once, they would take the processors from each other and from other tests.
  const left = commands.values();
  const some = async () => {
    for (const command of left) await explain(command);
  };
  await Promise.all([some(), some(), some()]);
  expect(helps).toHaveLength(commands.length);
  // None is missing from the list above.
  const listed = helps.flatMap((help) =>
    [...(help.split('\nCommands:\n')[1] ?? '').matchAll(/^ {2}(\w+)(?: [[<].*?[\]>])*(?: {2,}|$)/gm)].map(
      ([, name]) => name,
    ),
  );
  expect(new Set(listed)).toEqual(new Set([...commands.flat(), 'help']));
  const version = run(['--version'], { cwd });
  expect(await version.exit).toBe(0);
  expect(version.output()).toMatch(/^\d+\.\d+\.\d+\n$/);
  const unknown = run(['count'], { cwd });
  expect(await unknown.exit).toBe(1);
}, 120_000);
