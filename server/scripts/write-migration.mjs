// npm run migration -- NAME: writes the migrations that lead from the committed schema to the one in the work tree.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaPg } from '@prisma/adapter-pg';
import { postgresqlSchema } from './postgresql-schema.mjs';
import { migrationSql } from './schema-engine.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const name = process.argv[2];
if (!/^[a-z][a-z0-9_]*$/.test(name ?? '')) {
  throw new Error(`The migration's name is "${name ?? ''}"; it would be like add_votes: a-z, 0-9 and _.`);
}

const now = readFileSync(`${root}prisma/schema.prisma`, 'utf8');
const before = committedSchema();
const folder = `${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}_${name}`;
await write('sqlite', new PrismaBetterSqlite3({ url: ':memory:' }), (schema) => schema);
// The engine asks the server for its version, and nothing else.
const server = process.env.TEST_POSTGRESQL_URL ?? 'postgresql://postgres@127.0.0.1:5432/postgres';
await write('postgresql', new PrismaPg({ connectionString: server }), postgresqlSchema);

async function write(provider, adapterFactory, derive) {
  const sql = await migrationSql(adapterFactory, before === null ? null : derive(before), derive(now));
  if (sql === '')
    throw new Error('The schema has not changed since the last commit: there is nothing to migrate.');
  mkdirSync(`${root}prisma/${provider}/migrations/${folder}`, { recursive: true });
  writeFileSync(`${root}prisma/${provider}/migrations/${folder}/migration.sql`, sql);
  writeFileSync(
    `${root}prisma/${provider}/migrations/migration_lock.toml`,
    `# Read by the official prisma command.\nprovider = "${provider}"\n`,
  );
}

function committedSchema() {
  try {
    return execFileSync('git', ['show', 'HEAD:prisma/schema.prisma'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return null;
  }
}
