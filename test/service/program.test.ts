import { setTimeout as pass } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { serve, temporaryFolder } from '../support/program.ts';
import { transports } from '../support/subscriptions.ts';
import { startTrackedSite } from '../support/tracked-site.ts';

eachDatabase('the program', (kind) => {
  async function startWorld(more: NodeJS.ProcessEnv = {}) {
    const database = await kind.create();
    const site = await startTrackedSite(['/', '/a', '/b']);
    onTestFinished(async () => {
      await site.close();
      await database.remove();
    });
    const cwd = await temporaryFolder();
    const env = {
      OXICOUNT_DATABASE_URL: database.url,
      OXICOUNT_TRACKED_ORIGIN: site.url,
      OXICOUNT_MIN_DELAY_SECS: '0',
      ...more,
    };
    return { site, start: () => serve(env, cwd) };
  }
  const register = async (url: string) => (await (await fetch(`${url}/register?path=/a`)).json()) as string;
  const count = async (url: string) => (await fetch(`${url}/api/count?path=/a`)).text();

  test('loses nothing that it acknowledged when it is killed, and goes on with whoever is reading', async () => {
    const { start } = await startWorld();
    const first = start();
    const url = await first.url;
    expect((await fetch(`${url}/post-sleep/${await register(url)}`)).status).toBe(200);
    const reading = await register(url);
    first.kill('SIGKILL');
    expect(await first.exit).toBe('SIGKILL');

    const again = await start().url;
    expect(await count(again)).toBe('1');
    expect((await fetch(`${again}/post-sleep/${reading}`)).status).toBe(200);
    expect((await fetch(`${again}/page-left/${reading}/0`)).status).toBe(200);
    expect(await count(again)).toBe('2');
  });

  test('finishes what it accepted when it is told to stop, and waits for no subscriber', async () => {
    const { start } = await startWorld();
    const program = start();
    const url = await program.url;
    const ids = await Promise.all(Array.from({ length: 20 }, () => register(url)));
    const subscriptions = transports.map(({ subscribe }) =>
      subscribe(url, 'subscription { count(path: "/b") }'),
    );
    await Promise.all(subscriptions.map((subscription) => subscription.next()));
    const ends = subscriptions.map((subscription) => subscription.next());
    const answers = Promise.allSettled(ids.map((id) => fetch(`${url}/post-sleep/${id}`)));
    await pass(10);
    const began = performance.now();
    program.kill('SIGTERM');
    expect(await program.exit).toBe(0);
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(await Promise.all(ends)).toEqual(['broken off', 'broken off']);
    expect(program.output()).toMatch(/"stopped"/);

    const settled = await answers;
    const counted = settled.filter(
      ({ status, ...rest }) => status === 'fulfilled' && 'value' in rest && rest.value.status === 200,
    );
    expect(await count(await start().url)).toBe(String(counted.length));
  });
});

test('a second signal ends the program at once', async () => {
  const site = await startTrackedSite(['/a']);
  onTestFinished(() => site.close());
  const program = serve({ OXICOUNT_TRACKED_ORIGIN: site.url }, await temporaryFolder());
  const { hostname, port } = new URL(await program.url);
  // Somebody in the middle of a request keeps the first signal waiting.
  const { connect } = await import('node:net');
  const slow = connect(Number(port), hostname, () =>
    slow.write('POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{'),
  );
  slow.on('error', () => {});
  await pass(100);
  program.kill('SIGTERM');
  await pass(200);
  program.kill('SIGTERM');
  expect(await program.exit).toBe(1);
});

test('a service whose output nobody reads any more goes on, and stops when it is told to', async () => {
  const service = serve({}, await temporaryFolder());
  const url = await service.url;
  service.stopReading();
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  service.kill('SIGTERM');
  expect(await service.exit).toBe(0);
});

test('the first start says where the dashboard is, what to paste, and how to go on', async () => {
  const cwd = await temporaryFolder();
  const program = serve({}, cwd);
  const url = await program.url;
  await expect.poll(() => program.output()).toMatch(/OXICOUNT_TRACKED_ORIGIN=/);
  expect(program.output()).toContain(`<script defer src="${url}/count.js"></script>`);
  expect(program.output()).toContain(`${url}/demo/`);
  // The demo is validated as any other site, by this very instance.
  const registered = await fetch(`${url}/register?path=/demo/`, { headers: { origin: url } });
  expect(registered.status).toBe(200);
  expect((await fetch(`${url}/register?path=/demo/nothing`)).status).toBe(404);
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});
