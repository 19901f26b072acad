/** A date as `2024-03-31`; what is counted in are days, wherever they begin. */
export type Day = string;

/** Days from the first to the last, which is included. */
export interface Days {
  readonly from: Day;
  readonly to: Day;
}

/** The day that the clocks of a zone show. */
export function dayIn(timeZone: string | undefined, now = new Date()): Day {
  const style = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const parts = (zone: string | undefined) =>
    new Intl.DateTimeFormat('en-CA', { ...style, ...(zone && { timeZone: zone }) }).format(now);
  try {
    return parts(timeZone);
  } catch {
    // A browser may not know the zone; its own day is wrong for some hours at most.
    return parts(undefined);
  }
}

/** So many days later, or earlier. */
export function plusDays(day: Day, days: number): Day {
  const date = dateOf(day);
  date.setUTCDate(date.getUTCDate() + days);
  return dayOf(date);
}

/** The first of the month that is so many months later than that of a day. */
export function monthFrom(day: Day, months: number): Day {
  const date = dateOf(day);
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  return dayOf(date);
}

/** How many days there are, with the first and the last. */
export function lengthOf({ from, to }: Days): number {
  return Math.round((dateOf(to).getTime() - dateOf(from).getTime()) / 86_400_000) + 1;
}

/** From 0 for Monday to 6 for Sunday. */
export function weekdayOf(day: Day): number {
  return (dateOf(day).getUTCDay() + 6) % 7;
}

/** Midnight of a day in UTC, for formats that are told so. */
export function dateOf(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

function dayOf(date: Date): Day {
  return date.toISOString().slice(0, 10);
}
