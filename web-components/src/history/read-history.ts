import { documentOf } from '../client/document.ts';
import type { PageClient } from '../client/page-client.ts';
import type { StatsFilter } from '../widget/panel-element.ts';
import { RANGE, type ResolvedRange, type StatsRange } from '../widget/range.ts';
import { FIGURES, type FigureName } from './figure.ts';
import type { HistoryData, HistoryPoint, Interval } from './history-data.ts';
import { usualInterval } from './interval.ts';

/** Which history to read. */
export interface HistoryQuestion {
  readonly site: string | undefined;
  readonly range: StatsRange | undefined;
  readonly filter: StatsFilter | undefined;
  readonly figure: FigureName;
  /** As the API names it. Undefined: what suits the range. */
  readonly interval: string | undefined;
  /** What to compare with, as the API names it. Undefined: nothing. */
  readonly compare: string | undefined;
}

type Figures = Readonly<Record<string, number | null>>;

interface Part {
  readonly range: ResolvedRange;
  readonly series: readonly { readonly start: string; readonly figures: Figures }[];
  readonly totals: Figures;
}

interface Answer {
  readonly site: { readonly timeZone: string } | null;
  readonly stats: Part & { readonly comparison?: (Part & { readonly change: Figures }) | null };
}

/** Asks for one figure of a range, and of what it is compared with, in one request. */
export async function readHistory(
  client: PageClient,
  question: HistoryQuestion,
  signal: AbortSignal,
): Promise<HistoryData> {
  const { figure, compare: _, ...variables } = question;
  const { field } = FIGURES[figure];
  const part = `${RANGE}series(interval:$interval){start figures{${field}}}totals{${field}}`;
  const comparison = question.compare ? `comparison(with:$compare){${part}change{${field}}}` : '';
  const document =
    `query History($site:ID$range:StatsRange$filter:StatsFilter$interval:Interval${comparison && '$compare:Comparison!'})` +
    `{site(id:$site){timeZone}stats(site:$site range:$range filter:$filter){${part}${comparison}}}`;
  const { site, stats } = await client.request(
    documentOf<Answer>(document),
    comparison ? { ...variables, compare: question.compare } : variables,
    { signal },
  );
  const before = stats.comparison;
  return {
    figure,
    range: stats.range,
    timeZone: site?.timeZone ?? 'UTC',
    interval: (question.interval as Interval | undefined) ?? usualInterval(stats.range),
    points: pointsOf(stats, field),
    total: stats.totals[field] ?? null,
    comparison: before
      ? {
          range: before.range,
          total: before.totals[field] ?? null,
          change: before.change[field] ?? null,
          points: pointsOf(before, field),
        }
      : null,
  };
}

function pointsOf({ series }: Part, field: string): HistoryPoint[] {
  return series.map(({ start, figures }) => ({ start, value: figures[field] ?? null }));
}
