import { setTimeout } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { clusterAbsence, startCluster, startStandby } from '../support/cluster.ts';
import { temporaryFolder } from '../support/program.ts';
import { startTestService } from '../support/service.ts';
import { sql } from '../support/sql.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { checkBooks } from './books.ts';
import { sendReaders } from './readers.ts';

const absence = await clusterAbsence();
const LOAD_MS = 8_000;

describe.skipIf(absence !== null)(
  `a synchronous standby${absence === null ? '' : ` (skipped: ${absence})`}`,
  () => {
    test('is promoted under load, and has everything that was acknowledged', async () => {
      const primary = await startCluster();
      const standby = await startStandby(primary, 'standby');
      await sql(primary.url, "ALTER SYSTEM SET synchronous_standby_names = 'standby'");
      await sql(primary.url, 'SELECT pg_reload_conf()');
      const isSynchronous = async () =>
        (await sql(primary.url, 'SELECT sync_state FROM pg_stat_replication'))[0];
      await expect.poll(isSynchronous, { timeout: 10_000 }).toEqual({ sync_state: 'sync' });

      const proxy = await startTcpProxy({ host: '127.0.0.1', port: primary.port });
      onTestFinished(() => proxy.close());
      const databaseUrl = `postgresql://postgres@127.0.0.1:${proxy.port}/postgres`;
      const { url, request, log } = await startTestService({ databaseUrl, paths: PATHS });
      const ready = async () => (await request('/readyz')).status;

      const readers = sendReaders(() => url, 30);
      await setTimeout(LOAD_MS);
      const before = readers.acknowledged.size;
      // The machine is lost, and for a while nobody knows.
      await primary.stop('immediate');
      await setTimeout(2_000);
      // Whoever follows too early finds a server that takes nothing yet.
      proxy.follow({ host: '127.0.0.1', port: standby.port });
      await expect.poll(ready).toBe(503);
      await standby.promote();
      await expect.poll(ready, { timeout: 15_000 }).toBe(200);
      await setTimeout(LOAD_MS);
      await readers.stop();

      expect(readers.failures()).toBeGreaterThan(0);
      expect(readers.acknowledged.size).toBeGreaterThan(before);
      await checkBooks(readers, { origin: url, databaseUrl, cwd: await temporaryFolder() });
      const told = () =>
        log.lines.filter(({ message }) => message.startsWith('the database can')).map(({ level }) => level);
      await expect.poll(told, { timeout: 20_000 }).toEqual(['warn', 'info']);
    });
  },
);

const PATHS = Array.from({ length: 5 }, (_, index) => `/page-${index}`);
