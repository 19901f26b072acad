import { type Day, dayOf, firstOfMonth } from '../domain/day.ts';
import type { Instant } from '../domain/instant.ts';
import type { DayRow, Queries } from './database.ts';

/** How a site's time is cut into days. */
export interface Calendar {
  readonly timeZone: string;
  /** The last day whose visits were removed. Its roll-ups stand, so nothing is counted there any more. */
  readonly prunedThrough: Day | null;
}

/** Knows the calendars of sites, and reads them again when it is told that one is not right. */
export interface Calendars {
  of(siteId: number): Promise<Calendar | null>;
  forget(): void;
}

export function createCalendars(read: (siteId: number) => Promise<Calendar | null>): Calendars {
  const known = new Map<number, Calendar>();
  return {
    async of(siteId) {
      const calendar = known.get(siteId) ?? (await read(siteId));
      if (calendar) known.set(siteId, calendar);
      return calendar;
    },
    forget: () => known.clear(),
  };
}

export async function readCalendar(queries: Queries, siteId: number): Promise<Calendar | null> {
  return queries.site.findUnique({
    where: { id: siteId },
    select: { timeZone: true, prunedThrough: true },
  });
}

/** The roll-ups that something goes into: of its day, or of the first day that was not pruned. */
export function daysOf({ timeZone, prunedThrough }: Calendar, at: Instant): DayRow {
  const local = dayOf(at, timeZone);
  const day = prunedThrough === null ? local : Math.max(local, prunedThrough + 1);
  return { day, month: firstOfMonth(day) };
}
