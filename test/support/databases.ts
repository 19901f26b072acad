import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { createDatabase, postgresqlAbsence } from './postgresql.ts';

/** A database that one test has to itself. */
export interface OwnDatabase {
  /** As `OXICOUNT_DATABASE_URL` takes it. */
  readonly url: string;
  remove(): Promise<void>;
}

/** Makes databases of one kind. */
export interface DatabaseKind {
  readonly name: 'SQLite' | 'PostgreSQL';
  create(): Promise<OwnDatabase>;
}

export const sqlite: DatabaseKind = {
  name: 'SQLite',
  async create() {
    const folder = await mkdtemp(join(tmpdir(), 'oxicount-test-'));
    return {
      url: `file:${join(folder, 'oxicount.db')}`,
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  },
};

export const postgresql: DatabaseKind = {
  name: 'PostgreSQL',
  async create() {
    const { url, drop } = await createDatabase();
    return { url, remove: drop };
  },
};

const absence = await postgresqlAbsence();

/** Describes what holds on both databases; says why where PostgreSQL is not there. */
export function eachDatabase(name: string, body: (kind: DatabaseKind) => void): void {
  describe(`${name} (SQLite)`, () => body(sqlite));
  describeOnPostgresql(`${name} (PostgreSQL)`, () => body(postgresql));
}

/** Describes what only PostgreSQL can show. */
export function describeOnPostgresql(name: string, body: () => void): void {
  if (absence === null) describe(name, body);
  else describe(name, () => test.skip(`skipped: ${absence}`, () => {}));
}
