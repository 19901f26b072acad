import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../server/storage/open.ts';
import { describeOnPostgresql } from '../support/databases.ts';
import { type Pgbouncer, pgbouncerAbsence, startPgbouncer } from '../support/pgbouncer.ts';
import { createDatabase, serverUrl } from '../support/postgresql.ts';
import { startTestService } from '../support/service.ts';
import { describeStorage } from './contract.ts';
import { describeRollups } from './rollups-contract.ts';
import { describeVotes } from './votes-contract.ts';

const absence = await pgbouncerAbsence();

describe.skipIf(absence !== null)(
  `behind pgbouncer${absence === null ? '' : ` (skipped: ${absence})`}`,
  () => {
    describeOnPostgresql('in transaction mode', () => {
      let pgbouncer: Promise<Pgbouncer> | undefined;
      afterAll(async () => (await pgbouncer)?.stop());

      async function create() {
        pgbouncer ??= startPgbouncer(new URL(serverUrl));
        const { url, drop } = await createDatabase();
        const through = new URL(url);
        through.hostname = '127.0.0.1';
        through.port = String((await pgbouncer).port);
        return { url: through.href, remove: drop };
      }
      async function open() {
        const { url, remove } = await create();
        const { database } = await openDatabase({ provider: 'postgresql', url });
        return { database, remove };
      }

      describeStorage('PostgreSQL behind pgbouncer', open);
      describeRollups('PostgreSQL behind pgbouncer', open, 5);
      describeVotes('PostgreSQL behind pgbouncer', open, 5);

      test('several programs start at once, and all steps of a visit work', { timeout: 60_000 }, async () => {
        const { url: databaseUrl, remove } = await create();
        onTestFinished(remove);
        const [first, second] = await Promise.all([
          startTestService({ databaseUrl }),
          startTestService({ databaseUrl }),
        ]);
        const ids = await Promise.all(Array.from({ length: 50 }, () => first.register('/a')));
        const statuses = await Promise.all(
          ids.map(
            async (id, index) => (await (index % 2 ? first : second).request(`/post-sleep/${id}`)).status,
          ),
        );
        expect(new Set(statuses)).toEqual(new Set([200]));
        await Promise.all(ids.map((id) => second.request(`/page-left/${id}/0`)));
        expect(await (await second.request('/api/count?path=/a')).text()).toBe('50');
        expect((await first.request('/readyz')).status).toBe(200);
      });
    });
  },
);
