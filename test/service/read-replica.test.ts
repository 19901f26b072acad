import { describe, expect, test } from 'vitest';
import { clusterAbsence, startCluster, startStandby } from '../support/cluster.ts';
import { startTestService } from '../support/service.ts';
import { sql } from '../support/sql.ts';

const absence = await clusterAbsence();

describe.skipIf(absence !== null)(`a read replica${absence === null ? '' : ` (skipped: ${absence})`}`, () => {
  test('answers for figures and decides nothing; while it is away the primary answers', {
    timeout: 90_000,
  }, async () => {
    const primary = await startCluster({ hot_standby: 'on' });
    const replica = await startStandby(primary, 'replica');
    const { request, visit, log } = await startTestService({
      databaseUrl: primary.url,
      databaseReadUrl: replica.url,
    });
    const listed = async () => (await request('/api/counts')).json();
    const counted = async () => (await request('/api/count?path=/a')).text();
    const history = async () => (await (await request('/api/history?path=/a')).json()).visits.length;
    const ready = async () => (await request('/readyz')).json();

    await visit('/a');
    await expect.poll(listed, { timeout: 10_000 }).toEqual([{ path: '/a', count: 1 }]);
    await expect.poll(history, { timeout: 10_000 }).toBe(1);
    expect(await ready()).toEqual({
      status: 'ready',
      readReplica: { state: 'in use', lagSecs: expect.any(Number) },
    });

    // A replica that is behind: lists are as old as it is, and counts, which are followed live, are not.
    await sql(replica.url, 'SELECT pg_wal_replay_pause()');
    await visit('/a');
    expect(await counted()).toBe('2');
    expect(await listed()).toEqual([{ path: '/a', count: 1 }]);
    expect(await history()).toBe(1);

    await replica.stop('immediate');
    expect(await listed()).toEqual([{ path: '/a', count: 2 }]);
    expect(await history()).toBe(2);
    await visit('/a');
    expect(await listed()).toEqual([{ path: '/a', count: 3 }]);
    expect(await ready()).toEqual({ status: 'ready', readReplica: { state: 'away', lagSecs: null } });

    await replica.start();
    await expect.poll(ready, { timeout: 15_000 }).toMatchObject({ readReplica: { state: 'in use' } });
    await expect.poll(listed, { timeout: 10_000 }).toEqual([{ path: '/a', count: 3 }]);
    const told = log.lines.filter(({ message }) => message.includes('replica'));
    expect(told.map(({ level }) => level)).toEqual(['warn', 'info']);
  });
});
