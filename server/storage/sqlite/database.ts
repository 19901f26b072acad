import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type { Database } from '../database.ts';
import { PrismaClient } from '../generated/sqlite/client.ts';
import { applyBatch } from './apply-batch.ts';
import { createTurns } from './turns.ts';

/** How long a statement waits for another process that writes, in milliseconds: it holds up this process too. */
export const BUSY_TIMEOUT_MS = 2_000;

/**
 * Opens an SQLite file in WAL mode. Two connections: one reads, one writes. The adapter runs whatever comes on its
 * connection even while a transaction is open there, so reads would see, and writes would join, what may yet be
 * rolled back.
 *
 * @param file a path
 */
export async function openSqlite(file: string): Promise<Database> {
  const reader = await connect(file);
  const writer = await connect(file);
  const inTurn = createTurns();

  /** `BEGIN IMMEDIATE` takes the write lock at once: a transaction that reads first cannot fail when it writes. */
  async function transaction<T>(work: () => Promise<T>): Promise<T> {
    return inTurn(async () => {
      await writer.$executeRawUnsafe('BEGIN IMMEDIATE');
      try {
        const result = await work();
        await writer.$executeRawUnsafe('COMMIT');
        return result;
      } catch (error) {
        // After some failures, a full disk among them, SQLite has rolled back by itself; then this one fails.
        await writer.$executeRawUnsafe('ROLLBACK').catch(() => {});
        throw error;
      }
    });
  }

  return {
    provider: 'sqlite',
    client: reader,
    exclusively: (work) => transaction(() => work(writer)),
    apply: (batch) => transaction(() => applyBatch(writer, batch)),
    async close() {
      await inTurn(() => writer.$disconnect());
      await reader.$disconnect();
    },
  };
}

async function connect(file: string): Promise<PrismaClient> {
  const client = new PrismaClient({
    adapter: new PrismaBetterSqlite3({ url: `file:${file}`, timeout: BUSY_TIMEOUT_MS }),
  });
  // better-sqlite3 is compiled with NORMAL for WAL, which loses the last commits with the power.
  await client.$queryRawUnsafe('PRAGMA synchronous = FULL');
  await client.$queryRawUnsafe('PRAGMA foreign_keys = ON');
  return client;
}
