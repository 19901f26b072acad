import type { Batch, BatchResult, LeaveRow, Queries, VisitRow } from '../database.ts';

// Each statement takes its rows as one JSON argument and is a transaction of its own: one round trip, whatever the
// size. Rows are locked in the order of their keys, so that the writers of two replicas never wait for each other.

const INSERT_REFERRERS = `
  INSERT INTO oxi_referrers (host) SELECT jsonb_array_elements_text($1::jsonb)
  ON CONFLICT DO NOTHING`;

const COUNT_VISITS = `
  WITH row AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS row("siteId" int, "pageId" int, "registeredAt" bigint, nonce bigint, referrer text)
  ), page AS (
    SELECT id, site_id FROM oxi_pages WHERE id IN (SELECT "pageId" FROM row) ORDER BY id FOR UPDATE
  ), fresh AS (
    INSERT INTO oxi_visits (site_id, page_id, registered_at, nonce, referrer_id)
    SELECT page.site_id, page.id, row."registeredAt", row.nonce, referrers.id
    FROM row
    JOIN page ON page.id = row."pageId" AND page.site_id = row."siteId"
    LEFT JOIN oxi_referrers AS referrers ON referrers.host = row.referrer
    ON CONFLICT DO NOTHING
    RETURNING site_id, page_id, registered_at, nonce
  ), tally AS (
    UPDATE oxi_pages AS pages SET visits = pages.visits + more.visits
    FROM (SELECT page_id, count(*) AS visits FROM fresh GROUP BY page_id) AS more
    WHERE pages.id = more.page_id
    RETURNING pages.id, pages.path, pages.visits
  )
  SELECT fresh.*, tally.path, tally.visits FROM fresh JOIN tally ON tally.id = fresh.page_id`;

const UPDATE_LEAVES = `
  WITH row AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS row("siteId" int, "pageId" int, "registeredAt" bigint, nonce bigint, seconds int)
  ), visit AS (
    SELECT visits.site_id, visits.page_id, visits.registered_at, visits.nonce, row.seconds
    FROM oxi_visits AS visits JOIN row ON visits.site_id = row."siteId" AND visits.page_id = row."pageId"
      AND visits.registered_at = row."registeredAt" AND visits.nonce = row.nonce
    ORDER BY 1, 2, 3, 4
    FOR UPDATE OF visits
  )
  UPDATE oxi_visits AS visits SET spent_seconds = greatest(visits.spent_seconds, visit.seconds)
  FROM visit
  WHERE visits.site_id = visit.site_id AND visits.page_id = visit.page_id
    AND visits.registered_at = visit.registered_at AND visits.nonce = visit.nonce
  RETURNING visits.site_id, visits.page_id, visits.registered_at, visits.nonce, visits.spent_seconds`;

interface KeyRow {
  readonly site_id: number;
  readonly page_id: number;
  readonly registered_at: bigint;
  readonly nonce: bigint;
}

export async function applyBatch(queries: Queries, { visits, leaves }: Batch): Promise<BatchResult> {
  return {
    counted: visits.length === 0 ? [] : await countVisits(queries, visits),
    left: leaves.length === 0 ? [] : await updateLeaves(queries, leaves),
  };
}

async function countVisits(queries: Queries, visits: readonly VisitRow[]): Promise<BatchResult['counted']> {
  // A statement of its own: the next one sees rows of this one, and of other replicas, only once they are committed.
  const hosts = new Set(visits.flatMap(({ referrer }) => referrer ?? []));
  if (hosts.size > 0) await queries.$executeRawUnsafe(INSERT_REFERRERS, JSON.stringify([...hosts].sort()));

  const rows = await queries.$queryRawUnsafe<(KeyRow & { path: string; visits: bigint })[]>(
    COUNT_VISITS,
    JSON.stringify(visits),
  );
  return rows.map((row) => ({ ...keyOf(row), path: row.path, pageVisits: Number(row.visits) }));
}

async function updateLeaves(queries: Queries, leaves: readonly LeaveRow[]): Promise<BatchResult['left']> {
  const rows = await queries.$queryRawUnsafe<(KeyRow & { spent_seconds: number })[]>(
    UPDATE_LEAVES,
    JSON.stringify(leaves),
  );
  return rows.map((row) => ({ ...keyOf(row), spentSeconds: row.spent_seconds }));
}

function keyOf(row: KeyRow) {
  return {
    siteId: row.site_id,
    pageId: row.page_id,
    registeredAt: Number(row.registered_at),
    nonce: Number(row.nonce),
  };
}
