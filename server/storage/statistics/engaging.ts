import type { EngagingPage, EngagingRequest } from '../../domain/vote.ts';
import type { Queries } from '../database.ts';
import { Prisma } from '../generated/sqlite/client.ts';

interface Row {
  readonly path: string;
  readonly changes: bigint | number;
  readonly votes_up: number;
  readonly votes_down: number;
}

/** The cost is that of the days and of the pages that were voted on. */
export async function readEngagingPages(
  queries: Queries,
  { siteId, from, to, path, limit }: EngagingRequest,
): Promise<EngagingPage[]> {
  const onlyPage = path === null ? Prisma.empty : Prisma.sql`AND pages.path = ${path}`;
  const rows = await queries.$queryRaw<Row[]>`
    SELECT pages.path, days.changes, pages.votes_up, pages.votes_down
    FROM (
      SELECT page_id, sum(changes) AS changes FROM oxi_vote_days
      WHERE site_id = ${siteId} AND day >= ${from} AND day <= ${to} GROUP BY page_id
    ) AS days
    JOIN oxi_pages AS pages ON pages.id = days.page_id ${onlyPage}
    ORDER BY days.changes DESC, pages.path LIMIT ${limit}`;
  return rows.map((row) => ({
    path: row.path,
    changes: Number(row.changes),
    up: Number(row.votes_up),
    down: Number(row.votes_down),
  }));
}
