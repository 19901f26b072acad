import { type Day, dayOf, formatDay } from '../../../server/domain/day.ts';
import type { Instant } from '../../../server/domain/instant.ts';
import { comparedRange } from '../../../server/domain/statistics/comparison.ts';
import { defaultInterval, type Interval, intervals } from '../../../server/domain/statistics/interval.ts';
import { type Range, resolveRange } from '../../../server/domain/statistics/range.ts';
import { begunBuckets, bucketsOf } from '../../../server/domain/statistics/series.ts';
import { momentOf, showMoment } from './moments.ts';
import { readRange } from './questions.ts';
import { orCode, type Rule } from './rule.ts';
import { checkColumns, type Table } from './tables.ts';

/** The first column of a table of ranges. */
export const RANGE_AT = /^range at (.+), with the first visit on (\d{4}-\d\d-\d\d)$/;
/** The first column of a table of series. */
export const SERIES_AT = /^series at (.+)$/;

/** Which days a range is, and what it is compared with. */
export function rangeRule(table: Table): Rule {
  const [first = ''] = table.columns;
  const [, moment = '', firstVisit = ''] = RANGE_AT.exec(first) ?? [];
  checkColumns(table, [first, 'is', 'PREVIOUS_PERIOD', 'YEAR_BEFORE']);
  return (row, { site: { timeZone } }) => {
    const firstDay = dayOf(momentOf(`${firstVisit} 12:00:00`, timeZone), timeZone);
    const cells = async () => {
      const range = await rangeAt(row(first), momentOf(moment, timeZone), timeZone, firstDay);
      const before = comparedRange(range, 'PREVIOUS_PERIOD', timeZone);
      return {
        is: shown(range, timeZone),
        PREVIOUS_PERIOD: shown(before, timeZone),
        YEAR_BEFORE: shown(comparedRange(range, 'YEAR_BEFORE', timeZone), timeZone),
      };
    };
    return orCode('is', cells, 'PREVIOUS_PERIOD', 'YEAR_BEFORE');
  };
}

/** What a range is cut into. */
export function seriesRule(table: Table): Rule {
  const [first = ''] = table.columns;
  const [, moment = ''] = SERIES_AT.exec(first) ?? [];
  checkColumns(table, [first, 'cut into', 'parts', 'the first begins', 'the last begins']);
  return (row, { site: { timeZone } }) => {
    const now = momentOf(moment, timeZone);
    const [, byDefault, interval = ''] = /^(by default )?(\w+)$/.exec(row('cut into')) ?? [];
    if (!(interval in intervals)) throw new Error(`${row('cut into')} is no interval.`);
    const cells = async () => {
      const range = await rangeAt(row(first), now, timeZone, null);
      const { starts } = begunBuckets(bucketsOf(range, interval as Interval, timeZone), now);
      return {
        'cut into': byDefault === undefined ? interval : `by default ${defaultInterval(range)}`,
        parts: String(starts.length),
        'the first begins': showMoment(starts[0] ?? 0, timeZone),
        'the last begins': showMoment(starts.at(-1) ?? 0, timeZone),
      };
    };
    return orCode('parts', cells, 'the first begins', 'the last begins');
  };
}

function rangeAt(text: string, now: Instant, timeZone: string, firstDay: Day | null): Promise<Range> {
  return resolveRange(readRange(text), { now, timeZone, firstDay: async () => firstDay });
}

function shown(range: Range | null, timeZone: string): string {
  if (range === null) return '–';
  const { firstDay, lastDay, from, to } = range;
  if (range.span.unit === 'instants') return `${showMoment(from, timeZone)} to ${showMoment(to, timeZone)}`;
  return firstDay === lastDay ? formatDay(firstDay) : `${formatDay(firstDay)} to ${formatDay(lastDay)}`;
}
