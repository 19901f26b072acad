import { expect, onTestFinished, test } from 'vitest';
import { blog } from '../../../test/storage/contract.ts';
import { openNewSqlite } from '../../../test/storage/open-database.ts';
import { createStorage } from '../storage.ts';

test('work in many transactions keeps requests waiting for one of them only', async () => {
  const { database, remove } = await openNewSqlite();
  const storage = createStorage(database, () => {});
  let turns = 0;
  let next = setImmediate(turn);
  function turn() {
    turns += 1;
    next = setImmediate(turn);
  }
  onTestFinished(async () => {
    clearImmediate(next);
    await storage.close();
    await remove();
  });
  const { id } = await storage.addSite(blog, 0);
  for (const work of [() => storage.finishJob('job', 0), () => storage.pruneVisits(id, 0, 0, 1)]) {
    const before = turns;
    for (let done = 0; done < 10; done += 1) await work();
    expect(turns - before).toBeGreaterThanOrEqual(10);
  }
});
