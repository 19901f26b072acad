import { comparisons } from '../../domain/statistics/comparison.ts';
import type { StatsComparison } from '../../domain/statistics/stats.ts';
import { builder } from '../builder.ts';
import { enumValues } from '../enum-values.ts';
import { FiguresChangeObject } from './figures.ts';
import { RangeFigures } from './range-figures.ts';

export const ComparisonEnum = builder.enumType('Comparison', {
  description: 'What a range can be compared with.',
  values: enumValues(comparisons),
});

export const StatsComparisonObject = builder.objectRef<StatsComparison>('StatsComparison').implement({
  description: 'What a range is compared with.',
  interfaces: [RangeFigures],
  fields: (t) => ({
    change: t.field({
      type: FiguresChangeObject,
      description: 'From these totals to those of the range that was asked for.',
      resolve: (comparison) => comparison.change(),
    }),
  }),
});
