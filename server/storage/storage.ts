import { DomainError } from '../domain/errors.ts';
import type { Commit, CommitListener, Storage } from '../domain/ports.ts';
import { createAdministrationStorage } from './administration.ts';
import { createCalendars, readCalendar } from './calendars.ts';
import type { BatchResult, Database, Queries, VisitKeyRow } from './database.ts';
import { createDimensionValues } from './dimension-values.ts';
import { guarded, undauntedly } from './faults.ts';
import { finishJob, isJobDue, leaseJob } from './jobs.ts';
import { type Intake, labelBatch } from './label-batch.ts';
import { addPage, existingPages, findPage, pageCounts, pageTotals, siteTotals } from './pages.ts';
import { pruneVisits } from './retention.ts';
import { createRollupStorage } from './rollups.ts';
import { destroySalts, ensureSalt, readSalts } from './salts.ts';
import { addSecret, ensureSecret, readSecrets } from './secrets.ts';
import { addSite, declareSites, readSites } from './sites.ts';
import { createStatistics } from './statistics/statistics.ts';
import { createTokenStorage } from './tokens.ts';
import { readVisits } from './visits.ts';
import { createVoteStorage } from './votes.ts';
import { createWebhookStorage } from './webhooks.ts';
import { createWriter, type WriterObserver } from './writer.ts';

const ZONE_ATTEMPTS = 4;

/** The domain's storage on one of the two databases, whose schema is up to date. */
export function createStorage(
  database: Database,
  committed: CommitListener,
  observer?: WriterObserver,
): Storage {
  const calendars = createCalendars((siteId) => read((queries) => readCalendar(queries, siteId)));
  const values = createDimensionValues(change);
  const writer = createWriter({
    apply,
    existingPages: (ids) => read((queries) => existingPages(queries, ids)),
    committed: (result, intake) => committed(commitOf(result, intake)),
    observer,
  });

  async function apply(intake: Intake): Promise<BatchResult> {
    for (let attempt = 1; attempt <= ZONE_ATTEMPTS; attempt += 1) {
      const result = await guarded(() =>
        undauntedly(async () => database.apply(await labelBatch(intake, { calendars, values }))),
      );
      if (result !== null) return result;
      // A site has another zone by now, or is gone: the days have to be found again.
      calendars.forget();
    }
    throw new DomainError('UNAVAILABLE', 'The time zone of the site is changing.', { retryAfterSecs: 2 });
  }

  function read<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return guarded(() => work(database.client));
  }

  /** What may be a moment behind: nothing is decided by it, and no live value compared with it. */
  function figures<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return guarded(() => database.figures(work));
  }

  function change<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return guarded(() => database.exclusively(work));
  }

  return {
    sites: () => read((queries) => readSites(queries)),
    addSite: (site, now) => change((queries) => addSite(queries, site, now)),
    declareSites: (declarations, now) => change((queries) => declareSites(queries, declarations, now)),
    findPage: (siteId, path) => read((queries) => findPage(queries, siteId, path)),
    addPage: (siteId, path, now) => change((queries) => addPage(queries, siteId, path, now)),
    pageTotals: (siteId, path) => read((queries) => pageTotals(queries, siteId, path)),
    siteTotals: (siteId) => read((queries) => siteTotals(queries, siteId)),
    pageCounts: (siteId, request) => figures((queries) => pageCounts(queries, siteId, request)),
    countVisit: (visit) => writer.countVisit(visit),
    reportLeave: (report) => writer.reportLeave(report),
    countFiltered: (hit) => writer.countFiltered(hit),
    visits: (range) => figures((queries) => readVisits(queries, range)),
    secrets: () => read(readSecrets),
    ensureSecret: (candidate, now) => change((queries) => ensureSecret(queries, candidate, now)),
    addSecret: (value, now) => change((queries) => addSecret(queries, value, now)),
    statistics: createStatistics({ figures, present: read }),
    rollups: createRollupStorage(database),
    votes: createVoteStorage(database, committed),
    tokens: createTokenStorage({ read, change }),
    administration: createAdministrationStorage(database, { read, change }),
    webhooks: createWebhookStorage({ read, change }),
    salts: (from) => read((queries) => readSalts(queries, from)),
    ensureSalt: (candidate) => change((queries) => ensureSalt(queries, candidate)),
    destroySalts: (before) => destroySalts({ read, change }, before),
    pruneVisits: (siteId, before, through, limit) =>
      guarded(
        async () =>
          (await database.holding(siteId, (queries) =>
            pruneVisits(queries, siteId, before, through, limit),
          )) ?? 0,
      ),
    async leaseJob(name, lease) {
      // Mostly there is nothing to do, which is seen without keeping anybody waiting.
      if (!(await read((queries) => isJobDue(queries, name, lease)))) return false;
      return change((queries) => leaseJob(queries, name, lease));
    },
    finishJob: (name, now) => change((queries) => finishJob(queries, name, now)),
    ping: () => guarded(() => database.ping()),
    readReplica: () => database.readReplica(),
    async close() {
      await writer.drained();
      await database.close();
    },
  };
}

function commitOf({ counted, left }: BatchResult, { visits }: Intake): Commit {
  const given = new Map(visits.map((visit) => [key(visit), visit]));
  return {
    counted: counted.flatMap(({ totals, ...row }) => {
      const visit = given.get(key(row));
      if (visit?.kind !== 'visit') return [];
      return { ...row, referrer: visit.traits.referrer, spentSeconds: visit.spentSeconds ?? null };
    }),
    pages: [
      ...new Map(
        counted.map(({ siteId, pageId, path, totals }) => [pageId, { siteId, path, ...totals }]),
      ).values(),
    ],
    voted: [],
    sites: [...new Set([...counted, ...left].map(({ siteId }) => siteId))],
  };
}

function key({ siteId, registeredAt, nonce }: VisitKeyRow): string {
  return `${siteId}:${registeredAt}:${nonce}`;
}
