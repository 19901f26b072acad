import type { AuditEntry } from './audit.ts';
import type { Totals } from './counted.ts';
import { dayOf } from './day.ts';
import { DomainError } from './errors.ts';
import { createMemoryAdministration } from './memory-administration.testing.ts';
import { createMemoryTokens } from './memory-tokens.testing.ts';
import { createMemoryVotes } from './memory-votes.testing.ts';
import { createMemoryWebhooks } from './memory-webhooks.testing.ts';
import type { Page, PageCount } from './page.ts';
import type { CommitListener, FilteredHit, Salt, Storage } from './ports.ts';
import type { AdministeredSite, Site, SiteDeclaration } from './site.ts';
import type { FilteredHits } from './statistics/figures.ts';
import { createRecount } from './statistics/recount.testing.ts';
import type { NewVisit, Visit, VisitKey } from './visit.ts';

/** A storage in memory that keeps the promises of the port, and can be away. */
export interface MemoryStorage extends Storage {
  /** Makes every call fail as a database that is away does, or ends that. */
  away(is: boolean): void;
  /** How often a method was called, those that failed included. */
  calls(method: keyof Storage): number;
  /** Deletes a page and its visits. */
  removePage(path: string): void;
  /** Pages in the order they were added. */
  pages(): readonly Page[];
  /** Visits and pixel views as they were counted, in that order. */
  counted(): readonly StoredVisit[];
  /** Hits that were kept out, in the order they came. */
  filtered(): readonly FilteredHit[];
}

const asDeclared = { declared: true, archivedAt: null, deletedAt: null } as const;

/** A counted visit with its path. */
export interface StoredVisit extends NewVisit {
  readonly path: string;
  readonly spentSeconds: number | null;
}

export function createMemoryStorage(committed: CommitListener = () => {}): MemoryStorage {
  const sites: AdministeredSite[] = [];
  const log: AuditEntry[] = [];
  const pages: Page[] = [];
  const visits = new Map<string, StoredVisit>();
  const filtered: FilteredHit[] = [];
  const salts = new Map<number, Salt>();
  // There are no roll-ups here, so nothing but the wish to have them anew is kept.
  const due = new Set<number>();
  const jobs = new Map<string, { leasedUntil: number; finishedAt: number }>();
  const secrets: Uint8Array[] = [];
  const called = new Map<PropertyKey, number>();
  let isAway = false;

  const pageOf = (siteId: number, path: string) =>
    pages.find((page) => page.siteId === siteId && page.path === path);
  const visitsOf = (page: Page | undefined) =>
    [...visits.values()].filter(({ pageId, kind }) => pageId === page?.id && kind === 'visit').length;

  const countedOn = (siteId: number) => [...visits.values()].filter((visit) => visit.siteId === siteId);
  const zoneOf = (siteId: number) => sites.find(({ id }) => id === siteId)?.timeZone ?? 'UTC';
  const recount = (siteId: number) => createRecount(countedOn(siteId), zoneOf(siteId));

  const votes = createMemoryVotes({
    pageAt: pageOf,
    pageWith: (siteId, id) => pages.find((page) => page.siteId === siteId && page.id === id),
    zoneOf,
    // Nothing is forgotten here, so whoever is found may be asked for.
    hasVisit: async (siteId, pseudonyms) =>
      countedOn(siteId).some(({ visitor }) =>
        pseudonyms.some(({ day, pseudonym }) => day === visitor?.day && pseudonym === visitor.pseudonym),
      ),
    voted: (page) => committed({ counted: [], pages: [], voted: [page], sites: [] }),
  });

  const storage: Storage = {
    votes,
    statistics: {
      totals: async (scope) => recount(scope.siteId).totals(scope),
      daily: async (scope) => recount(scope.siteId).daily(scope),
      between: async (scope, instants) => recount(scope.siteId).between(scope, instants),
      top: async (request) => recount(request.scope.siteId).top(request),
      engagingPages: async (request) => votes.engagingPages(request),
      async filteredHits(siteId, from, to) {
        const hits = new Map<string, FilteredHits>();
        for (const { at, reason } of filtered.filter((hit) => hit.siteId === siteId)) {
          const day = dayOf(at, zoneOf(siteId));
          if (day < from || day > to) continue;
          const key = `${day} ${reason}`;
          hits.set(key, { day, reason, hits: (hits.get(key)?.hits ?? 0) + 1 });
        }
        return [...hits.values()];
      },
      async recent(siteId, since) {
        return countedOn(siteId)
          .filter((visit) => visit.registeredAt >= since)
          .sort((a, b) => a.registeredAt - b.registeredAt || a.nonce - b.nonce)
          .map(({ path, registeredAt, kind, visitor, spentSeconds }) => ({
            path,
            registeredAt,
            pixel: kind === 'pixel',
            visitor: visitor?.pseudonym ?? 0,
            spentSeconds,
          }));
      },
      async firstDay(siteId) {
        const days = countedOn(siteId).map(({ registeredAt }) => dayOf(registeredAt, zoneOf(siteId)));
        return days.length === 0 ? null : Math.min(...days);
      },
    },
    rollups: {
      due: async () => [...due],
      markDue: async (siteId) => void due.add(siteId),
      begin: async (_siteId, _timeZone, until) => ({ from: until, to: until }),
      recount: async () => true,
      recountMonth: async () => {},
      async finish(siteId) {
        due.delete(siteId);
        return true;
      },
    },
    tokens: createMemoryTokens(log),
    webhooks: createMemoryWebhooks(log, sites),
    administration: createMemoryAdministration(sites, log, (siteId, limit) => {
      const keys = [...visits].filter(([, visit]) => visit.siteId === siteId).slice(0, limit);
      for (const [key] of keys) visits.delete(key);
      return keys.length;
    }),
    async sites() {
      return sites
        .filter(({ archivedAt }) => archivedAt === null)
        .map(({ declared: _declared, archivedAt: _archived, deletedAt: _deleted, ...site }): Site => site);
    },
    async declareSites(declarations: readonly SiteDeclaration[]) {
      const ids = new Map(sites.map(({ slug, id }) => [slug, id]));
      const own = sites.filter(({ declared }) => !declared);
      sites.length = 0;
      for (const site of declarations) {
        sites.push({ ...asDeclared, id: ids.get(site.slug) ?? sites.length + 1, ...site });
      }
      sites.push(...own);
    },
    async addSite(declaration) {
      const found = sites.find(({ slug }) => slug === declaration.slug);
      if (found) return found;
      const site = { id: sites.length + 1, ...declaration };
      sites.push({ ...asDeclared, ...site, declared: false });
      return site;
    },
    async findPage(siteId, path) {
      return pageOf(siteId, path) ?? null;
    },
    async addPage(siteId, path) {
      const found = pageOf(siteId, path);
      if (found) return found;
      const page = { id: pages.length + 1, siteId, path };
      pages.push(page);
      return page;
    },
    async pageTotals(siteId, path) {
      return totalsOf(countedOn(siteId).filter((visit) => visit.path === path));
    },
    async siteTotals(siteId) {
      return totalsOf(countedOn(siteId));
    },
    async pageCounts(siteId, { orderBy, search, after, limit }) {
      const byPath = (a: PageCount, b: PageCount) => (a.path === b.path ? 0 : a.path < b.path ? -1 : 1);
      const compare = (a: PageCount, b: PageCount) =>
        orderBy === 'path' ? byPath(a, b) : b.count - a.count || byPath(a, b);
      return pages
        .filter((page) => page.siteId === siteId)
        .map((page) => ({ path: page.path, count: visitsOf(page) }))
        .filter(({ count, path }) => count > 0 && path.toLowerCase().includes((search ?? '').toLowerCase()))
        .sort(compare)
        .filter((page) => after === null || compare(page, after) > 0)
        .slice(0, limit);
    },
    async countVisit(visit) {
      if (visits.has(keyOf(visit))) return 'counted before';
      const page = pages.find(({ id, siteId }) => id === visit.pageId && siteId === visit.siteId);
      if (!page) return 'page gone';
      const stored = { ...visit, path: page.path, spentSeconds: visit.spentSeconds ?? null };
      visits.set(keyOf(visit), stored);
      const counted = visit.kind === 'visit' ? [readBack(stored)] : [];
      const { siteId, path } = page;
      committed({
        counted,
        pages: [{ siteId, path, ...(await storage.pageTotals(siteId, path)) }],
        voted: [],
        sites: [siteId],
      });
      return 'counted';
    },
    async reportLeave({ seconds, ...key }) {
      const visit = visits.get(keyOf(key));
      if (!visit) return 'not counted';
      const spentSeconds = Math.max(visit.spentSeconds ?? 0, seconds);
      visits.set(keyOf(key), { ...visit, spentSeconds });
      committed({ counted: [], pages: [], voted: [], sites: [visit.siteId] });
      return { spentSeconds };
    },
    async countFiltered(hit) {
      filtered.push(hit);
    },
    async visits({ siteId, pageId, order, after, before, limit }) {
      const sign = order === 'oldest first' ? 1 : -1;
      const compare = (a: Place, b: Place) => sign * (a.registeredAt - b.registeredAt || a.nonce - b.nonce);
      return [...visits.values()]
        .filter((visit) => visit.siteId === siteId && visit.pageId === pageId && visit.kind === 'visit')
        .filter((visit) => (!after || compare(visit, after) > 0) && (!before || compare(visit, before) < 0))
        .sort(compare)
        .slice(0, limit)
        .map(readBack);
    },
    async salts(from) {
      return [...salts.values()].filter(({ day }) => day >= from).sort((a, b) => a.day - b.day);
    },
    async ensureSalt(candidate) {
      const standing = salts.get(candidate.day) ?? candidate;
      salts.set(candidate.day, standing);
      return standing;
    },
    async destroySalts(before) {
      for (const day of salts.keys()) if (day < before) salts.delete(day);
      votes.forget(before);
    },
    async pruneVisits(siteId, before, _through, limit) {
      const old = [...visits].filter(([, visit]) => visit.siteId === siteId && visit.registeredAt < before);
      for (const [key] of old.slice(0, limit)) visits.delete(key);
      return Math.min(old.length, limit);
    },
    async leaseJob(name, { now, until, dueSince }) {
      const job = jobs.get(name) ?? { leasedUntil: 0, finishedAt: 0 };
      if (job.leasedUntil > now || job.finishedAt > dueSince) return false;
      jobs.set(name, { ...job, leasedUntil: until });
      return true;
    },
    async finishJob(name, now) {
      jobs.set(name, { leasedUntil: 0, finishedAt: now });
    },
    async secrets() {
      return [...secrets];
    },
    async ensureSecret(candidate) {
      if (secrets.length === 0) secrets.push(candidate);
      return [...secrets];
    },
    async addSecret(value) {
      secrets.unshift(value);
    },
    async ping() {},
    readReplica: async () => null,
    async close() {},
  };

  /** The same methods, counted, and failing while the storage is away. */
  function guarded<T extends object>(methods: T): T {
    return Object.fromEntries(
      Object.entries(methods).map(([name, method]) => {
        if (typeof method !== 'function') return [name, guarded(method)];
        return [
          name,
          async (...given: unknown[]) => {
            called.set(name, (called.get(name) ?? 0) + 1);
            if (isAway) throw new DomainError('UNAVAILABLE', 'The storage is away.', { retryAfterSecs: 2 });
            return method(...given);
          },
        ];
      }),
    ) as T;
  }

  return {
    ...guarded(storage),
    away(is) {
      isAway = is;
    },
    calls: (method) => called.get(method) ?? 0,
    removePage(path) {
      const index = pages.findIndex((page) => page.path === path);
      const [page] = pages.splice(index, 1);
      for (const [key, visit] of visits) if (visit.pageId === page?.id) visits.delete(key);
    },
    pages: () => [...pages],
    counted: () => [...visits.values()],
    filtered: () => [...filtered],
  };
}

function readBack({ kind, traits, visitor, ...visit }: StoredVisit): Visit {
  return { ...visit, referrer: traits.referrer };
}

function totalsOf(visits: readonly StoredVisit[]): Totals {
  return { visits: visits.filter(({ kind }) => kind === 'visit').length, views: visits.length };
}

type Place = Pick<VisitKey, 'registeredAt' | 'nonce'>;

function keyOf({ siteId, pageId, registeredAt, nonce }: VisitKey): string {
  return `${siteId}:${pageId}:${registeredAt}:${nonce}`;
}
