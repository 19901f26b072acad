import type { Totals } from '../../domain/counted.ts';
import type { Batch, BatchResult, FilteredRow, LeaveRow, VisitRow, ZoneRow } from '../database.ts';
import { FLAGS } from '../flags.ts';
import { totalsOf } from '../pages.ts';
import { ADD_TO_ROLLUP, CHANGE_COLUMNS, DAILY, ROLLUP_COLUMNS, ROLLUP_ROWS } from '../rollup-sql.ts';
import { decide } from './decide.ts';
import type { Statements } from './statements.ts';

// Each statement takes its rows as one JSON argument: fifteen times as many rows a second as one insert with as many
// parameters, and one text to prepare whatever the size.

const SITES_WITH_ZONE = `
  SELECT count(*) AS found FROM json_each(?) AS row
  JOIN oxi_sites ON oxi_sites.id = row.value ->> 0 AND time_zone = row.value ->> 1`;

const NEW_VISITS = `
  SELECT row.key AS position FROM json_each(?) AS row
  JOIN oxi_pages AS page ON page.id = row.value ->> 1 AND page.site_id = row.value ->> 0
  WHERE NOT EXISTS (
    SELECT 1 FROM oxi_visits WHERE site_id = row.value ->> 0 AND registered_at = row.value ->> 2 AND nonce = row.value ->> 3)`;

const VISIT_COLUMNS = [
  'site_id',
  'registered_at',
  'nonce',
  'visitor',
  'page_id',
  'referrer_id',
  'campaign_id',
  'spent_seconds',
  'country_id',
  'browser_id',
  'system_id',
  'device_id',
  'language_id',
  'flags',
];
const INSERT_VISITS = `
  INSERT INTO oxi_visits (${VISIT_COLUMNS.join(', ')})
  SELECT ${VISIT_COLUMNS.map((_, index) => `row.value ->> ${index}`).join(', ')} FROM json_each(?) AS row WHERE true`;

const COUNT_VISITS = `
  UPDATE oxi_pages SET visits = visits + row.value ->> 1, pixel_views = pixel_views + row.value ->> 2
  FROM json_each(?) AS row
  WHERE oxi_pages.id = row.value ->> 0
  RETURNING oxi_pages.id, path, visits, pixel_views`;

const REPORTED_VISITS = `
  SELECT row.key AS position, oxi_visits.spent_seconds, page_id, referrer_id, campaign_id, country_id, browser_id,
    system_id, device_id, language_id, flags
  FROM json_each(?) AS row
  JOIN oxi_visits ON site_id = row.value ->> 0 AND registered_at = row.value ->> 1 AND nonce = row.value ->> 2
  WHERE flags & ${FLAGS.pixel} = 0`;

const UPDATE_LEAVES = `
  UPDATE oxi_visits SET spent_seconds = row.value ->> 3
  FROM json_each(?) AS row
  WHERE site_id = row.value ->> 0 AND registered_at = row.value ->> 1 AND nonce = row.value ->> 2`;

const CHANGE = CHANGE_COLUMNS.map((column, index) => `row.value ->> ${index} AS ${column}`).join(', ');
const ROLL_UP = `
  WITH change AS MATERIALIZED (SELECT ${CHANGE} FROM json_each(?) AS row),
    daily AS MATERIALIZED (${DAILY})
  INSERT INTO oxi_rollups (${ROLLUP_COLUMNS}) SELECT * FROM (${ROLLUP_ROWS}) WHERE true ${ADD_TO_ROLLUP}`;

const COUNT_FILTERED = `
  INSERT INTO oxi_filtered_hits (site_id, day, reason, hits)
  SELECT row.value ->> 0, row.value ->> 1, row.value ->> 2, row.value ->> 3 FROM json_each(?) AS row WHERE true
  ON CONFLICT (site_id, day, reason) DO UPDATE SET hits = hits + excluded.hits`;

type Row<Column extends string> = Record<Column, number>;
type ReportedRow = Row<
  | 'position'
  | 'page_id'
  | 'referrer_id'
  | 'campaign_id'
  | 'country_id'
  | 'browser_id'
  | 'system_id'
  | 'device_id'
  | 'language_id'
  | 'flags'
> & { readonly spent_seconds: number | null };

/** Runs inside a transaction of the caller's. */
export function applyBatch(statements: Statements, batch: Batch): BatchResult | null {
  if (!zonesAgree(statements, batch.zones)) return null;
  const counting = countVisits(statements, batch.visits);
  const leaving = updateLeaves(statements, batch.leaves);
  const changes = [...counting.changes, ...leaving.changes];
  if (changes.length > 0) statements.run(ROLL_UP, JSON.stringify(changes));
  if (batch.filtered.length > 0) countFiltered(statements, batch.filtered);
  return { counted: counting.counted, left: leaving.left };
}

function zonesAgree(statements: Statements, zones: readonly ZoneRow[]): boolean {
  const [row] = statements.all<Row<'found'>[]>(
    SITES_WITH_ZONE,
    JSON.stringify(zones.map(({ siteId, timeZone }) => [siteId, timeZone])),
  );
  return Number(row?.found) === zones.length;
}

/** What a statement changed, and what of it goes into roll-ups, in the order of CHANGE_COLUMNS. */
interface Counting {
  readonly counted: BatchResult['counted'];
  readonly changes: readonly (readonly number[])[];
}

function countVisits(statements: Statements, given: readonly VisitRow[]): Counting {
  if (given.length === 0) return { counted: [], changes: [] };
  const positions = statements.all<Row<'position'>[]>(
    NEW_VISITS,
    JSON.stringify(given.map((visit) => [visit.siteId, visit.pageId, visit.registeredAt, visit.nonce])),
  );
  const visits = positions.flatMap(({ position }) => given[Number(position)] ?? []);
  if (visits.length === 0) return { counted: [], changes: [] };

  const decisions = decide(statements, visits);
  statements.run(
    INSERT_VISITS,
    JSON.stringify(
      decisions.map(({ visit, flags, languageId }) => [
        visit.siteId,
        visit.registeredAt,
        visit.nonce,
        visit.visitor,
        visit.pageId,
        visit.referrerId,
        visit.campaignId,
        visit.spentSeconds,
        visit.countryId,
        visit.browserId,
        visit.systemId,
        visit.deviceId,
        languageId,
        flags,
      ]),
    ),
  );
  const pages = tally(statements, visits);
  return {
    counted: visits.map((visit) => {
      const page = pages.get(visit.pageId);
      if (!page) throw new Error(`The page ${visit.pageId} was there when this transaction began.`);
      return { ...keyOf(visit), ...page };
    }),
    changes: decisions.map(({ visit, flags, languageId }) => [
      visit.siteId,
      visit.day,
      visit.month,
      visit.pageId,
      visit.referrerId,
      visit.campaignId,
      visit.countryId,
      visit.browserId,
      visit.systemId,
      visit.deviceId,
      languageId,
      flags,
      1,
      visit.spentSeconds === null ? 0 : 1,
      visit.spentSeconds ?? 0,
    ]),
  };
}

/** Counts visits on their pages. @returns what these then stand at */
function tally(
  statements: Statements,
  visits: readonly VisitRow[],
): ReadonlyMap<number, { readonly path: string; readonly totals: Totals }> {
  const more = new Map<number, { visits: number; pixelViews: number }>();
  for (const { pageId, pixel } of visits) {
    const page = more.get(pageId) ?? { visits: 0, pixelViews: 0 };
    page.visits += 1 - pixel;
    page.pixelViews += pixel;
    more.set(pageId, page);
  }
  const pages = statements.all<(Row<'id' | 'visits' | 'pixel_views'> & { readonly path: string })[]>(
    COUNT_VISITS,
    JSON.stringify(Array.from(more, ([id, page]) => [id, page.visits, page.pixelViews])),
  );
  return new Map(
    pages.map(({ id, path, visits, pixel_views }) => [
      Number(id),
      { path, totals: totalsOf(visits, pixel_views) },
    ]),
  );
}

interface Leaving {
  readonly left: BatchResult['left'];
  readonly changes: readonly (readonly number[])[];
}

function updateLeaves(statements: Statements, given: readonly LeaveRow[]): Leaving {
  if (given.length === 0) return { left: [], changes: [] };
  const rows = statements.all<ReportedRow[]>(
    REPORTED_VISITS,
    JSON.stringify(given.map((leave) => [leave.siteId, leave.registeredAt, leave.nonce])),
  );
  const reports = rows.flatMap((row) => {
    const leave = given[Number(row.position)];
    if (!leave) return [];
    const before = row.spent_seconds === null ? null : Number(row.spent_seconds);
    return { leave, row, before, spentSeconds: Math.max(before ?? 0, leave.seconds) };
  });
  const risen = reports.filter(({ before, spentSeconds }) => before !== spentSeconds);
  if (risen.length > 0) {
    statements.run(
      UPDATE_LEAVES,
      JSON.stringify(
        risen.map(({ leave, spentSeconds }) => [leave.siteId, leave.registeredAt, leave.nonce, spentSeconds]),
      ),
    );
  }
  return {
    left: reports.map(({ leave, spentSeconds }) => ({ ...keyOf(leave), spentSeconds })),
    changes: risen.map(({ leave, row, before, spentSeconds }) => [
      leave.siteId,
      leave.day,
      leave.month,
      Number(row.page_id),
      Number(row.referrer_id),
      Number(row.campaign_id),
      Number(row.country_id),
      Number(row.browser_id),
      Number(row.system_id),
      Number(row.device_id),
      Number(row.language_id),
      Number(row.flags),
      0,
      before === null ? 1 : 0,
      spentSeconds - (before ?? 0),
    ]),
  };
}

function countFiltered(statements: Statements, filtered: readonly FilteredRow[]): void {
  statements.run(
    COUNT_FILTERED,
    JSON.stringify(filtered.map(({ siteId, day, reason, hits }) => [siteId, day, reason, hits])),
  );
}

function keyOf({ siteId, pageId, registeredAt, nonce }: VisitRow | LeaveRow) {
  return { siteId, pageId, registeredAt, nonce };
}
