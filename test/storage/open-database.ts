import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../server/storage/open.ts';
import { createDatabase } from '../support/postgresql.ts';
import type { OpenedDatabase } from './contract.ts';

/** A database in a file of its own. */
export async function openNewSqlite(): Promise<OpenedDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'oxicount-'));
  const { database } = await openDatabase({ provider: 'sqlite', file: join(folder, 'oxicount.db') });
  return { database, remove: () => rm(folder, { recursive: true }) };
}

/** A database of its own on the server of the tests. */
export async function openNewPostgresql(): Promise<OpenedDatabase> {
  const { url, drop } = await createDatabase();
  const { database } = await openDatabase({ provider: 'postgresql', url });
  return { database, remove: drop };
}
