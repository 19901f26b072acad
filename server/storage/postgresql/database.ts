import { PrismaPg } from '@prisma/adapter-pg';
import type { Database } from '../database.ts';
import { PrismaClient } from '../generated/postgresql/client.ts';
import type { PrismaClient as AnyPrismaClient } from '../generated/sqlite/client.ts';
import { applyBatch } from './apply-batch.ts';

const CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 3_000;
const QUERY_TIMEOUT_MS = 15_000;
const TRANSACTION_TIMEOUT_MS = 30_000;
// Any constant; every process of an instance has to use the same.
const EXCLUSIVE_LOCK = 0x0c0c_0002;

/** Opens a pool of connections to a PostgreSQL server. @param url `postgresql://user:password@host:port/database` */
export function openPostgresql(url: string): Database {
  const adapter = new PrismaPg({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    application_name: 'oxicount',
  });
  // The two generated clients differ in the provider they were generated for, not in their shape.
  const client = new PrismaClient({ adapter }) as unknown as AnyPrismaClient;

  return {
    provider: 'postgresql',
    client,
    exclusively: (work) =>
      client.$transaction(
        async (queries) => {
          await queries.$executeRawUnsafe(`SELECT pg_advisory_xact_lock(${EXCLUSIVE_LOCK})`);
          return work(queries);
        },
        { maxWait: CONNECT_TIMEOUT_MS, timeout: TRANSACTION_TIMEOUT_MS },
      ),
    holding: (siteId, work) =>
      client.$transaction(
        async (queries) => {
          const [site] = await queries.$queryRawUnsafe<unknown[]>(
            'SELECT id FROM oxi_sites WHERE id = $1 FOR NO KEY UPDATE',
            siteId,
          );
          return site === undefined ? null : work(queries);
        },
        { maxWait: CONNECT_TIMEOUT_MS, timeout: TRANSACTION_TIMEOUT_MS },
      ),
    holdingPage: ({ siteId, pageId }, work) =>
      client.$transaction(
        async (queries) => {
          const [page] = await queries.$queryRawUnsafe<unknown[]>(
            'SELECT id FROM oxi_pages WHERE id = $1 AND site_id = $2 FOR NO KEY UPDATE',
            pageId,
            siteId,
          );
          return page === undefined ? null : work(queries);
        },
        { maxWait: CONNECT_TIMEOUT_MS, timeout: TRANSACTION_TIMEOUT_MS },
      ),
    apply: (batch) => applyBatch(client, batch),
    close: () => client.$disconnect(),
  };
}
