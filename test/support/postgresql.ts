import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** The server that tests may create databases on. */
export const serverUrl =
  process.env['TEST_POSTGRESQL_URL'] ?? 'postgresql://postgres@127.0.0.1:5432/postgres';

/** Why the server cannot be used, or null. Where `CI` is set it has to be there. */
export async function postgresqlAbsence(): Promise<string | null> {
  const client = new Client({ connectionString: serverUrl, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return null;
  } catch (error) {
    const reason = `no PostgreSQL at ${serverUrl} (${(error as Error).message || (error as { code?: string }).code})`;
    if (process.env['CI']) throw new Error(`CI needs PostgreSQL, and there is ${reason}`, { cause: error });
    return reason;
  } finally {
    await client.end().catch(() => {});
  }
}

/** A database of its own, for one test. */
export async function createDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `oxicount_test_${randomBytes(6).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function onServer(sql: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
