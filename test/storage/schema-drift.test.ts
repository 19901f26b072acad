import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaPg } from '@prisma/adapter-pg';
import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { migratePostgresql } from '../../server/storage/postgresql/migrate.ts';
import { migrateSqlite } from '../../server/storage/sqlite/migrate.ts';
import { createDatabase, postgresqlAbsence } from '../support/postgresql.ts';
import { openFile } from '../support/sqlite.ts';

interface Scripts {
  readonly migrationSql: (adapterFactory: unknown, from: string | null, to: string) => Promise<string>;
  readonly postgresqlSchema: (schema: string) => string;
}

/** The development scripts are plain modules without types. */
async function scripts(): Promise<Scripts> {
  const load = (name: string) => import(new URL(`../../server/scripts/${name}`, import.meta.url).href);
  return { ...(await load('schema-engine.mjs')), ...(await load('postgresql-schema.mjs')) };
}

const schema = readFileSync(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8');

test('an SQLite database that was migrated is the one that the Prisma schema describes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'oxicount-drift-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [migrated, described] = [join(folder, 'migrated.db'), join(folder, 'described.db')];
  await migrateSqlite(migrated);
  const { migrationSql } = await scripts();
  const sql = await migrationSql(new PrismaBetterSqlite3({ url: ':memory:' }), null, schema);
  expect(sql).toContain('CREATE TABLE "oxi_visits"');
  const database = openFile(described);
  database.exec(sql);
  database.close();
  expect(sqliteCatalogue(migrated)).toEqual(sqliteCatalogue(described));
});

/**
 * Tables with their columns, keys and indexes. That a key is the table (WITHOUT ROWID) is no matter of Prisma's. A
 * column that came later stands at the end, which nothing relies on.
 */
function sqliteCatalogue(file: string): Record<string, unknown> {
  const database = openFile(file, { readonly: true });
  try {
    const rows = (sql: string, ...names: string[]) => database.prepare(sql).all(...names);
    const tables = database
      .prepare(
        `SELECT name, sql LIKE '%AUTOINCREMENT%' AS numbered FROM sqlite_master
         WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> '_prisma_migrations' ORDER BY name`,
      )
      .all() as { name: string; numbered: number }[];
    return Object.fromEntries(
      tables.map(({ name, numbered }) => [
        name,
        {
          numbered,
          columns: rows(
            'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?) ORDER BY name',
            name,
          ),
          foreignKeys: rows(
            `SELECT "table", "from", "to", on_update, on_delete FROM pragma_foreign_key_list(?) ORDER BY "from"`,
            name,
          ),
          indexes: rows(
            `SELECT list.name, list."unique", list.origin, info.seqno, info.name AS column_name
             FROM pragma_index_list(?) AS list, pragma_index_info(list.name) AS info
             ORDER BY list.name, info.seqno`,
            name,
          ),
        },
      ]),
    );
  } finally {
    database.close();
  }
}

const absence = await postgresqlAbsence();

describe('a PostgreSQL database that was migrated', () => {
  if (absence) {
    test.skip(`skipped: ${absence}`, () => {});
    return;
  }

  test('is the one that the Prisma schema describes', async () => {
    const [migrated, described] = [await createDatabase(), await createDatabase()];
    onTestFinished(async () => {
      await migrated.drop();
      await described.drop();
    });
    await migratePostgresql(migrated.url);
    const { migrationSql, postgresqlSchema } = await scripts();
    const adapter = new PrismaPg({ connectionString: described.url });
    const sql = await migrationSql(adapter, null, postgresqlSchema(schema));
    expect(sql).toContain('CREATE TABLE "oxi_visits"');
    await onDatabase(described.url, (client) => client.query(sql));
    const catalogue = await onDatabase(migrated.url, postgresqlCatalogue);
    expect(catalogue).toEqual(await onDatabase(described.url, postgresqlCatalogue));
    expect(catalogue['columns']?.length).toBeGreaterThan(0);
  });
});

async function onDatabase<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Everything in the schema that has a name; columns in no order of theirs, as above. */
async function postgresqlCatalogue(client: Client): Promise<Record<string, unknown[]>> {
  const rows = async (sql: string) => (await client.query(sql)).rows;
  return {
    columns: await rows(
      `SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,
         column_default, is_identity
       FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
       ORDER BY table_name, column_name`,
    ),
    constraints: await rows(
      `SELECT conrelid::regclass::text AS table_name, conname, pg_get_constraintdef(oid) AS definition
       FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> '_prisma_migrations'
       ORDER BY 1, 2`,
    ),
    indexes: await rows(
      `SELECT indexname, indexdef FROM pg_indexes
       WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`,
    ),
    sequences: await rows(
      `SELECT sequence_name, data_type, maximum_value FROM information_schema.sequences
       WHERE sequence_schema = 'public' ORDER BY 1`,
    ),
    types: await rows(
      `SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd') ORDER BY 1`,
    ),
  };
}
