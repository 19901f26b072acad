import { setTimeout } from 'node:timers/promises';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type { Database as Connection } from 'better-sqlite3';
import type { Database } from '../database.ts';
import { driverCode } from '../faults.ts';
import { PrismaClient } from '../generated/sqlite/client.ts';
import { applyBatch } from './apply-batch.ts';
import { createPlaceCheck } from './place.ts';
import { keepStatements, type Statements } from './statements.ts';
import { createTurns } from './turns.ts';

/** How long a transaction waits for another process that writes, in milliseconds, its turn included. */
export const BUSY_TIMEOUT_MS = 2_000;
// While the driver waits nothing else runs in this process: for the write lock it waits a moment, then lets others run.
const DRIVER_TIMEOUT_MS = 20;
const UNWRITABLE = /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN)/;
// Writes one page, with what it has already.
const SMALL_WRITE = 'PRAGMA user_version = 0';

/**
 * Opens an SQLite file in WAL mode. Two connections: one reads, one writes. The adapter runs whatever comes on its
 * connection even while a transaction is open there, so reads would see, and writes would join, what may yet be
 * rolled back.
 *
 * @param file a path
 */
export async function openSqlite(file: string): Promise<Database> {
  const { client: reader } = await connect(file, BUSY_TIMEOUT_MS);
  const { client: writer, connection, statements } = await connect(file, DRIVER_TIMEOUT_MS);
  const inTurn = createTurns();
  // Since a transaction failed for the disk's sake. One that writes nothing would not find that it still is so.
  let unwritable = false;
  let busyWaits = 0;
  // The journal is there with the first transaction, and stays as long as this is open.
  const checkPlace = createPlaceCheck(file, `${file}-wal`);

  async function begin(deadline: number): Promise<void> {
    while (true) {
      try {
        statements.run('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        if (performance.now() > deadline || !isBusy(error)) throw error;
        busyWaits += 1;
        await setTimeout(DRIVER_TIMEOUT_MS);
      }
    }
  }

  /** `BEGIN IMMEDIATE` takes the write lock at once: a transaction that reads first cannot fail when it writes. */
  async function transaction<T>(work: () => Promise<T>): Promise<T> {
    const deadline = performance.now() + BUSY_TIMEOUT_MS;
    return inTurn(async () => {
      await begin(deadline);
      try {
        checkPlace();
        if (unwritable) await writer.$executeRawUnsafe(SMALL_WRITE);
        const result = await work();
        statements.run('COMMIT');
        unwritable = false;
        return result;
      } catch (error) {
        unwritable ||= UNWRITABLE.test(driverCode(error) ?? '');
        // After some failures, a full disk among them, SQLite has rolled back by itself.
        if (connection.inTransaction) statements.run('ROLLBACK');
        throw error;
      }
    });
  }

  return {
    provider: 'sqlite',
    client: reader,
    figures: (work) => work(reader),
    readReplica: async () => null,
    exclusively: (work) => lettingOthersIn(() => transaction(() => work(writer))),
    // There is one writer at a time.
    async holding(siteId, work) {
      return lettingOthersIn(() =>
        transaction(async () => {
          const site = await writer.site.findUnique({ where: { id: siteId }, select: { id: true } });
          return site === null ? null : work(writer);
        }),
      );
    },
    async holdingPage({ siteId, pageId }, work) {
      return transaction(async () => {
        const page = await writer.page.findUnique({ where: { id: pageId, siteId }, select: { id: true } });
        return page === null ? null : work(writer);
      });
    },
    // Prisma's own work for the dozen small statements of a batch is a fifth of what a busy service does.
    apply: (batch) => transaction(async () => applyBatch(statements, batch)),
    load: () => ({ pools: [], busyWaits }),
    // An empty transaction takes the write lock, which a read-only or full file system refuses.
    ping: () => transaction(async () => void (await writer.$queryRawUnsafe('SELECT 1'))),
    async close() {
      await inTurn(() => writer.$disconnect());
      await reader.$disconnect();
    },
  };
}

/**
 * The driver does its work within promises, which come before requests, signals and timers: one transaction after the
 * other would keep all of these waiting for the last.
 */
async function lettingOthersIn<T>(work: () => Promise<T>): Promise<T> {
  const result = await work();
  await new Promise(setImmediate);
  return result;
}

/** A connection as Prisma has it, and without. */
interface Connected {
  readonly client: PrismaClient;
  readonly connection: Connection;
  readonly statements: Statements;
}

async function connect(file: string, timeout: number): Promise<Connected> {
  const factory = new PrismaBetterSqlite3({ url: `file:${file}`, timeout });
  const opened: Omit<Connected, 'client'>[] = [];
  const client = new PrismaClient({ adapter: withKeptStatements(factory, (one) => opened.push(one)) });
  // better-sqlite3 is compiled with NORMAL for WAL, which loses the last commits with the power.
  await client.$queryRawUnsafe('PRAGMA synchronous = FULL');
  await client.$queryRawUnsafe('PRAGMA foreign_keys = ON');
  // What is deleted, salts above all, is overwritten and not only forgotten.
  await client.$queryRawUnsafe('PRAGMA secure_delete = ON');
  const [one] = opened;
  if (!one || opened.length > 1) throw new Error(`Prisma opened ${opened.length} connections; it opens one.`);
  return { client, ...one };
}

function isBusy(error: unknown): boolean {
  return driverCode(error)?.startsWith('SQLITE_BUSY') ?? false;
}

/** The adapter opens its connection itself and shows it to nobody but its own methods. */
function withKeptStatements(
  factory: PrismaBetterSqlite3,
  opened: (one: Omit<Connected, 'client'>) => void,
): PrismaBetterSqlite3 {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const { client: connection } = adapter as unknown as { client: Connection };
    opened({ connection, statements: keepStatements(connection) });
    return adapter;
  };
  return factory;
}
