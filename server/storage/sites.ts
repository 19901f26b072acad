import type { Instant } from '../domain/instant.ts';
import { type Site, type SiteDeclaration, visibilityOf } from '../domain/site.ts';
import type { Queries } from './database.ts';

/** Active sites in the order they were created. */
export async function readSites(queries: Queries, slug?: string): Promise<Site[]> {
  const rows = await queries.site.findMany({
    where: { archivedAt: null, ...(slug === undefined ? {} : { slug }) },
    orderBy: { id: 'asc' },
    include: { baseUrls: { orderBy: { position: 'asc' } } },
  });
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    name: row.name,
    baseUrls: row.baseUrls.map(({ origin }) => origin),
    callbackOrigin: row.callbackOrigin,
    timeZone: row.timeZone,
    minDelaySecs: row.minDelaySecs,
    pathPatterns: JSON.parse(row.pathPatterns),
    respectDnt: row.respectDnt,
    retentionDays: row.retentionDays,
    visibility: visibilityOf(row.visibility),
  }));
}

/** Runs inside an exclusive transaction: it reads before it writes. */
export async function addSite(queries: Queries, site: SiteDeclaration, now: Instant): Promise<Site> {
  // One that was archived comes back as it was.
  await queries.site.updateMany({ where: { slug: site.slug }, data: { archivedAt: null } });
  const [existing] = await readSites(queries, site.slug);
  if (existing) return existing;
  const { baseUrls, pathPatterns, ...rest } = site;
  const data = { ...rest, pathPatterns: JSON.stringify(pathPatterns), declared: false, rollupsDue: false };
  const { id } = await queries.site.create({ data: { ...data, createdAt: now } });
  await addBaseUrls(queries, id, baseUrls);
  return { ...site, id };
}

/** Runs inside an exclusive transaction: it reads before it writes. */
export async function declareSites(
  queries: Queries,
  declarations: readonly SiteDeclaration[],
  now: Instant,
): Promise<void> {
  const slugs = declarations.map(({ slug }) => slug);
  await queries.site.updateMany({
    where: { declared: true, archivedAt: null, slug: { notIn: slugs } },
    data: { archivedAt: now },
  });
  // Origins may move from one site to another: all are free before any is taken.
  const origins = declarations.flatMap(({ baseUrls }) => baseUrls);
  await queries.baseUrl.deleteMany({
    where: { OR: [{ origin: { in: origins } }, { site: { declared: true } }] },
  });
  for (const declaration of declarations) await declareSite(queries, declaration, now);
}

async function declareSite(queries: Queries, declaration: SiteDeclaration, now: Instant): Promise<void> {
  const { slug, baseUrls, pathPatterns, ...rest } = declaration;
  const data = { ...rest, pathPatterns: JSON.stringify(pathPatterns), declared: true, archivedAt: null };
  const existing = await queries.site.findUnique({ where: { slug }, select: { id: true, timeZone: true } });
  const { id: siteId } =
    existing ?? (await queries.site.create({ data: { ...data, slug, createdAt: now, rollupsDue: false } }));
  if (existing) {
    // Roll-ups are of days, and the days are others in another zone.
    const moved = existing.timeZone === data.timeZone ? {} : { rollupsDue: true };
    await queries.site.updateMany({ where: { id: siteId }, data: { ...data, ...moved } });
  }
  await addBaseUrls(queries, siteId, baseUrls);
}

async function addBaseUrls(queries: Queries, siteId: number, baseUrls: readonly string[]): Promise<void> {
  for (const [position, origin] of baseUrls.entries()) {
    await queries.baseUrl.create({ data: { origin, siteId, position } });
  }
}
