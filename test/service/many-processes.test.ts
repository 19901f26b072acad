import { expect, onTestFinished, test } from 'vitest';
import { migrationsOf } from '../../server/storage/migrate.ts';
import { eachDatabase, sqlite } from '../support/databases.ts';
import { run, serve, temporaryFolder } from '../support/program.ts';
import { sql } from '../support/sql.ts';
import { startTrackedSite } from '../support/tracked-site.ts';

const PROCESSES = 10;
const BROWSER = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'accept-language': 'en-GB',
  'sec-fetch-site': 'same-origin',
};

eachDatabase('many programs on one database', (kind) => {
  test('may start at once, and agree on the schema, the salts, the secret, the token and the sites', {
    timeout: 120_000,
  }, async () => {
    const database = await kind.create();
    onTestFinished(() => database.remove());
    const env = { OXICOUNT_DATABASE_URL: database.url, OXICOUNT_MIN_DELAY_SECS: '0' };
    const cwd = await temporaryFolder();
    const programs = Array.from({ length: PROCESSES }, () => serve(env, cwd));
    const urls = await Promise.all(programs.map(({ url }) => url));

    const sites = await fetch(`${urls[0]}/graphql?query={sites{id}}`);
    expect(await sites.json()).toEqual({ data: { sites: [{ id: 'demo' }] } });
    const ids = await Promise.all(
      urls.map(async (url) => {
        const registered = await fetch(`${url}/register?path=/demo/`, { headers: BROWSER });
        expect(registered.status, await registered.clone().text()).toBe(200);
        return registered.json();
      }),
    );
    // All at once, as the first reader of the day for each of them.
    const posted = ids.map((id, index) =>
      fetch(`${urls[(index + 1) % urls.length]}/post-sleep/${id}`, { headers: BROWSER }),
    );
    for (const { status } of await Promise.all(posted)) expect(status).toBe(200);
    for (const url of urls) {
      expect(await (await fetch(`${url}/api/counts`)).json()).toEqual([{ path: '/demo', count: PROCESSES }]);
    }
    const rows = (text: string) => sql<Record<string, unknown>>(database.url, text);
    const applied = (await rows('SELECT migration_name AS name FROM _prisma_migrations')).map(
      ({ name }) => name,
    );
    expect(applied.sort()).toEqual(
      migrationsOf(kind.name === 'SQLite' ? 'sqlite' : 'postgresql').map(({ name }) => name),
    );
    expect(await rows('SELECT day FROM oxi_salts')).not.toEqual([]);
    // All agree on it, or a reader would be another visitor on each.
    expect(await rows('SELECT DISTINCT visitor FROM oxi_visits')).toHaveLength(1);
    expect(await rows('SELECT id FROM oxi_secrets')).toHaveLength(1);
    expect(await rows('SELECT prefix FROM oxi_tokens')).toHaveLength(1);
    expect(programs.filter((program) => program.output().includes('oxi_'))).toHaveLength(1);
    for (const program of programs) program.kill('SIGTERM');
    expect(await Promise.all(programs.map(({ exit }) => exit))).toEqual(programs.map(() => 0));
  });
});

// What differs between databases in this is in the storage contract.
test('running programs take up a new secret, and go on with ids of the old one', async () => {
  const database = await sqlite.create();
  const site = await startTrackedSite(['/a']);
  onTestFinished(async () => {
    await site.close();
    await database.remove();
  });
  const cwd = await temporaryFolder();
  const env = {
    OXICOUNT_DATABASE_URL: database.url,
    OXICOUNT_MIN_DELAY_SECS: '0',
    OXICOUNT_TRACKED_ORIGIN: site.url,
  };
  const register = async (url: string) => (await (await fetch(`${url}/register?path=/a`)).json()) as string;
  const post = async (url: string, id: string) => (await fetch(`${url}/post-sleep/${id}`)).status;

  const old = await serve(env, cwd).url;
  const before = await register(old);
  const rotation = run(['secret', 'rotate'], { cwd, env });
  expect(await rotation.exit).toBe(0);
  expect(rotation.output()).toMatch(/new secret/);
  const fresh = await serve(env, cwd).url;
  const after = await register(fresh);
  // The header of an id tells the secret that sealed it.
  expect(after.slice(0, 4)).not.toBe(before.slice(0, 4));
  expect(await post(fresh, before)).toBe(200);
  await expect.poll(() => post(old, after), { timeout: 8_000, interval: 500 }).toBe(200);
});
