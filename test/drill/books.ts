import { expect } from 'vitest';
import { run } from '../support/program.ts';
import { sql } from '../support/sql.ts';
import { postAgain, type Readers } from './readers.ts';

const AT_ONCE = 50;

/**
 * Holds what is in the database to what readers were told: every acknowledged visit is there exactly once, pages add
 * up to their visits, and roll-ups are what a recount makes of the visits.
 */
export async function checkBooks(
  { acknowledged, open, pixels }: Readers,
  { origin, databaseUrl, cwd }: { origin: string; databaseUrl: string; cwd: string },
): Promise<void> {
  expect(acknowledged.size).toBeGreaterThan(100);
  const [before] = await sql<{ visits: number }>(databaseUrl, VISITS);
  // A visit that counted says so: a second time it is refused.
  expect(await statuses(origin, acknowledged)).toEqual([400]);
  const [after] = await sql<{ visits: number; pixels: number; keys: number; tally: number }>(
    databaseUrl,
    VISITS,
  );
  expect(after?.visits).toBe(before?.visits);
  expect(after?.visits).toBeGreaterThanOrEqual(acknowledged.size);
  expect(after?.visits).toBeLessThanOrEqual(acknowledged.size + open.size);
  expect(after?.pixels).toBeGreaterThanOrEqual(pixels.answered);
  expect(after?.pixels).toBeLessThanOrEqual(pixels.sent);

  // What nobody was told of counts now, or had counted.
  for (const status of await statuses(origin, open)) expect([200, 400]).toContain(status);
  const [all] = await sql<{ visits: number; pixels: number; keys: number; tally: number }>(
    databaseUrl,
    VISITS,
  );
  expect(all?.visits).toBe(acknowledged.size + open.size);
  expect(all?.keys).toBe((all?.visits ?? 0) + (all?.pixels ?? 0));
  expect(all?.tally).toBe(all?.keys);

  const kept = await sql(databaseUrl, ROLLUPS);
  expect(kept.length).toBeGreaterThan(10);
  const rebuilding = run(['rollups', 'rebuild'], { cwd, env: { OXICOUNT_DATABASE_URL: databaseUrl } });
  expect(await rebuilding.exit, rebuilding.output()).toBe(0);
  expect(await sql(databaseUrl, ROLLUPS)).toEqual(kept);
}

const VISITS = `SELECT count(*) FILTER (WHERE flags & 1 = 0)::int AS visits, count(*) FILTER (WHERE flags & 1 = 1)::int AS pixels,
  count(DISTINCT (site_id, page_id, registered_at, nonce))::int AS keys,
  (SELECT sum(visits + pixel_views)::int FROM oxi_pages) AS tally FROM oxi_visits`;
const ROLLUPS = 'SELECT * FROM oxi_rollups ORDER BY site_id, dimension, period, day, value_id';

/** Posts visits once more. @returns every status that came */
async function statuses(origin: string, ids: ReadonlySet<string>): Promise<number[]> {
  const left = [...ids];
  const found = new Set<number>();
  while (left.length > 0) {
    const some = left.splice(0, AT_ONCE);
    for (const status of await Promise.all(some.map((id) => postAgain(origin, id)))) found.add(status);
  }
  return [...found];
}
