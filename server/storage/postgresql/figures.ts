import { DomainError } from '../../domain/errors.ts';
import type { ReadReplica } from '../../domain/ports.ts';
import type { Queries } from '../database.ts';
import type { PrismaClient } from '../generated/sqlite/client.ts';

/** How often a replica that is away is looked for. */
const LOOK_AGAIN_MS = 5_000;
// How far the replica is behind: nothing where it has played all it got, since a primary without work sends nothing.
const LAG = `SELECT CASE WHEN NOT pg_is_in_recovery() OR pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
  ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END::float8 AS lag`;

/** Told when a replica goes, with the error, and when it is back, with null. */
export type ReplicaListener = (away: unknown) => void;

/** Reads of figures. */
export interface FigureReads {
  run<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /** Null where there is none. */
  replica(): Promise<ReadReplica | null>;
  close(): Promise<void>;
}

export interface FigureReadsOptions {
  /** Reads figures of the primary. */
  readonly primary: PrismaClient;
  readonly replica: PrismaClient | null;
  readonly told: ReplicaListener;
}

/**
 * Reads figures of a replica as long as it answers, else of the primary. Whatever goes wrong with a replica goes right
 * with the primary: one that is behind may lack a table, and one that catches up may break off what is read. While it
 * is away nobody waits for it; it is looked for apart.
 */
export function createFigureReads({ primary, replica, told }: FigureReadsOptions): FigureReads {
  let looking: NodeJS.Timeout | undefined;

  function lookLater(client: PrismaClient): void {
    looking = setTimeout(async () => {
      try {
        await client.$queryRawUnsafe('SELECT 1');
      } catch {
        lookLater(client);
        return;
      }
      looking = undefined;
      told(null);
    }, LOOK_AGAIN_MS);
    looking.unref();
  }

  return {
    async run(work) {
      if (replica === null || looking) return work(primary);
      try {
        return await work(replica);
      } catch (error) {
        if (error instanceof DomainError) throw error;
        if (!looking) {
          lookLater(replica);
          told(error);
        }
        return work(primary);
      }
    },
    async replica() {
      if (replica === null) return null;
      if (looking) return { state: 'away', lagSecs: null };
      try {
        const [row] = await replica.$queryRawUnsafe<{ lag: number | null }[]>(LAG);
        return { state: 'in use', lagSecs: row?.lag ?? null };
      } catch {
        // Some replicas have no log of their own to tell from.
        return { state: 'in use', lagSecs: null };
      }
    },
    async close() {
      clearTimeout(looking);
      await Promise.all([primary.$disconnect(), replica?.$disconnect()]);
    },
  };
}
