import { intervals } from '../../domain/statistics/interval.ts';
import type { SeriesPoint } from '../../domain/statistics/range-figures.ts';
import { builder } from '../builder.ts';
import { enumValues } from '../enum-values.ts';
import { FiguresObject } from './figures.ts';

export const IntervalEnum = builder.enumType('Interval', {
  description:
    "What a series is cut into. All are those of the site's time zone. Minutes and hours are read from the visits, and " +
    'so reach back as far as the site keeps these.',
  values: enumValues(intervals),
});

export const SeriesPointObject = builder.objectRef<SeriesPoint>('SeriesPoint').implement({
  description:
    'What happened in one interval: until the next point starts, or the range ends. The first and the last can be ' +
    'shorter than an interval, as where a month is cut into weeks.',
  fields: (t) => ({
    start: t.field({
      type: 'DateTime',
      description: 'The first instant.',
      resolve: ({ start }) => new Date(start),
    }),
    figures: t.field({
      type: FiguresObject,
      description: 'The figures of this interval.',
      resolve: ({ figures }) => figures,
    }),
  }),
});
