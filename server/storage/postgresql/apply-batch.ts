import { LRUCache } from 'lru-cache';
import type { Batch, BatchResult, Queries, VisitRow } from '../database.ts';

const MAX_KNOWN_REFERRERS = 10_000;

// A batch is one statement and so a transaction of its own: one round trip, whatever the size. Its rows come as JSON.
// Rows are locked in the order of their keys, so that the writers of two replicas never wait for each other.

const INSERT_REFERRERS = `
  INSERT INTO oxi_referrers (host) SELECT jsonb_array_elements_text($1::jsonb)
  ON CONFLICT DO NOTHING`;

const APPLY = `
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
  ), report AS (
    SELECT * FROM jsonb_to_recordset($2::jsonb) AS report("siteId" int, "pageId" int, "registeredAt" bigint, nonce bigint, seconds int)
  ), visit AS (
    SELECT visits.site_id, visits.page_id, visits.registered_at, visits.nonce, report.seconds
    FROM oxi_visits AS visits
    JOIN report ON visits.site_id = report."siteId" AND visits.page_id = report."pageId"
      AND visits.registered_at = report."registeredAt" AND visits.nonce = report.nonce
    ORDER BY 1, 2, 3, 4
    FOR UPDATE OF visits
  ), reported AS (
    UPDATE oxi_visits AS visits SET spent_seconds = greatest(visits.spent_seconds, visit.seconds)
    FROM visit
    WHERE visits.site_id = visit.site_id AND visits.page_id = visit.page_id
      AND visits.registered_at = visit.registered_at AND visits.nonce = visit.nonce
    RETURNING visits.site_id, visits.page_id, visits.registered_at, visits.nonce, visits.spent_seconds
  )
  SELECT fresh.*, tally.path, tally.visits AS figure FROM fresh JOIN tally ON tally.id = fresh.page_id
  UNION ALL
  SELECT site_id, page_id, registered_at, nonce, NULL, spent_seconds FROM reported`;

interface Row {
  readonly site_id: number;
  readonly page_id: number;
  readonly registered_at: bigint;
  readonly nonce: bigint;
  /** Of a counted visit; null of a report. */
  readonly path: string | null;
  /** The page's visits, or the visit's seconds. */
  readonly figure: bigint;
}

/** Hosts that are in the database. Referrers are never removed, so what was there stays there. */
export type KnownReferrers = LRUCache<string, true>;

export function createKnownReferrers(): KnownReferrers {
  return new LRUCache({ max: MAX_KNOWN_REFERRERS });
}

export async function applyBatch(
  queries: Queries,
  known: KnownReferrers,
  { visits, leaves }: Batch,
): Promise<BatchResult> {
  await ensureReferrers(queries, known, visits);
  const rows = await queries.$queryRawUnsafe<Row[]>(APPLY, JSON.stringify(visits), JSON.stringify(leaves));
  return {
    counted: rows.flatMap((row) =>
      row.path === null ? [] : { ...keyOf(row), path: row.path, pageVisits: Number(row.figure) },
    ),
    left: rows.flatMap((row) =>
      row.path === null ? { ...keyOf(row), spentSeconds: Number(row.figure) } : [],
    ),
  };
}

/**
 * A statement of its own: the next one sees rows of this one, and of other replicas, only once they are committed.
 * Most batches bring no new host, and then it is spared.
 */
async function ensureReferrers(
  queries: Queries,
  known: KnownReferrers,
  visits: readonly VisitRow[],
): Promise<void> {
  const hosts = new Set(visits.flatMap(({ referrer }) => referrer ?? []));
  const missing = [...hosts].filter((host) => !known.get(host)).sort();
  if (missing.length === 0) return;
  await queries.$executeRawUnsafe(INSERT_REFERRERS, JSON.stringify(missing));
  for (const host of missing) known.set(host, true);
}

function keyOf(row: Row) {
  return {
    siteId: row.site_id,
    pageId: row.page_id,
    registeredAt: Number(row.registered_at),
    nonce: Number(row.nonce),
  };
}
