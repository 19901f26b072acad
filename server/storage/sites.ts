import { type AuditAction, type Changes, changesBetween } from '../domain/audit.ts';
import type { Instant } from '../domain/instant.ts';
import type { Site, SiteDeclaration } from '../domain/site.ts';
import { addNote } from './audit.ts';
import type { Queries } from './database.ts';
import { columnsOf, setBaseUrls, siteOf, WITH_BASE_URLS } from './site-rows.ts';

/** Active sites in the order they were created. */
export async function readSites(queries: Queries, slug?: string): Promise<Site[]> {
  const rows = await queries.site.findMany({
    where: { archivedAt: null, ...(slug === undefined ? {} : { slug }) },
    orderBy: { id: 'asc' },
    include: WITH_BASE_URLS,
  });
  return rows.map(siteOf);
}

/** Runs inside an exclusive transaction: it reads before it writes. */
export async function addSite(queries: Queries, site: SiteDeclaration, now: Instant): Promise<Site> {
  // One that was archived comes back as it was.
  const row = await queries.site.findUnique({ where: { slug: site.slug } });
  if (row) await queries.site.updateMany({ where: { id: row.id }, data: backAgain(row) });
  const [existing] = await readSites(queries, site.slug);
  if (existing) return existing;
  const data = { ...columnsOf(site), declared: false, rollupsDue: false, createdAt: now };
  const { id } = await queries.site.create({ data });
  await setBaseUrls(queries, id, site.baseUrls);
  return { ...site, id };
}

/** Runs inside an exclusive transaction: it reads before it writes. */
export async function declareSites(
  queries: Queries,
  declarations: readonly SiteDeclaration[],
  now: Instant,
): Promise<void> {
  const rows = await queries.site.findMany({ orderBy: { id: 'asc' }, include: WITH_BASE_URLS });
  const note = (action: AuditAction, { id, slug }: Pick<Site, 'id' | 'slug'>, changes: Changes = {}) =>
    addNote(queries, {
      at: now,
      actor: 'configuration',
      action,
      site: { id, slug },
      token: null,
      changes,
    });
  const origins = declarations.flatMap(({ baseUrls }) => baseUrls);

  for (const row of rows) {
    if (declarations.some(({ slug }) => slug === row.slug)) continue;
    if (row.declared) {
      const archivedAt = row.archivedAt ?? BigInt(now);
      await queries.site.updateMany({ where: { id: row.id }, data: { declared: false, archivedAt } });
      if (row.archivedAt === null) await note('SITE_ARCHIVED', row);
    }
    const { baseUrls } = siteOf(row);
    const kept = baseUrls.filter((origin) => !origins.includes(origin));
    if (kept.length < baseUrls.length) await note('SITE_CHANGED', row, { baseUrls: [baseUrls, kept] });
  }
  // Origins may move from one site to another: all are free before any is taken.
  await queries.baseUrl.deleteMany({
    where: { OR: [{ origin: { in: origins } }, { site: { declared: true } }] },
  });
  for (const declaration of declarations) {
    const row = rows.find(({ slug }) => slug === declaration.slug);
    if (!row) {
      const data = { ...columnsOf(declaration), declared: true, rollupsDue: false, createdAt: now };
      const { id } = await queries.site.create({ data });
      await setBaseUrls(queries, id, declaration.baseUrls);
      await note('SITE_CREATED', { id, slug: declaration.slug });
      continue;
    }
    // Roll-ups are of days, and the days are others in another zone.
    const moved = row.timeZone === declaration.timeZone ? {} : { rollupsDue: true };
    await queries.site.updateMany({
      where: { id: row.id },
      data: { ...columnsOf(declaration), ...backAgain(row), ...moved, declared: true },
    });
    await setBaseUrls(queries, row.id, declaration.baseUrls);
    if (row.archivedAt !== null) await note('SITE_RESTORED', row);
    const changes = changesBetween<Site>(siteOf(row), { ...declaration, id: row.id });
    if (Object.keys(changes).length > 0) await note('SITE_CHANGED', row, changes);
  }
}

/** What makes a site active. One that was being deleted comes back with what is left of it. */
function backAgain({ deletedAt }: { readonly deletedAt: bigint | null }) {
  const stopped = { deletedAt: null, removedRows: 0, removedVisits: 0, rollupsDue: true };
  return { archivedAt: null, ...(deletedAt === null ? {} : stopped) };
}
