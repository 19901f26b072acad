import { DAY_MS, formatDay, parseDay } from '../../../server/domain/day.ts';
import type { Instant } from '../../../server/domain/instant.ts';
import { offsetMs, whenClocksShow } from '../../../server/domain/time-zone.ts';

// A time alone is of the date before it. An offset says which, where the clocks show a time twice.
const MOMENT = /^(?:(\d{4}-\d\d-\d\d) )?(\d\d):(\d\d):(\d\d)(?: ([+-])(\d\d):(\d\d))?$/;
// No zone sets its clocks by more.
const MOST_SET_MS = DAY_MS;

/**
 * The instant at which the clocks of a zone show `2024-03-01 10:00:00`.
 * @param date the date that is meant where there is none
 * @throws Error where they show it never or twice, or not with the offset
 */
export function momentOf(text: string, timeZone: string, date?: string): Instant {
  const [, ownDate = date, hours, minutes, seconds, sign, aheadHours, aheadMinutes] = MOMENT.exec(text) ?? [];
  const day = ownDate === undefined ? null : parseDay(ownDate);
  if (day === null || hours === undefined) throw new Error(`${text} is no moment.`);
  const local = day * DAY_MS + milliseconds(hours, minutes, seconds);
  const shown = instantsThatShow(local, timeZone);
  if (sign !== undefined) {
    const ahead = milliseconds(aheadHours, aheadMinutes) * (sign === '-' ? -1 : 1);
    if (shown.includes(local - ahead)) return local - ahead;
  }
  const [instant, another] = shown;
  if (sign !== undefined || instant === undefined || another !== undefined) {
    throw new Error(`The clocks in ${timeZone} show ${text} ${shown.length} times.`);
  }
  return instant;
}

/** `2024-03-01 10:00:00`, as the clocks of the zone show it. */
export function showMoment(at: Instant, timeZone: string): string {
  const local = at + offsetMs(at, timeZone);
  const day = Math.floor(local / DAY_MS);
  return `${formatDay(day)} ${new Date(local).toISOString().slice(11, 19)}`;
}

function instantsThatShow(local: number, timeZone: string): Instant[] {
  const first = whenClocksShow(local, timeZone);
  const offsets = [first - MOST_SET_MS, first, first + MOST_SET_MS].map((at) => offsetMs(at, timeZone));
  const instants = offsets.map((offset) => local - offset);
  return [...new Set(instants)].filter((at) => at + offsetMs(at, timeZone) === local);
}

function milliseconds(hours = '0', minutes = '0', seconds = '0'): number {
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
