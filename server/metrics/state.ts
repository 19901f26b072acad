import type { Domain } from '../domain/domain.ts';
import type { Maintenance } from '../domain/maintenance.ts';
import type { Database } from '../storage/database.ts';
import type { Instruments } from './instruments.ts';

/** What this is, for whoever compares several. */
export interface Build {
  readonly version: string;
  readonly database: Database['provider'];
}

/** Shows what the service is and how it stands, at each scrape. */
export function showState(
  { gauge, countedElsewhere }: Instruments,
  { build, database, domain }: { build: Build; database: Pick<Database, 'load'>; domain: Domain },
): void {
  gauge('oxicount_build_info', () => [
    {
      labels: { version: build.version, node: process.versions.node, database: build.database },
      value: 1,
    },
  ]);
  gauge('oxicount_processes', () => [{ labels: {}, value: 1 }]);
  gauge('oxicount_live_events_reach', () => {
    const now = domain.reach();
    return (['this process', 'this process only', 'all replicas'] as const).map((reach) => ({
      labels: { reach: reach.replaceAll(' ', '_') },
      value: reach === now ? 1 : 0,
    }));
  });
  gauge('oxicount_database_connections', () =>
    database.load().pools.flatMap(({ name: pool, total, idle }) => [
      { labels: { pool, state: 'busy' }, value: total - idle },
      { labels: { pool, state: 'idle' }, value: idle },
    ]),
  );
  gauge('oxicount_database_connections_max', () =>
    database.load().pools.map(({ name: pool, most }) => ({ labels: { pool }, value: most })),
  );
  gauge('oxicount_database_waiting', () =>
    database.load().pools.map(({ name: pool, waiting }) => ({ labels: { pool }, value: waiting })),
  );
  countedElsewhere('oxicount_database_busy_waits_total', () => [
    { labels: {}, value: database.load().busyWaits },
  ]);
  gauge('oxicount_read_replica_in_use', async () => {
    const replica = await domain.readReplica();
    return replica === null ? [] : [{ labels: {}, value: replica.state === 'in use' ? 1 : 0 }];
  });
  gauge('oxicount_read_replica_lag_seconds', async () => {
    const lag = (await domain.readReplica())?.lagSecs ?? null;
    return lag === null ? [] : [{ labels: {}, value: lag }];
  });
}

/** Counts what is done now and then. */
export function measureMaintenance({ counter, gauge }: Instruments, { run }: Maintenance): Maintenance {
  const runs = counter('oxicount_maintenance_runs_total');
  let doneAt: number | null = null;
  gauge('oxicount_maintenance_last_success_timestamp_seconds', () =>
    doneAt === null ? [] : [{ labels: {}, value: doneAt / 1_000 }],
  );
  return {
    async run() {
      try {
        await run();
        doneAt = Date.now();
        runs({ outcome: 'done' });
      } catch (error) {
        runs({ outcome: 'failed' });
        throw error;
      }
    },
  };
}
