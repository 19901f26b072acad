import type { SiteQuestion } from '../access.ts';
import { checkListSize } from '../list-size.ts';
import type { Clock } from '../ports.ts';
import type { Sites } from '../sites.ts';
import type { PageTally } from '../vote.ts';
import { type Comparison, comparedRange } from './comparison.ts';
import { changeOfFigures, type FiguresChange } from './derived.ts';
import type { Statistics } from './figures.ts';
import { type FilterInput, readFilter } from './filter.ts';
import { type FilteredHitsOfReason, hitsByReason } from './filtered-hits.ts';
import { defaultInterval, type Interval } from './interval.ts';
import { once } from './once.ts';
import { checkWithin, type RangeInput, rangeOfDays, resolveRange } from './range.ts';
import { createRangeFigures, type RangeFigures, type SeriesPoint } from './range-figures.ts';
import { DEFAULT_TOP, MAX_TOP, readTop, type TopList, type TopPage } from './top.ts';

/** What can be asked of the visits of a site. */
export interface Stats {
  /**
   * Finds the site, the range and the filter; figures are read when they are asked for.
   * Where the token is for some visits or some range only, these are what is read where nothing else is said.
   * @throws DomainError `INVALID_ARGUMENT` or `INVALID_PATH`, which name the argument, `FORBIDDEN` or of
   * {@link Sites.find}
   */
  open(question: StatsQuestion): Promise<StatsView>;
}

export interface StatsQuestion extends SiteQuestion {
  /** Default: the last 30 days. */
  readonly range?: RangeInput | null | undefined;
  /** Default: all visits. */
  readonly filter?: FilterInput | null | undefined;
}

/** The figures of some visits of a site. What is asked for twice is read once, so that it is the same. */
export interface StatsView extends StatsPart {
  /** What the range is compared with; null for all time. */
  comparison(kind: Comparison): StatsComparison | null;
  /** @throws DomainError `INVALID_ARGUMENT`, which names `first`, `search` or `after` */
  top(list: TopList): Promise<TopPage>;
  /**
   * Hits that were kept out, on whole days: also where the range begins or ends within one. They have no traits, so
   * the filter does not matter.
   * @throws DomainError `FORBIDDEN` where the reader may read a part of the visits only
   */
  filteredHits(): Promise<FilteredHitsOfReason[]>;
  /**
   * Pages whose votes changed, those with most changes first, on whole days as {@link filteredHits}. Votes have no
   * traits: of a filter only the page matters. What they come to has no range either, so a token that is for one
   * cannot read it, nor can who may read statistics of the site and not its votes.
   * @param first how many at most, 1 to {@link MAX_TOP}; default: {@link DEFAULT_TOP}
   * @throws DomainError `INVALID_ARGUMENT`, which names `first`, or `FORBIDDEN`
   */
  mostEngaging(first?: number | null): Promise<EngagingEntry[]>;
}

/** A page whose votes changed in the range, how often, and what they come to now. */
export interface EngagingEntry {
  readonly changes: number;
  readonly tally: PageTally;
}

/** The range that was asked for, or what it is compared with. */
export interface StatsPart extends Omit<RangeFigures, 'series'> {
  /**
   * @param interval default: the {@link defaultInterval} of the range that was asked for, also for what it is compared
   *   with, so that the two can be drawn over each other
   * @throws DomainError `INVALID_ARGUMENT`, which names `interval`, where there are too many
   */
  series(interval?: Interval | null): Promise<SeriesPoint[]>;
}

export interface StatsComparison extends StatsPart {
  /** From these figures to those of the range that was asked for. */
  change(): Promise<FiguresChange>;
}

export interface StatsOptions {
  readonly storage: Pick<
    Statistics,
    'totals' | 'daily' | 'between' | 'top' | 'filteredHits' | 'engagingPages' | 'firstDay'
  >;
  readonly sites: Pick<Sites, 'known'>;
  readonly clock: Clock;
}

export function createStats({ storage, sites, clock }: StatsOptions): Stats {
  return {
    async open({ range: rangeInput, filter: filterInput, ...question }) {
      const known = await sites.known(question, 'STATS');
      const filter = { ...known.restriction?.filter, ...readFilter(filterInput ?? {}, known) };
      const site = known.open(filter);
      const now = clock();
      const calendar = { now, timeZone: site.timeZone, firstDay: () => storage.firstDay(site.id) };
      const within = known.restriction?.range ? await resolveRange(known.restriction.range, calendar) : null;
      const range = await resolveRange(rangeInput ?? known.restriction?.range ?? {}, calendar);
      checkWithin(range, within);
      const context = { storage, site, filter, now };
      const interval = defaultInterval(range);
      const whole = rangeOfDays(null, range.firstDay, range.lastDay, site.timeZone);
      const figures = createRangeFigures(range, context);

      return {
        range,
        totals: figures.totals,
        series: (given) => figures.series(given ?? interval),
        comparison(kind) {
          const compared = comparedRange(range, kind, site.timeZone);
          if (!compared) return null;
          checkWithin(compared, within);
          const before = createRangeFigures(compared, context);
          return {
            range: compared,
            totals: before.totals,
            series: (given) => before.series(given ?? interval),
            change: async () => changeOfFigures(...(await Promise.all([figures.totals(), before.totals()]))),
          };
        },
        top: (list) => readTop(storage, figures.scope, figures.sums, list),
        async mostEngaging(given) {
          const first = given ?? DEFAULT_TOP;
          checkListSize('first', first, MAX_TOP);
          (await sites.known(question, 'VOTES')).open(filter.page === undefined ? {} : { page: filter.page });
          const pages = await storage.engagingPages({
            siteId: site.id,
            from: range.firstDay,
            to: range.lastDay,
            path: filter.page ?? null,
            limit: first,
          });
          return pages.map(({ changes, ...tally }) => ({ changes, tally: { site: site.slug, ...tally } }));
        },
        filteredHits: once(async () => {
          known.open({});
          checkWithin(whole, within);
          return hitsByReason(await storage.filteredHits(site.id, range.firstDay, range.lastDay));
        }),
      };
    },
  };
}
