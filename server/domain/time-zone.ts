import { offsetMs } from './day.ts';
import type { Instant } from './instant.ts';

const MINUTE_MS = 60_000;

/**
 * Whole minutes that a zone is ahead of UTC at an instant.
 * @param timeZone an IANA zone or a fixed offset such as `+02:00`
 */
export function offsetMinutes(timeZone: string, at: Instant): number {
  return Math.round(offsetMs(at, timeZone) / MINUTE_MS);
}

/** An offset as ISO 8601 writes it: 120 is `+02:00`. */
export function formatOffset(minutes: number): string {
  const size = Math.abs(minutes);
  const part = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${part(Math.floor(size / 60))}:${part(size % 60)}`;
}

/** The wall clock at an instant, as ISO 8601 without an offset: `2023-11-21T10:00:00.123`. */
export function formatLocal(at: Instant, minutes: number): string {
  return new Date(at + minutes * MINUTE_MS).toISOString().slice(0, -1);
}
