import type { VisitRow } from '../database.ts';
import { DIMENSION_CODES } from '../dimensions.ts';
import { FLAGS } from '../flags.ts';
import type { Statements } from './statements.ts';

const COUNT_VISITORS = `
  INSERT INTO oxi_visitors (site_id, day, visitor, visits, returned, language_id)
  SELECT row.value ->> 0, row.value ->> 1, row.value ->> 2, row.value ->> 3, false, row.value ->> 4
  FROM json_each(?) AS row WHERE true
  ON CONFLICT (site_id, day, visitor) DO UPDATE SET visits = visits + excluded.visits
  RETURNING site_id, day, visitor, visits, returned, language_id`;

// Each row: site, day and pseudonym, then the day and the pseudonym of before.
const MARK_RETURNED = `
  UPDATE oxi_visitors AS visitors SET returned = true
  FROM json_each(?) AS row
  JOIN oxi_visitors AS earlier
    ON earlier.site_id = row.value ->> 0 AND earlier.day = row.value ->> 3 AND earlier.visitor = row.value ->> 4
  WHERE visitors.site_id = row.value ->> 0 AND visitors.day = row.value ->> 1 AND visitors.visitor = row.value ->> 2
  RETURNING site_id, day, visitor`;

const INSERT_SEEN = `
  INSERT INTO oxi_seen (site_id, day, visitor, dimension, value_id)
  SELECT row.value ->> 0, row.value ->> 1, row.value ->> 2, row.value ->> 3, row.value ->> 4
  FROM json_each(?) AS row WHERE true
  ON CONFLICT DO NOTHING
  RETURNING site_id, day, visitor, dimension, value_id`;

type Row<Column extends string> = Record<Column, number>;

/** What is seen with a visitor of a day: the dimension, its value, and the flag of the visit that was the first. */
const SEEN = [
  { dimension: DIMENSION_CODES.page, numberOf: (visit: VisitRow) => visit.pageId, flag: FLAGS.firstOnPage },
  {
    dimension: DIMENSION_CODES.referrer,
    numberOf: (visit: VisitRow) => visit.referrerId,
    flag: FLAGS.firstOfReferrer,
  },
  {
    dimension: DIMENSION_CODES.campaign,
    numberOf: (visit: VisitRow) => visit.campaignId,
    flag: FLAGS.firstOfCampaign,
  },
];

/** What is decided of a visit at counting. */
export interface Decision {
  readonly visit: VisitRow;
  /** See {@link FLAGS}. */
  flags: number;
  /** That of its visitor's first visit of the day. */
  languageId: number;
}

/** Decides what is to be decided of new visits at counting, and remembers their visitors. */
export function decide(statements: Statements, visits: readonly VisitRow[]): readonly Decision[] {
  const decisions = visits.map((visit) => ({
    visit,
    flags: visit.pixel * FLAGS.pixel,
    languageId: visit.languageId,
  }));
  const byVisitor = new Map<string, Decision[]>();
  for (const decision of [...decisions].sort(inTime)) {
    const { siteId, visitorDay, visitor } = decision.visit;
    if (visitor === 0) continue;
    const key = [siteId, visitorDay, visitor].join();
    const others = byVisitor.get(key);
    if (others) others.push(decision);
    else byVisitor.set(key, [decision]);
  }
  if (byVisitor.size === 0) return decisions;
  countVisitors(statements, byVisitor);
  markFirsts(statements, byVisitor);
  return decisions;
}

function inTime({ visit: a }: Decision, { visit: b }: Decision): number {
  return a.registeredAt - b.registeredAt || a.nonce - b.nonce;
}

type ByVisitor = ReadonlyMap<string, readonly Decision[]>;

/** Decides which visit of its visitor each is, and whether the visitor returns. Visits of one are in order. */
function countVisitors(statements: Statements, byVisitor: ByVisitor): void {
  const standing = statements.all<
    (Row<'site_id' | 'day' | 'visitor' | 'visits' | 'language_id'> & { readonly returned: unknown })[]
  >(
    COUNT_VISITORS,
    JSON.stringify(
      Array.from(byVisitor, ([key, group]) => [
        ...key.split(',').map(Number),
        group.length,
        group[0]?.languageId,
      ]),
    ),
  );
  const fresh: Decision[] = [];
  for (const row of standing) {
    const group = byVisitor.get([row.site_id, row.day, row.visitor].join()) ?? [];
    const before = Number(row.visits) - group.length;
    for (const [index, decision] of group.entries()) {
      if (before + index === 0) decision.flags |= FLAGS.first;
      if (before + index === 1) decision.flags |= FLAGS.second;
      if (row.returned) decision.flags |= FLAGS.returning;
      decision.languageId = Number(row.language_id);
    }
    if (before === 0) fresh.push(...group.slice(0, 1));
  }

  const earlier = fresh.flatMap(({ visit }) =>
    visit.earlier.map(([day, pseudonym]) => [visit.siteId, visit.visitorDay, visit.visitor, day, pseudonym]),
  );
  if (earlier.length === 0) return;
  const returned = statements.all<Row<'site_id' | 'day' | 'visitor'>[]>(
    MARK_RETURNED,
    JSON.stringify(earlier),
  );
  for (const row of returned) {
    for (const decision of byVisitor.get([row.site_id, row.day, row.visitor].join()) ?? []) {
      decision.flags |= FLAGS.returning;
    }
  }
}

/** Decides which visits are the first of their visitor on a page, from a referrer, of a campaign. */
function markFirsts(statements: Statements, byVisitor: ByVisitor): void {
  const firsts = new Map<string, { decision: Decision; flag: number }>();
  for (const decision of [...byVisitor.values()].flat()) {
    const { visit } = decision;
    for (const { dimension, numberOf, flag } of SEEN) {
      const key = [visit.siteId, visit.visitorDay, visit.visitor, dimension, numberOf(visit)].join();
      if (numberOf(visit) !== 0 && !firsts.has(key)) firsts.set(key, { decision, flag });
    }
  }
  const inserted = statements.all<Row<'site_id' | 'day' | 'visitor' | 'dimension' | 'value_id'>[]>(
    INSERT_SEEN,
    JSON.stringify(Array.from(firsts.keys(), (key) => key.split(',').map(Number))),
  );
  for (const row of inserted) {
    const first = firsts.get([row.site_id, row.day, row.visitor, row.dimension, row.value_id].join());
    if (first) first.decision.flags |= first.flag;
  }
}
