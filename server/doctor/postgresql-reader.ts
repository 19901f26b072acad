import { Client } from 'pg';
import type { Reading, Row } from './sql.ts';

const CONNECT_TIMEOUT_MS = 5_000;
const QUERY_TIMEOUT_MS = 5_000;

/** Reads a PostgreSQL database over one connection, each question in a transaction that cannot write. */
export function readPostgresql(url: string): Reading {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    application_name: 'oxicount doctor',
  });
  // Whoever asks is told.
  client.on('error', () => {});
  let connecting: Promise<void> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function ask(sql: string): Promise<readonly Row[]> {
    connecting ??= client.connect().then(() => {});
    await connecting;
    await client.query('BEGIN TRANSACTION READ ONLY');
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.query('ROLLBACK');
    }
  }

  return {
    ask(sql) {
      const asked = last.then(() => ask(sql));
      last = asked.catch(() => {});
      return asked;
    },
    async isPooled() {
      const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
      // A pooler has a number of its own for what it gives to clients.
      return rows[0]?.pid !== (client as unknown as { processID: number | null }).processID;
    },
    close: () => void client.end().catch(() => {}),
  };
}
