import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Cluster, clusterAbsence, startCluster } from '../support/cluster.ts';
import { startTestService } from '../support/service.ts';
import { sql } from '../support/sql.ts';

const absence = await clusterAbsence();

/** What can become of a server, and how it is put right. */
const FAULTS: [what: string, begin: (cluster: Cluster) => Promise<() => Promise<unknown>>][] = [
  ['is restarted', async (cluster) => stopped(cluster, 'fast')],
  ['loses its machine', async (cluster) => stopped(cluster, 'immediate')],
  [
    'turns read-only',
    async ({ url }) => {
      const other = new URL('/template1', url).href;
      await sql(other, 'ALTER DATABASE postgres SET default_transaction_read_only = on');
      await sql(url, END_CONNECTIONS);
      return () => sql(other, 'ALTER DATABASE postgres RESET default_transaction_read_only');
    },
  ],
  [
    'has no more connections',
    async ({ url }) => {
      const others: Client[] = [];
      onTestFinished(async () => void (await Promise.all(others.map((other) => other.end()))));
      const [first] = await occupied(url, others);
      // Those of the program are taken as well.
      while ((await first?.query(END_CONNECTIONS))?.rowCount) await occupied(url, others);
      return async () => void (await Promise.all(others.splice(0).map((other) => other.end())));
    },
  ],
];

const END_CONNECTIONS = `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'oxicount'`;

async function stopped(cluster: Cluster, how: 'fast' | 'immediate') {
  await cluster.stop(how);
  return () => cluster.start();
}

/** Takes all connections that the server has left. */
async function occupied(url: string, others: Client[]): Promise<Client[]> {
  for (;;) {
    const client = new Client({ connectionString: url });
    client.on('error', () => {});
    try {
      await client.connect();
    } catch (error) {
      expect((error as { code?: string }).code).toBe('53300');
      return others;
    }
    others.push(client);
  }
}

describe.skipIf(absence !== null)(`PostgreSQL${absence === null ? '' : ` (skipped: ${absence})`}`, () => {
  test('may fail in many ways: readers are told to come back, then everything counts once', {
    timeout: 90_000,
  }, async () => {
    const cluster = await startCluster({ max_connections: '20' });
    const { request, register, visit, log } = await startTestService({ databaseUrl: cluster.url });
    const ready = async () => (await request('/readyz')).status;
    await visit('/a');
    let counted = 1;

    for (const [what, begin] of FAULTS) {
      const ids = await Promise.all(Array.from({ length: 5 }, () => register('/a')));
      const end = await begin(cluster);
      for (const id of ids) {
        const response = await request(`/post-sleep/${id}`);
        expect([response.status, response.headers.get('oxicount-error')], what).toEqual([503, 'UNAVAILABLE']);
        expect(Number(response.headers.get('retry-after')), what).toBeGreaterThan(0);
      }
      expect(await ready(), what).toBe(503);
      await end();
      await expect.poll(ready, { timeout: 15_000, message: what }).toBe(200);
      for (const id of ids) expect((await request(`/post-sleep/${id}`)).status, what).toBe(200);
      counted += ids.length;
      expect(await (await request('/api/count?path=/a')).text(), what).toBe(String(counted));
    }
    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
