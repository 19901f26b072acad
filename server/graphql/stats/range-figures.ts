import type { StatsPart } from '../../domain/statistics/stats.ts';
import { builder } from '../builder.ts';
import { FiguresObject } from './figures.ts';
import { ResolvedRange } from './range.ts';
import { IntervalEnum, SeriesPointObject } from './series.ts';

/** What the range that was asked for and the one that it is compared with have in common. */
export const RangeFigures = builder.interfaceRef<StatsPart>('RangeFigures').implement({
  description: 'The figures of a range.',
  fields: (t) => ({
    range: t.field({
      type: ResolvedRange,
      description: 'The time that was looked at.',
      resolve: ({ range }) => range,
    }),
    totals: t.field({
      type: FiguresObject,
      description: 'The figures of the whole range.',
      resolve: (part) => part.totals(),
    }),
    series: t.field({
      type: [SeriesPointObject],
      description:
        'The range cut into intervals, with those that have no visits, and without those that have not begun: 2000 at ' +
        'most. A visitor of two hours is in both, so visitors of minutes and hours add up to more than those of the day.',
      args: {
        interval: t.arg({
          type: IntervalEnum,
          description:
            'What to cut into. Where it is not given, by the length of the range that was asked for: hours up to 2 ' +
            'days, days up to 92, weeks up to 731, months beyond. What a range is compared with is cut as it is.',
        }),
      },
      resolve: (part, { interval }) => part.series(interval),
    }),
  }),
});
