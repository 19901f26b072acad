import { describe, test } from 'vitest';
import { openDatabase } from '../../server/storage/open.ts';
import { createDatabase, postgresqlAbsence } from '../support/postgresql.ts';
import { describeStatistics } from './statistics-contract.ts';

const absence = await postgresqlAbsence();

if (absence) {
  describe('statistics on PostgreSQL', () => {
    test.skip(`skipped: ${absence}`, () => {});
  });
} else {
  describeStatistics('PostgreSQL', async () => {
    const { url, drop } = await createDatabase();
    const { database } = await openDatabase({ provider: 'postgresql', url });
    return { database, remove: drop };
  });
}
