import type { AuditNote } from '../domain/audit.ts';
import type { Deletion } from '../domain/ports.ts';
import { addNote } from './audit.ts';
import type { Queries } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';

/**
 * What a site has, by its key. Without its pages no visit is counted any more, in no process, so all that grows with
 * visits comes after them; what hangs on pages comes before, so that it is counted too.
 */
const TABLES = [
  { table: 'oxi_votes', key: 'site_id, day, visitor, page_id' },
  { table: 'oxi_vote_days', key: 'site_id, day, page_id' },
  { table: 'oxi_pages', key: 'id' },
  { table: 'oxi_visits', key: 'site_id, registered_at, nonce' },
  { table: 'oxi_seen', key: 'site_id, day, visitor, dimension, value_id' },
  { table: 'oxi_visitors', key: 'site_id, day, visitor' },
  { table: 'oxi_rollups', key: 'site_id, dimension, period, day, value_id' },
  { table: 'oxi_filtered_hits', key: 'site_id, day, reason' },
  { table: 'oxi_tokens', key: 'id' },
  { table: 'oxi_base_urls', key: 'origin' },
] as const;

/** Runs while no batch of the site is written. */
export async function deleteRows(
  queries: Queries,
  siteId: number,
  limit: number,
  note: AuditNote,
): Promise<Deletion | null> {
  const site = await queries.site.findUnique({
    where: { id: siteId },
    select: { deletedAt: true, removedRows: true, removedVisits: true },
  });
  if (!site || site.deletedAt === null) return null;
  let left = limit;
  let visits = 0;
  for (const { table, key } of TABLES) {
    if (left === 0) break;
    const removed = await remove(queries, table, key, siteId, left);
    if (table === 'oxi_visits') visits = removed;
    left -= removed;
  }
  const sums = {
    rows: Number(site.removedRows) + limit - left,
    visits: Number(site.removedVisits) + visits,
  };
  if (left === 0) {
    const data = { removedRows: sums.rows, removedVisits: sums.visits };
    await queries.site.updateMany({ where: { id: siteId }, data });
    return { ...sums, complete: false };
  }
  await queries.site.deleteMany({ where: { id: siteId } });
  const all = { ...sums, rows: sums.rows + 1 };
  await addNote(queries, { ...note, changes: { rows: [all.rows, 0], visits: [all.visits, 0] } });
  return { ...all, complete: true };
}

function remove(
  queries: Queries,
  table: string,
  key: string,
  siteId: number,
  limit: number,
): Promise<number> {
  return queries.$executeRaw`
    DELETE FROM ${Prisma.raw(table)} WHERE (${Prisma.raw(key)}) IN (
      SELECT ${Prisma.raw(key)} FROM ${Prisma.raw(table)} WHERE site_id = ${siteId} LIMIT ${limit})`;
}
