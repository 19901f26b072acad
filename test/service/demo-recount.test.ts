import { expect, onTestFinished, test } from 'vitest';
import { generateHistory } from '../../server/demo-history/history.ts';
import { loadHistory } from '../../server/demo-history/load.ts';
import { openDatabase } from '../../server/storage/open.ts';
import { createStorage } from '../../server/storage/storage.ts';
import { blog } from '../storage/contract.ts';
import { compareWithRecount } from '../support/compare-with-recount.ts';
import { eachDatabase } from '../support/databases.ts';

// A million takes minutes, and a heap of 4 GB: TEST_HISTORY_VISITS=1000000.
const VISITS = Number(process.env['TEST_HISTORY_VISITS'] ?? 10_000);
const UNTIL = 20_000;

eachDatabase('a year of a site', (kind) => {
  test('is answered for as a recount does, visit by visit', async () => {
    const { url, remove } = await kind.create();
    const { database } = await openDatabase(
      kind.name === 'SQLite'
        ? { provider: 'sqlite', file: url.slice('file:'.length) }
        : { provider: 'postgresql', url },
    );
    const storage = createStorage(database, () => {});
    onTestFinished(async () => {
      await storage.close();
      await remove();
    });
    const site = await storage.addSite({ ...blog, pathPatterns: [] }, 0);
    const options = {
      seed: 7,
      visits: VISITS,
      pages: 100,
      days: 365,
      until: UNTIL,
      timeZone: site.timeZone,
      minDelaySecs: site.minDelaySecs,
      visitorDays: 7,
    };
    const history = generateHistory(options);
    expect((await loadHistory({ storage, site, history, visitorDays: 7 })).visits).toBe(VISITS);
    expect(await compareWithRecount(storage.statistics, site.id, options)).toBe(132);
  }, 1_200_000);
});
