import { DomainError } from './errors.ts';
import type { Page } from './page.ts';
import type { CommitListener, Storage } from './ports.ts';
import type { Site, SiteDeclaration } from './site.ts';
import type { CountedVisit, Visit, VisitKey } from './visit.ts';

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
}

export function createMemoryStorage(committed: CommitListener = () => {}): MemoryStorage {
  const sites: Site[] = [];
  const pages: Page[] = [];
  const visits = new Map<string, Visit>();
  const secrets: Uint8Array[] = [];
  const called = new Map<PropertyKey, number>();
  let isAway = false;

  const pageOf = (siteId: number, path: string) =>
    pages.find((page) => page.siteId === siteId && page.path === path);
  const visitsOf = (page: Page | undefined) =>
    [...visits.values()].filter(({ pageId }) => pageId === page?.id).length;

  const storage: Storage = {
    async sites() {
      return sites.map((site) => ({ ...site }));
    },
    async declareSites(declarations: readonly SiteDeclaration[]) {
      const ids = new Map(sites.map(({ slug, id }) => [slug, id]));
      sites.length = 0;
      for (const site of declarations) sites.push({ id: ids.get(site.slug) ?? sites.length + 1, ...site });
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
    async pageVisits(siteId, path) {
      return visitsOf(pageOf(siteId, path));
    },
    async siteVisits(siteId) {
      return [...visits.values()].filter((visit) => visit.siteId === siteId).length;
    },
    async pageCounts(siteId, limit) {
      return pages
        .filter((page) => page.siteId === siteId)
        .map((page) => ({ path: page.path, count: visitsOf(page) }))
        .filter(({ count }) => count > 0)
        .sort((a, b) => b.count - a.count || (a.path < b.path ? -1 : 1))
        .slice(0, limit);
    },
    async countVisit(visit) {
      if (visits.has(keyOf(visit))) return 'counted before';
      const page = pages.find(({ id, siteId }) => id === visit.pageId && siteId === visit.siteId);
      if (!page) return 'page gone';
      const counted = { ...visit, path: page.path, spentSeconds: null };
      visits.set(keyOf(visit), counted);
      committed([{ ...counted, pageVisits: visitsOf(page) } satisfies CountedVisit]);
      return 'counted';
    },
    async reportLeave({ seconds, ...key }) {
      const visit = visits.get(keyOf(key));
      if (!visit) return 'not counted';
      const spentSeconds = Math.max(visit.spentSeconds ?? 0, seconds);
      visits.set(keyOf(key), { ...visit, spentSeconds });
      return { spentSeconds };
    },
    async visits({ siteId, pageId, order, after, before, limit }) {
      const sign = order === 'oldest first' ? 1 : -1;
      const compare = (a: Place, b: Place) => sign * (a.registeredAt - b.registeredAt || a.nonce - b.nonce);
      return [...visits.values()]
        .filter((visit) => visit.siteId === siteId && visit.pageId === pageId)
        .filter((visit) => (!after || compare(visit, after) > 0) && (!before || compare(visit, before) < 0))
        .sort(compare)
        .slice(0, limit);
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
    async close() {},
  };

  const guarded = new Proxy(storage, {
    get: (target, method: keyof Storage) =>
      target[method] &&
      (async (...given: never[]) => {
        called.set(method, (called.get(method) ?? 0) + 1);
        if (isAway) throw new DomainError('UNAVAILABLE', 'The storage is away.', { retryAfterSecs: 2 });
        return (target[method] as (...args: never[]) => Promise<unknown>)(...given);
      }),
  });

  return {
    ...(Object.fromEntries(
      Object.keys(storage).map((method) => [method, guarded[method as keyof Storage]]),
    ) as unknown as Storage),
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
  };
}

type Place = Pick<VisitKey, 'registeredAt' | 'nonce'>;

function keyOf({ siteId, pageId, registeredAt, nonce }: VisitKey): string {
  return `${siteId}:${pageId}:${registeredAt}:${nonce}`;
}
