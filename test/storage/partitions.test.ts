import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { NO_TRAITS } from '../../server/domain/dimensions/dimension.ts';
import { openDatabase } from '../../server/storage/open.ts';
import { migratePostgresql } from '../../server/storage/postgresql/migrate.ts';
import { createStorage } from '../../server/storage/storage.ts';
import { describeOnPostgresql } from '../support/databases.ts';
import { createDatabase } from '../support/postgresql.ts';
import { blog, describeStorage, type OpenedDatabase } from './contract.ts';
import { describeRollups } from './rollups-contract.ts';

const notes = readFileSync(new URL('../../server/docs/scaling.md', import.meta.url), 'utf8');
const [divide = '', addMonths = ''] = [...notes.matchAll(/```sql\n([^`]*)```/g)].map(([, sql]) => sql);

/** Does to a database what the notes say, as if it were done at some other time. */
async function partition(url: string, at: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const sql of [divide, addMonths, addMonths])
    await client.query(sql.replaceAll('now()', `timestamptz '${at}'`));
  await client.end();
}

async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query({ text: sql, rowMode: 'array' });
  await client.end();
  return rows as T[];
}

/** The visits of the contracts are in months of their own, and before all of them. */
async function openPartitioned(): Promise<OpenedDatabase> {
  const { url, drop } = await createDatabase();
  await migratePostgresql(url);
  await partition(url, '2023-10-15');
  const { database } = await openDatabase({ provider: 'postgresql', url });
  return { database, remove: drop };
}

describeOnPostgresql('with visits in partitions as the notes say', () => {
  describeStorage('PostgreSQL', openPartitioned);
  describeRollups('PostgreSQL', openPartitioned, 20);

  describe('a database that has visits already', () => {
    test('keeps them, counts on into the month, and gives the room of an empty month back', async () => {
      const { url, drop } = await createDatabase();
      onTestFinished(drop);
      const open = async () => {
        const { database } = await openDatabase({ provider: 'postgresql', url });
        return createStorage(database, () => {});
      };
      const visit = (pageId: number, day: string) => ({
        siteId: 1,
        pageId,
        registeredAt: Date.parse(day),
        nonce: 1,
        kind: 'visit' as const,
        traits: NO_TRAITS,
        visitor: null,
      });
      const before = await open();
      await before.declareSites([blog], 0);
      const { id } = await before.addPage(1, '/a', 0);
      await before.countVisit(visit(id, '2026-01-31T23:59:59.999Z'));
      await before.close();
      await partition(url, '2026-01-31T12:00:00Z');

      const storage = await open();
      onTestFinished(() => storage.close());
      for (const day of ['2026-02-01', '2026-02-28T23:59:59.999Z', '2026-03-01', '2040-01-01'])
        expect(await storage.countVisit(visit(id, day))).toBe('counted');
      for (const day of ['2026-01-31T23:59:59.999Z', '2026-02-01', '2040-01-01'])
        expect(await storage.countVisit(visit(id, day))).toBe('counted before');
      expect((await storage.pageTotals(1, '/a')).visits).toBe(5);
      expect(
        await ask(
          url,
          'SELECT tableoid::regclass::text, count(*)::int FROM oxi_visits GROUP BY 1 ORDER BY 1',
        ),
      ).toEqual([
        ['oxi_visits_2026_02', 2],
        ['oxi_visits_2026_03', 1],
        ['oxi_visits_before', 1],
        ['oxi_visits_later', 1],
      ]);

      expect(await storage.pruneVisits(1, Date.parse('2026-03-01'), 20_512, 10)).toBe(3);
      await ask(url, 'DROP TABLE oxi_visits_2026_02');
      const range = { siteId: 1, pageId: id, order: 'newest first', limit: 10 } as const;
      expect(await storage.visits(range)).toMatchObject([
        { registeredAt: Date.parse('2040-01-01') },
        { registeredAt: Date.parse('2026-03-01') },
      ]);
      // Nothing that migrations or the official command line look for has another name.
      const { database, migrated } = await openDatabase({ provider: 'postgresql', url });
      await database.close();
      expect(migrated).toEqual([]);
    });

    test('reads one month alone for a question that is about one', async () => {
      const { url, drop } = await createDatabase();
      onTestFinished(drop);
      await migratePostgresql(url);
      await partition(url, '2026-01-31T12:00:00Z');
      const [from, to] = [Date.parse('2026-05-02'), Date.parse('2026-05-09')];
      const plan = await ask<[string]>(
        url,
        `EXPLAIN SELECT count(*) FROM oxi_visits WHERE site_id = 1 AND registered_at >= ${from} AND registered_at < ${to}`,
      );
      expect([
        ...new Set(plan.join('\n').match(/oxi_visits_\d{4}_\d\d(?!_)|oxi_visits_(before|later)\b/g)),
      ]).toEqual(['oxi_visits_2026_05']);
    });
  });
});
