import type { Batch, BatchResult, LeaveRow, Queries, VisitRow } from '../database.ts';

// Each statement takes its rows as one JSON argument: fifteen times as many rows a second as one insert with as many
// parameters, and one text to prepare whatever the size.

const INSERT_REFERRERS = `
  INSERT INTO oxi_referrers (host) SELECT value FROM json_each(?) WHERE true
  ON CONFLICT DO NOTHING`;

const INSERT_VISITS = `
  INSERT INTO oxi_visits (site_id, page_id, registered_at, nonce, referrer_id)
  SELECT page.site_id, page.id, row.value ->> 2, row.value ->> 3, referrer.id
  FROM json_each(?) AS row
  JOIN oxi_pages AS page ON page.id = row.value ->> 1 AND page.site_id = row.value ->> 0
  LEFT JOIN oxi_referrers AS referrer ON referrer.host = row.value ->> 4
  WHERE true
  ON CONFLICT DO NOTHING
  RETURNING site_id, page_id, registered_at, nonce`;

const COUNT_VISITS = `
  UPDATE oxi_pages SET visits = visits + row.value ->> 1
  FROM json_each(?) AS row
  WHERE oxi_pages.id = row.value ->> 0
  RETURNING oxi_pages.id, path, visits`;

const UPDATE_LEAVES = `
  UPDATE oxi_visits SET spent_seconds = max(ifnull(spent_seconds, 0), row.value ->> 4)
  FROM json_each(?) AS row
  WHERE site_id = row.value ->> 0 AND page_id = row.value ->> 1
    AND registered_at = row.value ->> 2 AND nonce = row.value ->> 3
  RETURNING site_id, page_id, registered_at, nonce, spent_seconds`;

type Row<Column extends string> = Record<Column, number | bigint>;
type KeyRow = Row<'site_id' | 'page_id' | 'registered_at' | 'nonce'>;

/** Runs inside a transaction of the caller's. */
export async function applyBatch(queries: Queries, { visits, leaves }: Batch): Promise<BatchResult> {
  return {
    counted: visits.length === 0 ? [] : await countVisits(queries, visits),
    left: leaves.length === 0 ? [] : await updateLeaves(queries, leaves),
  };
}

async function countVisits(queries: Queries, visits: readonly VisitRow[]): Promise<BatchResult['counted']> {
  const hosts = new Set(visits.flatMap(({ referrer }) => referrer ?? []));
  if (hosts.size > 0) await queries.$executeRawUnsafe(INSERT_REFERRERS, JSON.stringify([...hosts]));

  const fresh = await queries.$queryRawUnsafe<KeyRow[]>(
    INSERT_VISITS,
    JSON.stringify(visits.map((v) => [v.siteId, v.pageId, v.registeredAt, v.nonce, v.referrer])),
  );
  const visitsByPage = new Map<number, number>();
  for (const row of fresh) {
    const pageId = Number(row.page_id);
    visitsByPage.set(pageId, (visitsByPage.get(pageId) ?? 0) + 1);
  }
  if (fresh.length === 0) return [];
  const pages = await queries.$queryRawUnsafe<(Row<'id' | 'visits'> & { path: string })[]>(
    COUNT_VISITS,
    JSON.stringify([...visitsByPage]),
  );
  const pageById = new Map(pages.map((page) => [Number(page.id), page]));
  return fresh.map((row) => {
    const page = pageById.get(Number(row.page_id));
    return { ...keyOf(row), path: page?.path ?? '', pageVisits: Number(page?.visits) };
  });
}

async function updateLeaves(queries: Queries, leaves: readonly LeaveRow[]): Promise<BatchResult['left']> {
  const rows = await queries.$queryRawUnsafe<(KeyRow & Row<'spent_seconds'>)[]>(
    UPDATE_LEAVES,
    JSON.stringify(leaves.map((l) => [l.siteId, l.pageId, l.registeredAt, l.nonce, l.seconds])),
  );
  return rows.map((row) => ({ ...keyOf(row), spentSeconds: Number(row.spent_seconds) }));
}

function keyOf(row: KeyRow) {
  return {
    siteId: Number(row.site_id),
    pageId: Number(row.page_id),
    registeredAt: Number(row.registered_at),
    nonce: Number(row.nonce),
  };
}
