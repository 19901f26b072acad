import type { Instant } from './instant.ts';

const MINUTE_MS = 60_000;
// No zone was ever further from UTC than 15 h 58 min, and none set its clocks twice within a step.
const MAX_OFFSET_MS = 16 * 3_600_000;
const STEP_MS = 2 * MAX_OFFSET_MS;
const OFFSET = /^([+-])(\d\d):(\d\d)(?::(\d\d))?$/;

// Grows with the zones of the sites, of which there are few.
const offsets = new Map<string, (at: Instant) => number>();

/** Time in which the clocks of a zone are not set. */
export interface Stretch {
  readonly from: Instant;
  /** Excluded. */
  readonly to: Instant;
  /** Milliseconds that the clocks are ahead of UTC. */
  readonly offset: number;
}

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

/**
 * The first instant at which the clocks of the zone show a time or a later one. Of a time that they show twice that is
 * the first, of one that they skip the instant at which they do.
 *
 * @param local the time on the clocks as if it were UTC: the milliseconds since they showed 1970-01-01 0:00
 */
export function whenClocksShow(local: number, timeZone: string): Instant {
  let at = local;
  for (const { from, to, offset } of stretches(local - MAX_OFFSET_MS, local + MAX_OFFSET_MS, timeZone)) {
    at = Math.max(from, local - offset);
    if (at < to) break;
  }
  return at;
}

/** Cuts a time where the clocks of the zone are set, to the millisecond. The parts rise, touch and are not empty. */
export function* stretches(from: Instant, to: Instant, timeZone: string): Generator<Stretch, void> {
  let start = from;
  let offset = offsetMs(from, timeZone);
  let at = from;
  while (at < to) {
    const next = Math.min(at + STEP_MS, to);
    if (offsetMs(next, timeZone) === offset) {
      at = next;
    } else {
      at = whenOffsetEnds(offset, at, next, timeZone);
      yield { from: start, to: at, offset };
      start = at;
      offset = offsetMs(at, timeZone);
    }
  }
  if (start < to) yield { from: start, to, offset };
}

/**
 * Milliseconds that the clocks of a zone are ahead of UTC at an instant. Exact to the second, which some zones of the
 * 1970s need.
 */
export function offsetMs(at: Instant, timeZone: string): number {
  let offset = offsets.get(timeZone);
  if (!offset) {
    offset = createOffset(timeZone);
    offsets.set(timeZone, offset);
  }
  return offset(at);
}

/** The first instant after `before`, which has the offset, that does not have it; `after` does not. */
function whenOffsetEnds(offset: number, before: Instant, after: Instant, timeZone: string): Instant {
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(middle, timeZone) === offset) low = middle;
    else high = middle;
  }
  return high;
}

// Not tzOffset of @date-fns/tz: it takes -00:30 for +00:30, Monrovia's -00:44:30 likewise, and needs 40 µs for a fixed
// offset on node 20, which refuses offsets as zones.
function createOffset(timeZone: string): (at: Instant) => number {
  const fixed = parseOffset(timeZone);
  if (fixed !== null) return () => fixed;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  return (at) => {
    // Such as `3/1/2024, GMT-05:00`.
    const text = format.format(at);
    return parseOffset(text.slice(text.lastIndexOf('GMT') + 3)) ?? 0;
  };
}

function parseOffset(text: string): number | null {
  const [, sign, hours, minutes, seconds] = OFFSET.exec(text) ?? [];
  if (!sign) return null;
  const size = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds ?? 0) * 1000;
  return sign === '-' ? -size : size;
}
