import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool } from 'pg';
import type { Database, PoolLoad, Queries } from '../database.ts';
import { undauntedly } from '../faults.ts';
import { PrismaClient } from '../generated/postgresql/client.ts';
import type { PrismaClient as AnyPrismaClient } from '../generated/sqlite/client.ts';
import { applyBatch } from './apply-batch.ts';
import { createFigureReads, type ReplicaListener } from './figures.ts';
import { CONNECT_TIMEOUT_MS, createPool, type PoolSettings } from './pool.ts';

/** What somebody waits for who counts, votes or administers. */
const REQUESTS: PoolSettings = { connections: 10 };
/** Figures can take long, and do not take the connections of those who count. */
const FIGURES: PoolSettings = { connections: 6, patienceMs: 10_000 };
/** Maintenance, which nobody waits for. */
const JOBS: PoolSettings = { connections: 2, patienceMs: 30_000 };
const TRANSACTION_TIMEOUT_MS = 30_000;
// Any constant; every process of an instance has to use the same.
const EXCLUSIVE_LOCK = 0x0c0c_0002;

/** Where a PostgreSQL database is: `postgresql://user:password@host:port/database`. */
export interface PostgresqlLocation {
  readonly url: string;
  /** A replica that figures are read from. */
  readonly readUrl?: string | undefined;
}

/** Opens pools of connections to a PostgreSQL server. */
export function openPostgresql(
  { url, readUrl }: PostgresqlLocation,
  told: ReplicaListener = () => {},
): Database {
  const pools = new Map<PoolLoad['name'], Pool>();
  const poolOf = (name: PoolLoad['name'], to: string, settings: PoolSettings): Pool => {
    const pool = createPool(to, settings);
    pools.set(name, pool);
    return pool;
  };
  const connect = (...pool: Parameters<typeof poolOf>): AnyPrismaClient => clientOn(poolOf(...pool));
  const requests = poolOf('requests', url, REQUESTS);
  const client = clientOn(requests);
  const jobs = connect('jobs', url, JOBS);
  const figures = createFigureReads({
    primary: connect('figures', url, FIGURES),
    replica: readUrl === undefined ? null : connect('replica', readUrl, FIGURES),
    told,
  });

  return {
    provider: 'postgresql',
    client,
    figures: figures.run,
    readReplica: figures.replica,
    exclusively: (work) =>
      transaction(client, async (queries) => {
        await queries.$executeRawUnsafe(`SELECT pg_advisory_xact_lock(${EXCLUSIVE_LOCK})`);
        return work(queries);
      }),
    holding: (siteId, work) =>
      transaction(jobs, async (queries) => {
        const [site] = await queries.$queryRawUnsafe<unknown[]>(
          'SELECT id FROM oxi_sites WHERE id = $1 FOR NO KEY UPDATE',
          siteId,
        );
        return site === undefined ? null : work(queries);
      }),
    holdingPage: ({ siteId, pageId }, work) =>
      transaction(client, async (queries) => {
        const [page] = await queries.$queryRawUnsafe<unknown[]>(
          'SELECT id FROM oxi_pages WHERE id = $1 AND site_id = $2 FOR NO KEY UPDATE',
          pageId,
          siteId,
        );
        return page === undefined ? null : work(queries);
      }),
    apply: (batch) => applyBatch(requests, batch),
    load: () => ({
      pools: [...pools].map(([name, { totalCount, idleCount, waitingCount, options }]) => ({
        name,
        total: totalCount,
        idle: idleCount,
        waiting: waitingCount,
        most: options.max,
      })),
      busyWaits: 0,
    }),
    // A write of nothing is refused by a standby, and the connection to it given up.
    ping: async () => void (await client.$executeRawUnsafe('DELETE FROM oxi_sites WHERE false')),
    async close() {
      await Promise.all([client.$disconnect(), jobs.$disconnect(), figures.close()]);
    },
  };
}

function clientOn(pool: Pool): AnyPrismaClient {
  const adapter = new PrismaPg(pool, { disposeExternalPool: true });
  // The two generated clients differ in the provider they were generated for, not in their shape.
  return new PrismaClient({ adapter }) as unknown as AnyPrismaClient;
}

function transaction<T>(client: AnyPrismaClient, work: (queries: Queries) => Promise<T>): Promise<T> {
  return undauntedly(() =>
    client.$transaction(work, { maxWait: CONNECT_TIMEOUT_MS, timeout: TRANSACTION_TIMEOUT_MS }),
  );
}
