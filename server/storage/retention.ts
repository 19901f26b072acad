import type { Day } from '../domain/day.ts';
import type { Instant } from '../domain/instant.ts';
import type { Queries } from './database.ts';

/** Runs while no batch of the site is written. Roll-ups of the days stand, and nothing goes into them any more. */
export async function pruneVisits(
  queries: Queries,
  siteId: number,
  before: Instant,
  through: Day,
  limit: number,
): Promise<number> {
  await queries.site.updateMany({
    where: { id: siteId, OR: [{ prunedBefore: null }, { prunedBefore: { lt: before } }] },
    data: { prunedBefore: before, prunedThrough: through },
  });
  return queries.$executeRaw`
    DELETE FROM oxi_visits WHERE (site_id, registered_at, nonce) IN (
      SELECT site_id, registered_at, nonce FROM oxi_visits
      WHERE site_id = ${siteId} AND registered_at < ${before}
      ORDER BY site_id, registered_at, nonce LIMIT ${limit})`;
}
