import type { CommitListener, Storage } from '../domain/ports.ts';
import type { CountedVisit } from '../domain/visit.ts';
import type { Batch, BatchResult, Database, Queries } from './database.ts';
import { guarded } from './faults.ts';
import { addPage, existingPages, findPage, pageCounts, pageVisits, siteVisits } from './pages.ts';
import { addSecret, ensureSecret, readSecrets } from './secrets.ts';
import { declareSites, readSites } from './sites.ts';
import { readVisits } from './visits.ts';
import { createWriter } from './writer.ts';

/** The domain's storage on one of the two databases, whose schema is up to date. */
export function createStorage(database: Database, committed: CommitListener): Storage {
  const writer = createWriter({
    apply: (batch) => guarded(() => database.apply(batch)),
    existingPages: (ids) => read((queries) => existingPages(queries, ids)),
    committed: (result, batch) => committed(countedVisits(result, batch)),
  });

  function read<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return guarded(() => work(database.client));
  }

  function change<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return guarded(() => database.exclusively(work));
  }

  return {
    sites: () => read(readSites),
    declareSites: (declarations, now) => change((queries) => declareSites(queries, declarations, now)),
    findPage: (siteId, path) => read((queries) => findPage(queries, siteId, path)),
    addPage: (siteId, path, now) => change((queries) => addPage(queries, siteId, path, now)),
    pageVisits: (siteId, path) => read((queries) => pageVisits(queries, siteId, path)),
    siteVisits: (siteId) => read((queries) => siteVisits(queries, siteId)),
    pageCounts: (siteId, limit) => read((queries) => pageCounts(queries, siteId, limit)),
    countVisit: (visit) => writer.countVisit(visit),
    reportLeave: (report) => writer.reportLeave(report),
    visits: (range) => read((queries) => readVisits(queries, range)),
    secrets: () => read(readSecrets),
    ensureSecret: (candidate, now) => change((queries) => ensureSecret(queries, candidate, now)),
    addSecret: (value, now) => change((queries) => addSecret(queries, value, now)),
    // An empty transaction takes the write lock, which a read-only or full database refuses.
    ping: () => change(async (queries) => void (await queries.$queryRawUnsafe('SELECT 1'))),
    async close() {
      await writer.drained();
      await database.close();
    },
  };
}

function countedVisits(result: BatchResult, batch: Batch): CountedVisit[] {
  const referrers = new Map(batch.visits.map((visit) => [key(visit), visit.referrer]));
  return result.counted.map((row) => ({
    ...row,
    referrer: referrers.get(key(row)) ?? null,
    spentSeconds: null,
  }));
}

function key({
  pageId,
  registeredAt,
  nonce,
}: {
  pageId: number;
  registeredAt: number;
  nonce: number;
}): string {
  return `${pageId}:${registeredAt}:${nonce}`;
}
