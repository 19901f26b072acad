import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ask } from '../support/graphql.ts';
import { serve, temporaryFolder } from '../support/program.ts';

const TOKEN = /oxi_[0-9a-f]{12}_([\w-]{43})/g;

/** Starts the service, waits until its greeting is through, and stops it. */
async function start(env: NodeJS.ProcessEnv, cwd: string, meanwhile = async (_url: string) => {}) {
  const program = serve({ OXICOUNT_LOGS_DIR: 'logs', OXICOUNT_LOG_LEVEL: 'trace', ...env }, cwd);
  const url = await program.url;
  await meanwhile(url);
  program.kill('SIGTERM');
  expect(await program.exit).toBe(0);
  return program.output();
}

/** Everything that is in the files of a folder, read as text. */
async function contents(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return (
    await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')))
  ).join();
}

test('the first start shows a token once, which is in no line of the log and in no file', async () => {
  const cwd = await temporaryFolder();
  const output = await start({}, cwd);
  const found = [...output.matchAll(TOKEN)];
  expect(found).toHaveLength(1);
  const [[token = '', secret = ''] = []] = found;
  expect(output).toMatch(/Token +administers this instance.*\n.*shown this once/);
  const logged = output.split('\n').filter((line) => line.startsWith('{'));
  expect(logged.length).toBeGreaterThan(1);
  expect(logged.join()).not.toContain(secret);
  const files = await contents(cwd);
  expect(files).toContain('"listening"');
  expect(files).not.toContain(secret);

  const again = await start({}, cwd, async (url) => {
    const authorization = `Bearer ${token}`;
    expect(await ask(url, '{ viewer { name scopes } }', {}, { authorization })).toEqual({
      data: { viewer: { name: 'first token', scopes: ['ADMINISTER_INSTANCE'] } },
    });
  });
  expect(again).toContain('oxicount is running.');
  expect(again).not.toMatch(TOKEN);
  expect(again).not.toMatch(/Token/);
  expect(await contents(cwd)).not.toContain(secret);
});

test('no token is made where the configuration has one', async () => {
  const cwd = await temporaryFolder();
  const OXICOUNT_ADMIN_TOKEN = 'the-token-of-the-one-who-runs-it';
  const output = await start({ OXICOUNT_ADMIN_TOKEN }, cwd);
  expect(output).not.toMatch(TOKEN);
  expect(output).not.toContain(OXICOUNT_ADMIN_TOKEN);
});
