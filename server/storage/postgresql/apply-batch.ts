import type { Batch, BatchResult, Queries } from '../database.ts';
import { totalsOf } from '../pages.ts';
import { BATCH_FUNCTION } from './batch-function.ts';

interface Row {
  /** What the row tells of; `zone` where nothing was written because a site has another zone. */
  readonly kind: 'counted' | 'left' | 'zone';
  readonly siteId: number;
  readonly pageId: number;
  readonly registeredAt: bigint;
  readonly nonce: bigint;
  /** Where something was counted, the page's path and what it then stood at. */
  readonly path: string | null;
  readonly visits: bigint | null;
  readonly pixelViews: bigint | null;
  /** Of a visit that was left. */
  readonly spentSeconds: number | null;
}

/** A batch is one call of a function, and so a transaction of its own. Its rows come as JSON. */
export async function applyBatch(queries: Queries, batch: Batch): Promise<BatchResult | null> {
  const rows = await queries.$queryRawUnsafe<Row[]>(
    `SELECT * FROM ${BATCH_FUNCTION}($1::jsonb, $2::jsonb, $3::jsonb, $4::jsonb)`,
    JSON.stringify(batch.visits),
    JSON.stringify(batch.leaves),
    JSON.stringify(batch.filtered),
    JSON.stringify(batch.zones),
  );
  if (rows[0]?.kind === 'zone') return null;
  return {
    counted: rows.flatMap((row) =>
      row.kind === 'counted'
        ? { ...keyOf(row), path: row.path ?? '', totals: totalsOf(row.visits, row.pixelViews) }
        : [],
    ),
    left: rows.flatMap((row) =>
      row.kind === 'left' ? { ...keyOf(row), spentSeconds: Number(row.spentSeconds) } : [],
    ),
  };
}

function keyOf({ siteId, pageId, registeredAt, nonce }: Row) {
  return { siteId, pageId, registeredAt: Number(registeredAt), nonce: Number(nonce) };
}
