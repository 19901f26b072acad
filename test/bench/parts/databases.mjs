import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import pg from 'pg';

const SERVER = process.env.TEST_POSTGRESQL_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres';
/** What is destroyed with the salt of its day. */
const TEMPORARY = ['oxi_visitors', 'oxi_seen'];

/** The kinds of databases that can be measured here. */
export async function kindsOfDatabases() {
  return (await hasPostgresql()) ? [sqlite, postgresql] : [sqlite];
}

export async function hasPostgresql() {
  const reached = await onServer('SELECT 1').then(
    () => true,
    () => false,
  );
  if (!reached) process.stderr.write(`No PostgreSQL at ${SERVER} (TEST_POSTGRESQL_URL): left out.\n`);
  return reached;
}

/** Null where there is none. */
export async function postgresqlVersion() {
  const [row] = await onServer('SHOW server_version').catch(() => []);
  return row?.server_version.split(' ')[0] ?? null;
}

const sqlite = {
  name: 'SQLite',
  async create() {
    const folder = mkdtempSync(join(tmpdir(), 'oxicount-bench-'));
    const file = join(folder, 'bench.db');
    return {
      url: `file:${file}`,
      /** Bytes that tables take with their indexes, kept and temporary. */
      async bytes() {
        const database = new Sqlite(file);
        try {
          database.pragma('wal_checkpoint(TRUNCATE)');
          const tables = database
            .prepare(
              `SELECT tbl_name AS name, sum(pgsize) AS bytes FROM dbstat JOIN sqlite_schema ON sqlite_schema.name = dbstat.name
               GROUP BY tbl_name`,
            )
            .all();
          return sums(tables);
        } finally {
          database.close();
        }
      },
      remove: async () => rmSync(folder, { recursive: true, force: true }),
    };
  },
};

export const postgresql = {
  name: 'PostgreSQL',
  async create() {
    const name = `oxicount_bench_${randomBytes(6).toString('hex')}`;
    await onServer(`CREATE DATABASE ${name}`);
    const url = new URL(SERVER);
    url.pathname = `/${name}`;
    return {
      url: url.href,
      async bytes() {
        const rows = await query(
          url.href,
          `SELECT relname AS name, pg_total_relation_size(oid) AS bytes FROM pg_class WHERE relkind = 'r' AND relname LIKE 'oxi%'`,
        );
        return sums(rows);
      },
      remove: () => onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
    };
  },
};

function sums(tables) {
  const of = (temporary) =>
    tables
      .filter(({ name }) => TEMPORARY.includes(name) === temporary)
      .reduce((sum, { bytes }) => sum + Number(bytes), 0);
  return { kept: of(false), temporary: of(true) };
}

const onServer = (statement) => query(SERVER, statement);

async function query(connectionString, statement) {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return (await client.query(statement)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}
