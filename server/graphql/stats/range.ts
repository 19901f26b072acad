import { formatDay } from '../../domain/day.ts';
import { presets } from '../../domain/statistics/preset.ts';
import type { Range } from '../../domain/statistics/range.ts';
import { builder } from '../builder.ts';
import { enumValues } from '../enum-values.ts';

export const RangePreset = builder.enumType('RangePreset', {
  description:
    "Ranges that have a name. Days are those of the site's time zone, and the present one counts as far as it has gone.",
  values: enumValues(presets),
});

export const StatsRange = builder.inputType('StatsRange', {
  description:
    'Which time to look at: a preset, or dates in the time zone of the site, not both. LAST_30_DAYS where neither is given.',
  fields: (t) => ({
    preset: t.field({ type: RangePreset, description: 'A range that has a name.' }),
    from: t.string({
      description: 'The first day, such as 2024-03-01: from 1990-01-01 to the present day of the site.',
    }),
    to: t.string({
      description:
        'The last day, such as 2024-03-31, which is included; the present day where it is not given. One that has not ' +
        'come, up to a year ahead, is taken for the present day.',
    }),
  }),
});

/** The day, where the range is made of whole ones. */
function wholeDay({ span }: Range, end: 'from' | 'to'): string | null {
  return span.unit === 'days' ? formatDay(span[end]) : null;
}

export const ResolvedRange = builder.objectRef<Range>('ResolvedRange').implement({
  description: 'The time that is meant by a range.',
  fields: (t) => ({
    preset: t.field({
      type: RangePreset,
      nullable: true,
      description: 'The name of the range; null for dates, and for what another range is compared with.',
      resolve: ({ preset }) => preset,
    }),
    from: t.field({
      type: 'DateTime',
      description: 'The first instant.',
      resolve: ({ from }) => new Date(from),
    }),
    to: t.field({
      type: 'DateTime',
      description:
        'Where it ends: the first instant after it. In the future where the present day is in the range.',
      resolve: ({ to }) => new Date(to),
    }),
    firstDay: t.field({
      type: 'LocalDate',
      nullable: true,
      description: 'The first day, in the time zone of the site; null for 24 hours, which are no whole days.',
      resolve: (range) => wholeDay(range, 'from'),
    }),
    lastDay: t.field({
      type: 'LocalDate',
      nullable: true,
      description: 'The last day, which is included; null for 24 hours, which are no whole days.',
      resolve: (range) => wholeDay(range, 'to'),
    }),
  }),
});
