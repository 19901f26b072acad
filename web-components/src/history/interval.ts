import type { ResolvedRange } from '../widget/range.ts';
import type { Interval } from './history-data.ts';

const DAY_MS = 86_400_000;

/**
 * What the service cuts a range into when it is not told: hours for up to 2 days, days for up to 92, weeks for up to
 * 731, months for more.
 */
export function usualInterval({ firstDay, lastDay }: Pick<ResolvedRange, 'firstDay' | 'lastDay'>): Interval {
  // 24 hours have no days.
  if (firstDay === null || lastDay === null) return 'HOUR';
  const days = (Date.parse(lastDay) - Date.parse(firstDay)) / DAY_MS + 1;
  if (days <= 2) return 'HOUR';
  if (days <= 92) return 'DAY';
  return days <= 731 ? 'WEEK' : 'MONTH';
}
