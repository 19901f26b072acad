import type { Socket } from 'node:net';
import { Client, Pool, type PoolClient } from 'pg';

/** How long a connection, or a turn to use one, is waited for, in milliseconds. */
export const CONNECT_TIMEOUT_MS = 3_000;
/** How long a statement may say nothing before it is asked whether the server is still there. */
const SILENCE_MS = 4_000;
const PROBE_TIMEOUT_MS = 1_500;

export interface PoolSettings {
  /** Connections at most; they are opened as they are needed, and closed when they were not for ten seconds. */
  readonly connections: number;
  /** How long a statement may take where the server is there, in milliseconds. Default: {@link SILENCE_MS}. */
  readonly patienceMs?: number;
}

/**
 * Connections to a PostgreSQL server. One whose server says nothing any more is given up, and so is whatever waits on
 * it: the driver's own timeouts leave it in the pool, where the next one waits for it again. A long statement and a
 * server that is gone look the same from here, so a pool with patience asks a second connection which of them it is.
 *
 * Nothing here is a setting of the session, which a pooler between would keep for somebody else.
 */
export function createPool(url: string, { connections, patienceMs = SILENCE_MS }: PoolSettings): Pool {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'oxicount',
  });
  pool.on('acquire', (client) => {
    const socket = socketOf(client);
    const since = performance.now();
    const giveUp = () => socket.destroy(new SilentServerError());
    socket.setTimeout(SILENCE_MS).removeAllListeners('timeout');
    socket.on('timeout', () => {
      if (performance.now() - since >= patienceMs) giveUp();
      else void answers(url).then((there) => there || giveUp());
    });
  });
  pool.on('release', (_error, client) => {
    socketOf(client).setTimeout(0).removeAllListeners('timeout');
  });
  return pool;
}

/** A server that took a statement and said nothing. What became of the statement is not known. */
class SilentServerError extends Error {
  override readonly name = 'SilentServerError';
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('PostgreSQL took too long to answer.');
  }
}

/** Whether the server says anything to a new connection, if only that it has no more of them. */
async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: PROBE_TIMEOUT_MS });
  // What comes after the answer is nobody's business.
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch (error) {
    return isSqlState((error as { code?: unknown }).code);
  } finally {
    client.end().catch(() => {});
  }
}

function isSqlState(code: unknown): boolean {
  return typeof code === 'string' && /^(?=.*[0-9])[0-9A-Z]{5}$/.test(code);
}

/** The driver's types do not have it. After TLS was agreed on it is the encrypted one. */
function socketOf(client: PoolClient): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}
