import type { FilteredHit } from '../domain/ports.ts';
import type { LeaveReport, NewVisit } from '../domain/visit.ts';
import { type Calendar, type Calendars, daysOf } from './calendars.ts';
import type { Batch, DayRow, FilteredRow, VisitRow } from './database.ts';
import type { DimensionValues, TraitIds } from './dimension-values.ts';

/** What waited to be written together. */
export interface Intake {
  readonly visits: readonly NewVisit[];
  readonly leaves: readonly LeaveReport[];
  readonly filtered: readonly FilteredHit[];
}

/** Says which days and numbers belong to what comes in. What is of a site that is gone is left out. */
export async function labelBatch(
  intake: Intake,
  { calendars, values }: { readonly calendars: Calendars; readonly values: DimensionValues },
): Promise<Batch> {
  const siteIds = new Set(
    [...intake.visits, ...intake.leaves, ...intake.filtered].map(({ siteId }) => siteId),
  );
  const known = new Map<number, Calendar>();
  for (const siteId of siteIds) {
    const calendar = await calendars.of(siteId);
    if (calendar) known.set(siteId, calendar);
  }
  const daysAt = (siteId: number, at: number) => {
    const calendar = known.get(siteId);
    return calendar && daysOf(calendar, at);
  };

  const ids = await values.idsOf(intake.visits.map(({ traits }) => traits));
  const visits = intake.visits.flatMap((visit, index) => {
    const days = daysAt(visit.siteId, visit.registeredAt);
    const traits = ids[index];
    return days && traits ? rowOf(visit, days, traits) : [];
  });
  const leaves = intake.leaves.flatMap(({ siteId, pageId, registeredAt, nonce, seconds }) => {
    const days = daysAt(siteId, registeredAt);
    return days ? { ...days, siteId, pageId, registeredAt, nonce, seconds } : [];
  });
  const filtered = new Map<string, FilteredRow>();
  for (const { siteId, at, reason } of intake.filtered) {
    const day = daysAt(siteId, at)?.day;
    if (day === undefined) continue;
    const key = `${siteId}:${day}:${reason}`;
    const hits = (filtered.get(key)?.hits ?? 0) + 1;
    filtered.set(key, { siteId, day, reason, hits });
  }
  const zones = Array.from(known, ([siteId, { timeZone }]) => ({ siteId, timeZone }));
  return { visits, leaves, filtered: [...filtered.values()], zones };
}

// Field by field: the rows are many, and objects of one shape are read several times as fast.
function rowOf(visit: NewVisit, { day, month }: DayRow, ids: TraitIds): VisitRow {
  const { siteId, pageId, registeredAt, nonce, kind, visitor, spentSeconds = null } = visit;
  return {
    day,
    month,
    siteId,
    pageId,
    registeredAt,
    nonce,
    pixel: kind === 'pixel' ? 1 : 0,
    spentSeconds,
    visitor: visitor?.pseudonym ?? 0,
    visitorDay: visitor?.day ?? 0,
    earlier: (visitor?.earlier ?? []).map(({ day, pseudonym }) => [day, pseudonym] as const),
    referrerId: ids.referrer,
    campaignId: ids.campaign,
    countryId: ids.country,
    browserId: ids.browser,
    systemId: ids.system,
    deviceId: ids.device,
    languageId: ids.language,
  };
}
