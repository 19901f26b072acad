import type { AuditNote } from '../domain/audit.ts';
import type { Deletion } from '../domain/ports.ts';
import { addNote } from './audit.ts';
import type { Queries } from './database.ts';
import { Prisma } from './generated/sqlite/client.ts';

interface Table {
  readonly table: string;
  readonly key: string;
  /**
   * In which an index has the rows of a site; default: that of the key. Without one PostgreSQL looks for them from the
   * beginning of the table, batch after batch over all that is gone already.
   */
  readonly order?: string;
}

/**
 * What a site has. No page is added any more, and without pages no visit is counted, in no process, so all that grows
 * with visits comes after them; what hangs on pages comes before, so that it is counted too.
 */
const TABLES: readonly Table[] = [
  { table: 'oxi_votes', key: 'site_id, day, visitor, page_id' },
  { table: 'oxi_vote_days', key: 'site_id, day, page_id' },
  { table: 'oxi_pages', key: 'id', order: 'site_id, path' },
  { table: 'oxi_visits', key: 'site_id, registered_at, nonce' },
  { table: 'oxi_seen', key: 'site_id, day, visitor, dimension, value_id' },
  { table: 'oxi_visitors', key: 'site_id, day, visitor' },
  { table: 'oxi_rollups', key: 'site_id, dimension, period, day, value_id' },
  { table: 'oxi_imported_rollups', key: 'site_id, day, dimension, value_id, source' },
  { table: 'oxi_filtered_hits', key: 'site_id, day, reason' },
  { table: 'oxi_deliveries', key: 'id', order: 'site_id, id' },
  { table: 'oxi_told', key: 'site_id, event, subject' },
  { table: 'oxi_webhooks', key: 'id', order: 'site_id' },
  { table: 'oxi_tokens', key: 'id', order: 'site_id' },
  { table: 'oxi_base_urls', key: 'origin', order: 'site_id' },
];

/**
 * Runs while no batch of the site is written. Removes rows of one table: whoever votes holds a page and asks for votes,
 * and so nobody who holds votes may ask for pages.
 */
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
  const before = { rows: Number(site.removedRows), visits: Number(site.removedVisits) };
  for (const one of TABLES) {
    const removed = await remove(queries, one, siteId, limit);
    if (removed === 0) continue;
    const rows = before.rows + removed;
    const visits = before.visits + (one.table === 'oxi_visits' ? removed : 0);
    const data = { removedRows: rows, removedVisits: visits };
    await queries.site.updateMany({ where: { id: siteId }, data });
    return { rows, visits, complete: false };
  }
  await queries.site.deleteMany({ where: { id: siteId } });
  const all = { rows: before.rows + 1, visits: before.visits };
  await addNote(queries, { ...note, changes: { rows: [all.rows, 0], visits: [all.visits, 0] } });
  return { ...all, complete: true };
}

function remove(
  queries: Queries,
  { table, key, order = key }: Table,
  siteId: number,
  limit: number,
): Promise<number> {
  return queries.$executeRaw`
    DELETE FROM ${Prisma.raw(table)} WHERE (${Prisma.raw(key)}) IN (
      SELECT ${Prisma.raw(key)} FROM ${Prisma.raw(table)} WHERE site_id = ${siteId}
      ORDER BY ${Prisma.raw(order)} LIMIT ${limit})`;
}
