import { describe, test } from 'vitest';
import { openDatabase } from '../../server/storage/open.ts';
import { createDatabase, postgresqlAbsence } from '../support/postgresql.ts';
import { describeStorage, type OpenedDatabase } from './contract.ts';
import { describeRollups } from './rollups-contract.ts';

const absence = await postgresqlAbsence();

if (absence) {
  describe('storage on PostgreSQL', () => {
    test.skip(`skipped: ${absence}`, () => {});
  });
} else {
  describeStorage('PostgreSQL', open);
  describeRollups('PostgreSQL', open, 20);
}

async function open(): Promise<OpenedDatabase> {
  const { url, drop } = await createDatabase();
  const { database } = await openDatabase({ provider: 'postgresql', url });
  return { database, remove: drop };
}
