import type { Pool } from 'pg';
import type { Batch, BatchResult } from '../database.ts';
import { totalsOf } from '../pages.ts';
import { BATCH_FUNCTION } from './batch-function.ts';

interface Row {
  /** What the row tells of; `zone` where nothing was written because a site has another zone. */
  readonly kind: 'counted' | 'left' | 'zone';
  readonly siteId: number;
  readonly pageId: number;
  readonly registeredAt: string;
  readonly nonce: string;
  /** Where something was counted, the page's path and what it then stood at. */
  readonly path: string | null;
  readonly visits: string | null;
  readonly pixelViews: string | null;
  /** Of a visit that was left. */
  readonly spentSeconds: number | null;
}

/**
 * A batch is one call of a function, and so a transaction of its own. Its rows come as JSON. It goes to the driver and
 * not through Prisma, which does as much for the rows of its answer as the driver does for all else.
 */
export async function applyBatch(pool: Pool, batch: Batch): Promise<BatchResult | null> {
  const { rows } = await pool.query<Row>(
    `SELECT * FROM ${BATCH_FUNCTION}($1::jsonb, $2::jsonb, $3::jsonb, $4::jsonb)`,
    [batch.visits, batch.leaves, batch.filtered, batch.zones].map((one) => JSON.stringify(one)),
  );
  if (rows[0]?.kind === 'zone') return null;
  return {
    counted: rows.flatMap((row) =>
      row.kind === 'counted'
        ? {
            ...keyOf(row),
            path: row.path ?? '',
            totals: totalsOf(Number(row.visits), Number(row.pixelViews)),
          }
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
