import { type Day, dayOf, firstOfWeek, formatDay, startOfDay } from '../day.ts';
import type { Instant } from '../instant.ts';

/** Which digests there are. */
export const DIGEST_PERIODS = ['daily', 'weekly'] as const;
export type DigestPeriod = (typeof DIGEST_PERIODS)[number];

/** How long after midnight a day is taken for settled: by then most readers over midnight have left their pages. */
const SETTLED_MS = 3_600_000;
const LENGTH = { daily: 1, weekly: 7 } as const;

/** Days that a digest is of, both ends included. */
export interface DigestDays {
  readonly period: DigestPeriod;
  readonly from: Day;
  readonly to: Day;
  /** First instant after them. */
  readonly end: Instant;
  /** When they are told. */
  readonly settledAt: Instant;
  /** What tells it from others of the period: its first day. */
  readonly key: string;
}

/**
 * The last days or weeks of a site that are over and settled, newest first.
 * @param count how many at most
 */
export function settledDigests(
  period: DigestPeriod,
  timeZone: string,
  now: Instant,
  count: number,
): DigestDays[] {
  const today = dayOf(now - SETTLED_MS, timeZone);
  const length = LENGTH[period];
  const begun = period === 'daily' ? today : firstOfWeek(today);
  return Array.from({ length: count }, (_, index) => {
    const from = begun - length * (index + 1);
    const to = from + length - 1;
    const end = startOfDay(to + 1, timeZone);
    return { period, from, to, end, settledAt: end + SETTLED_MS, key: formatDay(from) };
  });
}
