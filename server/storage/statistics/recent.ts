import type { Instant } from '../../domain/instant.ts';
import type { RecentVisit } from '../../domain/statistics/figures.ts';
import type { Queries } from '../database.ts';
import { FLAGS } from '../flags.ts';

interface Row {
  readonly path: string;
  readonly registered_at: bigint | number;
  readonly flags: number;
  readonly visitor: bigint | number;
  readonly spent_seconds: number | null;
}

/** Visits and pixel views registered since then, newest last. */
export async function readRecent(queries: Queries, siteId: number, since: Instant): Promise<RecentVisit[]> {
  const rows = await queries.$queryRaw<Row[]>`
    SELECT pages.path, visits.registered_at, visits.flags, visits.visitor, visits.spent_seconds
    FROM oxi_visits AS visits JOIN oxi_pages AS pages ON pages.id = visits.page_id
    WHERE visits.site_id = ${siteId} AND visits.registered_at >= ${since}
    ORDER BY visits.registered_at, visits.nonce`;
  return rows.map((row) => ({
    path: row.path,
    registeredAt: Number(row.registered_at),
    pixel: (Number(row.flags) & FLAGS.pixel) !== 0,
    visitor: Number(row.visitor),
    spentSeconds: row.spent_seconds === null ? null : Number(row.spent_seconds),
  }));
}
