const DAY_MS = 86_400_000;

/** How long a token can be good for, in the order in which that is offered: days by name; null for ever. */
const LIFETIMES: Readonly<Record<string, number | null>> = {
  '7-days': 7,
  '30-days': 30,
  '1-year': 365,
  never: null,
};
export const LIFETIME_NAMES: readonly string[] = Object.keys(LIFETIMES);

/** A day that is chosen from a calendar, instead of a lifetime. */
export const ON_DAY = 'on-day';

/** When something expires, in ISO 8601; undefined for never. A chosen day is the last on which it is good, here. */
export function expiryOf(lifetime: string, lastDay: string, now: Date): string | undefined {
  if (lifetime === ON_DAY) {
    const end = new Date(`${lastDay}T24:00:00`);
    // What is no day is for the service to refuse.
    return Number.isNaN(end.getTime()) ? lastDay : end.toISOString();
  }
  const days = LIFETIMES[lifetime] ?? null;
  return days === null ? undefined : new Date(now.getTime() + days * DAY_MS).toISOString();
}
