import type { AuditEntry, AuditNote } from './audit.ts';
import { DomainError } from './errors.ts';
import type { AdministrationStorage } from './ports.ts';
import type { AdministeredSite, SiteDeclaration } from './site.ts';

/** Sites in memory as the port promises them to those who administer them. */
export function createMemoryAdministration(
  sites: AdministeredSite[],
  log: AuditEntry[],
  /** Removes at most so many visits of a site. @returns how many, which is all rows that there are */
  removeVisits: (siteId: number, limit: number) => number,
): AdministrationStorage {
  const removed = new Map<number, number>();

  function noted(note: AuditNote): void {
    log.push({ ...note, id: log.length + 1 });
  }
  function set(id: number, changes: Partial<AdministeredSite>): void {
    const index = sites.findIndex((site) => site.id === id);
    const site = sites[index];
    if (!site) throw new DomainError('SITE_NOT_FOUND', 'The site is gone.');
    sites[index] = { ...site, ...changes };
  }
  function checkFree({ slug, baseUrls }: SiteDeclaration, ownId: number | null): void {
    const others = sites.filter(({ id }) => id !== ownId);
    const isTaken = others.some(
      (other) => other.slug === slug || other.baseUrls.some((origin) => baseUrls.includes(origin)),
    );
    if (isTaken) throw new DomainError('CONFLICT', 'Another site has the slug or a base URL.');
  }

  return {
    sites: async () => sites.map((site) => ({ ...site })),
    async createSite(declaration, note) {
      checkFree(declaration, null);
      const site = { ...declaration, id: Math.max(0, ...sites.map(({ id }) => id)) + 1 };
      sites.push({ ...site, declared: false, archivedAt: null, deletedAt: null });
      noted({ ...note, site });
      return site;
    },
    async changeSite(change, note) {
      const site = sites.find(({ id }) => id === change.id);
      if (site) checkFree({ ...site, ...change }, site.id);
      set(change.id, change);
      noted(note);
    },
    async archiveSite(siteId, archivedAt, note) {
      if (sites.some(({ id, deletedAt }) => id === siteId && deletedAt !== null)) {
        throw new DomainError('SITE_NOT_FOUND', 'The site is going.');
      }
      set(siteId, { archivedAt });
      noted(note);
    },
    async beginDeletion(siteId, note) {
      if (sites.some(({ id, deletedAt }) => id === siteId && deletedAt !== null)) return;
      set(siteId, { archivedAt: note.at, deletedAt: note.at });
      noted(note);
    },
    async deleteRows(siteId, limit, note) {
      const index = sites.findIndex(({ id, deletedAt }) => id === siteId && deletedAt !== null);
      if (index < 0) return null;
      const now = removeVisits(siteId, limit);
      const visits = (removed.get(siteId) ?? 0) + now;
      removed.set(siteId, visits);
      if (now > 0) return { rows: visits, visits, complete: false };
      sites.splice(index, 1);
      noted({ ...note, changes: { rows: [visits + 1, 0], visits: [visits, 0] } });
      return { rows: visits + 1, visits, complete: true };
    },
    audit: async ({ siteId, before, limit }) =>
      log
        .filter(({ site }) => siteId === null || (siteId === 'any' ? site !== null : site?.id === siteId))
        .filter(({ id }) => before === null || id < before)
        .reverse()
        .slice(0, limit),
  };
}
