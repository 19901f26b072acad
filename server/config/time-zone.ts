import { timeZoneRule } from '../domain/site-rules.ts';
import { ruled, type Shape } from './shape.ts';

export const timeZone: Shape<string> = ruled(timeZoneRule);

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
