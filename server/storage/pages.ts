import type { Totals } from '../domain/counted.ts';
import { DomainError } from '../domain/errors.ts';
import type { Instant } from '../domain/instant.ts';
import type { Page, PageCount, PageCountRequest } from '../domain/page.ts';
import { containing } from './containing.ts';
import type { Queries } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';

export async function findPage(queries: Queries, siteId: number, path: string): Promise<Page | null> {
  return queries.page.findUnique({
    where: { siteId_path: { siteId, path } },
    select: { id: true, siteId: true, path: true },
  });
}

/** Runs inside an exclusive transaction: it reads before it writes. */
export async function addPage(queries: Queries, siteId: number, path: string, now: Instant): Promise<Page> {
  const found = await findPage(queries, siteId, path);
  if (found) return found;
  // Its deletion has begun in such a transaction too: from then on no page is added, and so no visit counted.
  const site = await queries.site.findUnique({
    where: { id: siteId, deletedAt: null },
    select: { id: true },
  });
  if (!site) throw new DomainError('SITE_NOT_FOUND', 'The site is gone.');
  return queries.page.create({
    data: { siteId, path, addedAt: now },
    select: { id: true, siteId: true, path: true },
  });
}

export async function pageTotals(queries: Queries, siteId: number, path: string): Promise<Totals> {
  const page = await queries.page.findUnique({
    where: { siteId_path: { siteId, path } },
    select: { visits: true, pixelViews: true },
  });
  return totalsOf(page?.visits, page?.pixelViews);
}

export async function siteTotals(queries: Queries, siteId: number): Promise<Totals> {
  const sums = { visits: true, pixelViews: true } as const;
  const { _sum } = await queries.page.aggregate({ where: { siteId }, _sum: sums });
  return totalsOf(_sum.visits, _sum.pixelViews);
}

/** From columns as they are read. */
export function totalsOf(visits: Column, pixelViews: Column): Totals {
  return { visits: Number(visits ?? 0), views: Number(visits ?? 0) + Number(pixelViews ?? 0) };
}

type Column = number | bigint | null | undefined;

export async function pageCounts(
  queries: Queries,
  siteId: number,
  { orderBy, search, after, limit }: PageCountRequest,
): Promise<PageCount[]> {
  const beyond =
    after === null
      ? Prisma.empty
      : orderBy === 'path'
        ? Prisma.sql`AND path > ${after.path}`
        : Prisma.sql`AND (visits < ${after.count} OR (visits = ${after.count} AND path > ${after.path}))`;
  const order = orderBy === 'path' ? Prisma.sql`path` : Prisma.sql`visits DESC, path`;
  const rows = await queries.$queryRaw<{ path: string; visits: bigint | number }[]>`
    SELECT path, visits FROM oxi_pages
    WHERE site_id = ${siteId} AND visits > 0 ${containing(Prisma.sql`path`, search)} ${beyond}
    ORDER BY ${order} LIMIT ${limit}`;
  return rows.map(({ path, visits }) => ({ path, count: Number(visits) }));
}

export async function existingPages(queries: Queries, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const pages = await queries.page.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true },
  });
  return new Set(pages.map(({ id }) => id));
}
