import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { NO_TRAITS } from '../../server/domain/dimensions/dimension.ts';
import { settled } from '../../server/domain/world.testing.ts';
import { openDatabase } from '../../server/storage/open.ts';
import { BUSY_TIMEOUT_MS } from '../../server/storage/sqlite/database.ts';
import { createStorage } from '../../server/storage/storage.ts';
import { openFile } from '../support/sqlite.ts';
import { blog } from './contract.ts';

const NOW = 1_700_000_000_000;

/** A storage with a page, and another program that can take its database for itself. */
async function contested() {
  const folder = await mkdtemp(join(tmpdir(), 'oxicount-busy-'));
  const file = join(folder, 'oxicount.db');
  const { database } = await openDatabase({ provider: 'sqlite', file });
  const storage = createStorage(database, () => {});
  const other = openFile(file);
  onTestFinished(async () => {
    other.close();
    await storage.close();
    await rm(folder, { recursive: true });
  });
  await storage.declareSites([blog], NOW);
  const page = await storage.addPage(1, '/a', NOW);
  return { storage, other, visit: visitOf(page.id) };
}

const visitOf = (pageId: number) => (nonce: number) => ({
  siteId: 1,
  pageId,
  registeredAt: NOW,
  nonce,
  kind: 'visit' as const,
  traits: NO_TRAITS,
  visitor: null,
});

async function timed(work: Promise<unknown>): Promise<{ error: unknown; took: number }> {
  const began = performance.now();
  const error = await work.then(
    () => undefined,
    (reason) => reason,
  );
  return { error, took: performance.now() - began };
}

test('while another program holds the SQLite file, writes are refused within a bounded time, and work afterwards', async () => {
  const { storage, other, visit } = await contested();
  const write = () =>
    [
      storage.countVisit(visit(1)),
      storage.addPage(1, '/b', NOW),
      storage.addPage(1, '/c', NOW),
      storage.ping(),
    ].map(timed);
  other.exec('BEGIN EXCLUSIVE');
  for (const { error, took } of await Promise.all(write())) {
    expect(error).toMatchObject({ code: 'UNAVAILABLE', retryAfterSecs: expect.any(Number) });
    expect(took).toBeLessThan(BUSY_TIMEOUT_MS + 1_500);
  }
  other.exec('COMMIT');
  for (const { error } of await Promise.all(write())) expect(error).toBeUndefined();
  expect(await storage.countVisit(visit(1))).toBe('counted before');
  expect((await storage.pageTotals(1, '/a')).visits).toBe(1);
});

test('while another program holds the SQLite file, what is in it is read without waiting', async () => {
  const { storage, other, visit } = await contested();
  await storage.countVisit(visit(1));
  other.exec('BEGIN EXCLUSIVE');
  const refused = timed(storage.countVisit(visit(2)));
  const began = performance.now();
  for (let read = 0; read < 5; read += 1) {
    // Lets the write begin.
    await settled();
    expect((await storage.pageTotals(1, '/a')).visits).toBe(1);
  }
  expect(performance.now() - began).toBeLessThan(1_000);
  await refused;
  other.exec('COMMIT');
});
