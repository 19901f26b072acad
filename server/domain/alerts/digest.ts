import type { SiteQuestion } from '../access.ts';
import { formatDay } from '../day.ts';
import { DomainError } from '../errors.ts';
import type { DerivedFigures } from '../statistics/derived.ts';
import type { Stats, StatsView } from '../statistics/stats.ts';
import type { DigestDays } from './due.ts';

const TOP = 10;

/** What is told of all visits of some days. */
export interface DigestTotals {
  readonly visits: number;
  readonly views: number;
  readonly visitors: number;
  readonly returningVisitors: number;
  /** Null where no visit told how long it was. */
  readonly averageSpentSeconds: number | null;
}

/** The figures of a day or a week, as JSON has them. */
export interface Digest {
  /** The first and the last day, such as `2026-11-30`. */
  readonly from: string;
  readonly to: string;
  readonly totals: DigestTotals;
  /** As many days before. */
  readonly before: { readonly from: string; readonly to: string; readonly totals: DigestTotals };
  readonly pages: readonly { readonly path: string; readonly visits: number }[];
  readonly referrers: readonly { readonly referrer: string; readonly visits: number }[];
  readonly countries: readonly { readonly country: string; readonly visits: number }[];
  /** Pages whose votes changed, with what they come to now; null where they are not for the reader. */
  readonly votes:
    | readonly {
        readonly path: string;
        readonly changes: number;
        readonly up: number;
        readonly down: number;
      }[]
    | null;
}

/** @throws DomainError of {@link Stats.open} */
export async function readDigest(
  stats: Pick<Stats, 'open'>,
  question: SiteQuestion,
  { from, to }: Pick<DigestDays, 'from' | 'to'>,
): Promise<Digest> {
  const view = await stats.open({ ...question, range: { from: formatDay(from), to: formatDay(to) } });
  const before = view.comparison('PREVIOUS_PERIOD');
  if (!before) throw new TypeError('Dates are compared with those before.');
  const [totals, totalsBefore, pages, referrers, countries, votes] = await Promise.all([
    view.totals(),
    before.totals(),
    top(view, 'page'),
    top(view, 'referrer'),
    top(view, 'country'),
    votesOf(view),
  ]);
  return {
    from: formatDay(from),
    to: formatDay(to),
    totals: totalsOf(totals),
    before: {
      from: formatDay(before.range.firstDay),
      to: formatDay(before.range.lastDay),
      totals: totalsOf(totalsBefore),
    },
    pages: pages.map(([path, visits]) => ({ path, visits })),
    referrers: referrers.map(([referrer, visits]) => ({ referrer, visits })),
    countries: countries.map(([country, visits]) => ({ country, visits })),
    votes,
  };
}

async function top(
  view: StatsView,
  dimension: 'page' | 'referrer' | 'country',
): Promise<readonly (readonly [string, number])[]> {
  const { entries } = await view.top({ dimension, first: TOP });
  return entries.map(({ value, figures }) => [value, figures.visits]);
}

async function votesOf(view: StatsView): Promise<Digest['votes']> {
  try {
    const pages = await view.mostEngaging(TOP);
    return pages.map(({ changes, tally: { path, up, down } }) => ({ path, changes, up, down }));
  } catch (error) {
    if (error instanceof DomainError && error.code === 'FORBIDDEN') return null;
    throw error;
  }
}

function totalsOf(figures: DerivedFigures): DigestTotals {
  const { visits, views, visitors, returningVisitors, averageSpentSeconds } = figures;
  return { visits, views, visitors, returningVisitors, averageSpentSeconds };
}
