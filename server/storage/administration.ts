import { DomainError } from '../domain/errors.ts';
import type { AdministrationStorage } from '../domain/ports.ts';
import type { SiteDeclaration } from '../domain/site.ts';
import { addNote, readAudit } from './audit.ts';
import type { Database, Queries } from './database.ts';
import { deleteRows } from './delete-rows.ts';
import { guarded } from './faults.ts';
import { columnsOf, setBaseUrls, siteOf, WITH_BASE_URLS } from './site-rows.ts';
import type { Work } from './work.ts';

export function createAdministrationStorage(
  database: Pick<Database, 'holding'>,
  { read, change }: Work,
): AdministrationStorage {
  return {
    async sites() {
      const rows = await read((queries) =>
        queries.site.findMany({ orderBy: { id: 'asc' }, include: WITH_BASE_URLS }),
      );
      return rows.map((row) => ({
        ...siteOf(row),
        declared: row.declared,
        archivedAt: row.archivedAt === null ? null : Number(row.archivedAt),
        deletedAt: row.deletedAt === null ? null : Number(row.deletedAt),
      }));
    },
    createSite: (site, note) =>
      change(async (queries) => {
        await checkFree(queries, site, null);
        const data = { ...columnsOf(site), declared: false, rollupsDue: false, createdAt: note.at };
        const { id } = await queries.site.create({ data });
        await setBaseUrls(queries, id, site.baseUrls);
        await addNote(queries, { ...note, site: { id, slug: site.slug } });
        return { ...site, id };
      }),
    changeSite: (wanted, note) =>
      change(async (queries) => {
        const row = await queries.site.findUnique({ where: { id: wanted.id }, include: WITH_BASE_URLS });
        if (!row) throw gone(note.site?.slug ?? '');
        const site = { ...siteOf(row), ...wanted };
        await checkFree(queries, site, site.id);
        const moved = row.timeZone === site.timeZone ? {} : { rollupsDue: true };
        await queries.site.updateMany({ where: { id: site.id }, data: { ...columnsOf(site), ...moved } });
        await setBaseUrls(queries, site.id, site.baseUrls);
        await addNote(queries, note);
      }),
    archiveSite: (siteId, archivedAt, note) =>
      change(async (queries) => {
        const where = { id: siteId, deletedAt: null };
        const { count } = await queries.site.updateMany({ where, data: { archivedAt } });
        if (count === 0) throw gone(note.site?.slug ?? '');
        await addNote(queries, note);
      }),
    beginDeletion: (siteId, note) =>
      change(async (queries) => {
        const gone = { archivedAt: note.at, deletedAt: note.at };
        const { count } = await queries.site.updateMany({
          where: { id: siteId, deletedAt: null },
          data: gone,
        });
        if (count > 0) await addNote(queries, note);
      }),
    deleteRows: (siteId, limit, note) =>
      guarded(() => database.holding(siteId, (queries) => deleteRows(queries, siteId, limit, note))),
    audit: (request) => read((queries) => readAudit(queries, request)),
  };
}

/** Slugs and origins belong to one site each; those of archived sites are kept for when they come back. */
async function checkFree(queries: Queries, site: SiteDeclaration, ownId: number | null): Promise<void> {
  const others = ownId === null ? {} : { id: { not: ownId } };
  const namesake = await queries.site.findFirst({ where: { slug: site.slug, ...others } });
  if (namesake) {
    const state = namesake.deletedAt !== null ? ', which is being deleted' : stateOf(namesake);
    throw conflict(`The slug ${site.slug} is that of another site${state}`);
  }
  const taken = await queries.baseUrl.findFirst({
    where: { origin: { in: [...site.baseUrls] }, site: others },
    include: { site: true },
  });
  if (taken) {
    throw conflict(
      `${taken.origin} is a base URL of the site ${taken.site.slug}${stateOf(taken.site)}, and can be one of one site only`,
    );
  }
}

function stateOf({ archivedAt }: { readonly archivedAt: bigint | null }): string {
  return archivedAt === null ? '' : ', which is archived';
}

function gone(slug: string): DomainError {
  return new DomainError('SITE_NOT_FOUND', `The site ${slug} is gone.`);
}

function conflict(message: string): DomainError {
  return new DomainError('CONFLICT', `${message}.`);
}
