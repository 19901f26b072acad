import { parseDay } from '../domain/day.ts';
import type { Instant } from '../domain/instant.ts';

// RFC 3339, and what databases make of it: a space between date and time, hours alone as the offset, or none.
const TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d{1,9})?) ?(?:(Z)|([+-]\d\d)(?::?(\d\d))?)?$/i;

/** An instant as exports write it; one without an offset is in UTC. Null for what is none. */
export function parseInstant(text: string): Instant | null {
  const [, date, time, , hours = '+00', minutes = '00'] = TIME.exec(text.trim()) ?? [];
  if (date === undefined || parseDay(date) === null) return null;
  const at = Date.parse(`${date}T${time}${hours}:${minutes}`);
  return Number.isNaN(at) ? null : Math.floor(at);
}
