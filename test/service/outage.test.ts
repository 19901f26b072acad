import { setTimeout as pass } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { describeOnPostgresql, postgresql } from '../support/databases.ts';
import { ask } from '../support/graphql.ts';
import { startTestService } from '../support/service.ts';
import { openFile } from '../support/sqlite.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';

/** What a refused request has to say. */
async function expectUnavailable(response: Response): Promise<void> {
  expect(response.status).toBe(503);
  expect(response.headers.get('oxicount-error')).toBe('UNAVAILABLE');
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
}

describeOnPostgresql('while PostgreSQL is away', () => {
  async function startBehindProxy() {
    const { url, remove } = await postgresql.create();
    const target = new URL(url);
    const proxy = await startTcpProxy({ host: target.hostname, port: Number(target.port || 5432) });
    onTestFinished(async () => {
      await proxy.close();
      await remove();
    });
    target.port = String(proxy.port);
    target.hostname = '127.0.0.1';
    return { proxy, ...(await startTestService({ databaseUrl: target.href })) };
  }

  test('readers are told to come back, known pages register, and nothing acknowledged is lost', async () => {
    const { proxy, request, register, visit, url } = await startBehindProxy();
    for (let i = 0; i < 5; i += 1) await visit('/a');
    const reading = await Promise.all(Array.from({ length: 10 }, () => register('/a')));
    proxy.cut();

    const began = performance.now();
    // A page that was seen before needs no database.
    const late = await register('/a');
    for (const id of [...reading.slice(0, 3), late])
      await expectUnavailable(await request(`/post-sleep/${id}`));
    await expectUnavailable(await request(`/page-left/${late}/0`));
    await expectUnavailable(await request('/readyz'));
    await expectUnavailable(await request('/api/count?path=/a'));
    await expectUnavailable(await request('/api/counts'));
    await expectUnavailable(await request('/register?path=/b'));
    for (const query of ['{ count(path: "/a") }', '{ sites { id } }']) {
      const { errors } = await ask(url, query);
      expect(errors?.[0]?.extensions).toEqual({ code: 'UNAVAILABLE', retryAfterSecs: expect.any(Number) });
    }
    expect((await request('/healthz')).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(15_000);

    proxy.restore();
    await expect.poll(async () => (await request('/readyz')).status, { timeout: 10_000 }).toBe(200);
    expect(await (await request('/api/count?path=/a')).text()).toBe('5');
    for (const id of [...reading, late]) expect((await request(`/post-sleep/${id}`)).status).toBe(200);
    expect(await (await request('/api/count?path=/a')).text()).toBe('16');
  });

  test('visits that were under way count once, whatever their readers were told', async () => {
    const { proxy, request, register } = await startBehindProxy();
    const ids = await Promise.all(Array.from({ length: 100 }, () => register('/a')));
    const answers = ids.map(async (id) => {
      await pass(Math.random() * 60);
      return (await request(`/post-sleep/${id}`)).status;
    });
    await pass(30);
    proxy.cut();
    const statuses = await Promise.all(answers);
    proxy.restore();
    await expect.poll(async () => (await request('/readyz')).status, { timeout: 10_000 }).toBe(200);
    const again = await Promise.all(ids.map(async (id) => (await request(`/post-sleep/${id}`)).status));
    // An answer that was lost on its way may have counted, which the second one then says.
    for (const [index, status] of statuses.entries()) {
      expect(status === 200 ? again[index] === 400 : status === 503).toBe(true);
    }
    expect(await (await request('/api/count?path=/a')).text()).toBe(String(ids.length));
  });

  test('a server that says nothing any more keeps nobody waiting for long', { timeout: 60_000 }, async () => {
    const { proxy, url, request, register, log } = await startBehindProxy();
    const ids = await Promise.all(Array.from({ length: 30 }, () => register('/a')));
    const [id] = ids;
    proxy.stall();
    const began = performance.now();
    const post = async (one: string, wait: number) => {
      await pass(wait);
      const asked = performance.now();
      await expectUnavailable(await request(`/post-sleep/${one}`));
      return performance.now() - asked;
    };
    // Those that come later wait for those before, and then no longer than they would have by themselves.
    const [waits] = await Promise.all([
      Promise.all(ids.map((one, index) => post(one, index * 150))),
      request('/readyz').then(expectUnavailable),
      request('/api/counts').then(expectUnavailable),
      ask(url, '{ stats(range: { preset: LAST_30_DAYS }) { totals { visits } } }').then(({ errors }) =>
        expect(errors?.[0]?.extensions?.['code']).toBe('UNAVAILABLE'),
      ),
    ]);
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(Math.max(...waits)).toBeLessThan(12_000);
    proxy.restore();
    await expect.poll(async () => (await request('/readyz')).status, { timeout: 10_000 }).toBe(200);
    expect((await request(`/post-sleep/${id}`)).status).toBe(200);

    const told = () => log.lines.filter(({ message }) => message.startsWith('the database can'));
    await expect.poll(() => told().length, { timeout: 20_000 }).toBe(2);
    expect(told().map(({ level }) => level)).toEqual(['warn', 'info']);
    expect(told()[1]?.fields['refused']).toBeGreaterThan(30);
  });
});

test('while another program keeps the SQLite file to itself, readers are told to come back', async () => {
  const { request, register, visit, databaseUrl } = await startTestService();
  await visit('/a');
  const id = await register('/a');
  const other = openFile(databaseUrl.slice('file:'.length));
  other.exec('BEGIN IMMEDIATE');
  const began = performance.now();
  await expectUnavailable(await request(`/post-sleep/${id}`));
  await expectUnavailable(await request('/readyz'));
  expect(performance.now() - began).toBeLessThan(8_000);
  // Readers are not kept waiting by who writes.
  expect(await (await request('/api/count?path=/a')).text()).toBe('1');
  expect(await register('/a')).toMatch(/./);
  other.exec('ROLLBACK');
  other.close();
  expect((await request(`/post-sleep/${id}`)).status).toBe(200);
  expect(await (await request('/api/count?path=/a')).text()).toBe('2');
});
