import type { Instant } from '../../domain/instant.ts';
import { Prisma } from '../generated/sqlite/client.ts';

/** Most buckets of one relation; neither database takes any number of parameters. */
export const MAX_BUCKETS = 2_048;

/**
 * What goes between WITH and SELECT to have a relation `buckets`: the time between each instant and the next as
 * `bucket`, from 0, `starts` and `ends`, the last excluded. The last of them may be empty: SQLite keeps every
 * statement prepared, so there are only as many texts as there are powers of 2.
 *
 * @param instants rising, 2 at least and {@link MAX_BUCKETS} + 1 at most
 */
export function bucketsBetween(instants: readonly Instant[]): Prisma.Sql {
  const size = 2 ** Math.ceil(Math.log2(instants.length - 1));
  const rows = Array.from({ length: size + 1 }, (_, index) => {
    const instant = instants[index] ?? instants.at(-1);
    return Prisma.sql`(${Prisma.raw(String(index))}, CAST(${instant} AS bigint))`;
  });
  return Prisma.sql`starting (bucket, starts) AS (VALUES ${Prisma.join(rows)}),
    buckets AS (SELECT bucket, starts, lead(starts) OVER (ORDER BY bucket) AS ends FROM starting)`;
}
