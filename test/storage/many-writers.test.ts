import { expect, onTestFinished, test } from 'vitest';
import { startOfDay } from '../../server/domain/day.ts';
import { NO_TRAITS } from '../../server/domain/dimensions/dimension.ts';
import { createRollups } from '../../server/domain/rollups.ts';
import { openDatabase } from '../../server/storage/open.ts';
import { createStorage } from '../../server/storage/storage.ts';
import { describeOnPostgresql, postgresql } from '../support/databases.ts';
import { blog } from './contract.ts';

const WRITERS = 4;
const VISITS = 600;
const DAY = 20_000;
const BEGIN = startOfDay(DAY, 'Europe/Berlin');

describeOnPostgresql('several processes that count', () => {
  test('the same readers on the same pages wait for each other, never in a circle, and lose nothing', async () => {
    const { url, remove } = await postgresql.create();
    const storages = await Promise.all(
      Array.from({ length: WRITERS }, async () => {
        const { database } = await openDatabase({ provider: 'postgresql', url });
        return createStorage(database, () => {});
      }),
    );
    onTestFinished(async () => {
      await Promise.all(storages.map((storage) => storage.close()));
      await remove();
    });
    const [first] = storages;
    if (!first) throw new Error('no storage');
    const site = await first.addSite(blog, BEGIN);
    const pages = await Promise.all(
      ['/a', '/b', '/c', '/d'].map((path) => first.addPage(site.id, path, BEGIN)),
    );

    // Each writer goes through pages and readers in an order of its own, and reports on the visits of the others.
    const visits = Array.from({ length: WRITERS * VISITS }, (_, index) => {
      const who = (index * 7) % 50;
      return {
        siteId: site.id,
        pageId: pages[(index * 5) % pages.length]?.id ?? 0,
        registeredAt: BEGIN + index * 1_000,
        nonce: index,
        kind: 'visit' as const,
        traits: { ...NO_TRAITS, referrer: `from-${index % 9}.example`, country: index % 2 ? 'DE' : 'NZ' },
        visitor: { day: DAY, pseudonym: who + 1, earlier: [{ day: DAY - 1, pseudonym: who + 1_001 }] },
      };
    });
    const outcomes = await Promise.all(
      storages.map(async (storage, writer) => {
        const own = visits.filter((_, index) => index % WRITERS === writer);
        if (writer % 2) own.reverse();
        const counted = await Promise.all(
          own.map(async (visit) => {
            const outcome = await storage.countVisit(visit);
            const other = storages[(writer + 1) % WRITERS];
            await other?.reportLeave({ ...visit, seconds: visit.nonce % 60 });
            return outcome;
          }),
        );
        return counted;
      }),
    );
    expect(new Set(outcomes.flat())).toEqual(new Set(['counted']));

    const scope = { siteId: site.id, span: { unit: 'days', from: DAY, to: DAY }, filter: {} } as const;
    const figures = await first.statistics.totals(scope);
    expect(figures).toMatchObject({
      visits: WRITERS * VISITS,
      visitors: 50,
      secondVisits: 50,
      timedVisits: WRITERS * VISITS,
      spentSeconds: visits.reduce((sum, { nonce }) => sum + (nonce % 60), 0),
    });
    await createRollups({ storage: first, clock: () => BEGIN }).rebuild(site.id);
    expect(await first.statistics.totals(scope)).toEqual(figures);
  });
});
