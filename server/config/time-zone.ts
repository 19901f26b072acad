import { type Shape, text } from './shape.ts';

// Checked here because Intl takes offsets from node 22 on only, and in more spellings than we want to store.
const OFFSET = /^[+-](0\d|1[0-4]):[0-5]\d$/;

export const timeZone: Shape<string> = text(
  'a time zone such as Europe/Berlin, or an offset such as +02:00',
  (given) => (OFFSET.test(given) || isNamed(given) ? given : undefined),
);

/**
 * The time zone of OxiTraffic's `[utc_offset]`: minutes take the sign of the hours where there are any, so that
 * hours = -3 with minutes = 30 is `-03:30`, while hours = 0 leaves minutes their own sign.
 */
export function fixedOffset(hours: number, minutes: number): string {
  if (hours === 0 && minutes === 0) return 'UTC';
  const sign = (hours === 0 ? minutes : hours) < 0 ? '-' : '+';
  return `${sign}${twoDigits(hours)}:${twoDigits(minutes)}`;
}

function twoDigits(value: number): string {
  return String(Math.abs(value)).padStart(2, '0');
}

function isNamed(given: string): boolean {
  if (!/^[a-z]/i.test(given)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: given });
    return true;
  } catch {
    return false;
  }
}
