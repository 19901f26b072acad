import type { VisitPosition, VisitRange } from '../domain/ports.ts';
import type { Visit } from '../domain/visit.ts';
import type { Queries } from './database.ts';
import { DIMENSION_CODES } from './dimensions.ts';
import { FLAGS } from './flags.ts';
import { Prisma } from './generated/sqlite/client.ts';

interface Row {
  readonly registered_at: bigint;
  readonly nonce: bigint;
  readonly spent_seconds: number | null;
  readonly path: string;
  readonly referrer: string | null;
}

/** Reads a range of the index of pages, in its order or against it. */
export async function readVisits(queries: Queries, range: VisitRange): Promise<Visit[]> {
  const { siteId, pageId, order, after, before, limit } = range;
  const [onwards, backwards, direction] =
    order === 'oldest first'
      ? [Prisma.sql`>`, Prisma.sql`<`, Prisma.sql`ASC`]
      : [Prisma.sql`<`, Prisma.sql`>`, Prisma.sql`DESC`];
  const beyond = (position: VisitPosition | undefined, comparison: Prisma.Sql) =>
    position === undefined
      ? Prisma.empty
      : Prisma.sql`AND (visits.registered_at, visits.nonce) ${comparison} (${position.registeredAt}, ${position.nonce})`;

  const rows = await queries.$queryRaw<Row[]>`
    SELECT visits.registered_at, visits.nonce, visits.spent_seconds, pages.path, referrers.value AS referrer
    FROM oxi_visits AS visits
    JOIN oxi_pages AS pages ON pages.id = visits.page_id
    LEFT JOIN oxi_dimension_values AS referrers
      ON referrers.dimension = ${DIMENSION_CODES.referrer} AND referrers.id = visits.referrer_id
    WHERE visits.site_id = ${siteId} AND visits.page_id = ${pageId} AND visits.flags & ${FLAGS.pixel} = 0
      ${beyond(after, onwards)} ${beyond(before, backwards)}
    ORDER BY visits.registered_at ${direction}, visits.nonce ${direction}
    LIMIT ${limit}`;
  return rows.map((row) => ({
    siteId,
    pageId,
    registeredAt: Number(row.registered_at),
    nonce: Number(row.nonce),
    path: row.path,
    referrer: row.referrer,
    spentSeconds: row.spent_seconds,
  }));
}
