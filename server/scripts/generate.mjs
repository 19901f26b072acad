// Writes what other sources determine: the two Prisma clients, the Pothos types and the embedded migrations.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { postgresqlSchema } from './postgresql-schema.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const prismaFolder = `${root}prisma`;
const generatedFolder = `${prismaFolder}/generated`;

mkdirSync(generatedFolder, { recursive: true });
writeFileSync(
  `${generatedFolder}/postgresql.prisma`,
  postgresqlSchema(readFileSync(`${prismaFolder}/schema.prisma`, 'utf8')),
);
prismaGenerate(`${prismaFolder}/schema.prisma`);
prismaGenerate(`${generatedFolder}/postgresql.prisma`);
writeMigrations();

function prismaGenerate(schema) {
  const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js');
  execFileSync(process.execPath, [prisma, 'generate', '--schema', schema], {
    cwd: root,
    // Its output is shown when it fails: it is part of the error then.
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      // Generators are found by their command's name, also when this runs outside npm.
      PATH: [`${root}node_modules/.bin`, process.env.PATH].join(delimiter),
      // The command insists on a schema engine that it never runs here; any executable spares the download.
      PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  });
}

/** Embeds the migrations, so that the program can apply them wherever it runs. */
function writeMigrations() {
  const embedded = Object.fromEntries(
    ['sqlite', 'postgresql'].map((provider) => [
      provider,
      readMigrations(`${prismaFolder}/${provider}/migrations`),
    ]),
  );
  writeFileSync(
    `${root}server/storage/generated/migrations.ts`,
    `export const migrations = ${JSON.stringify(embedded, null, 2)};\n`,
  );
}

function readMigrations(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const sql = readFileSync(`${folder}/${name}/migration.sql`, 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
