import type { Instant } from '../domain/instant.ts';
import type { Page, PageCount } from '../domain/page.ts';
import type { Queries } from './database.ts';

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
  return queries.page.create({
    data: { siteId, path, addedAt: now },
    select: { id: true, siteId: true, path: true },
  });
}

export async function pageVisits(queries: Queries, siteId: number, path: string): Promise<number> {
  const page = await queries.page.findUnique({
    where: { siteId_path: { siteId, path } },
    select: { visits: true },
  });
  return Number(page?.visits ?? 0);
}

export async function siteVisits(queries: Queries, siteId: number): Promise<number> {
  const { _sum } = await queries.page.aggregate({ where: { siteId }, _sum: { visits: true } });
  return Number(_sum.visits ?? 0);
}

export async function pageCounts(queries: Queries, siteId: number, limit: number): Promise<PageCount[]> {
  const pages = await queries.page.findMany({
    where: { siteId, visits: { gt: 0 } },
    orderBy: [{ visits: 'desc' }, { path: 'asc' }],
    take: limit,
    select: { path: true, visits: true },
  });
  return pages.map(({ path, visits }) => ({ path, count: Number(visits) }));
}

export async function existingPages(queries: Queries, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const pages = await queries.page.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true },
  });
  return new Set(pages.map(({ id }) => id));
}
