import { type Day, formatDay } from '../../domain/day.ts';
import { filterReasons } from '../../domain/filter-reason.ts';
import type { FilteredHitsOfReason } from '../../domain/statistics/filtered-hits.ts';
import { builder } from '../builder.ts';
import { enumValues } from '../enum-values.ts';

const FilterReasonEnum = builder.enumType('FilterReason', {
  description: 'Why a hit is kept out.',
  values: enumValues(filterReasons),
});

const FilteredDay = builder.objectRef<{ readonly day: Day; readonly hits: number }>('FilteredDay').implement({
  description: 'Hits that were kept out on a day.',
  fields: (t) => ({
    day: t.field({
      type: 'LocalDate',
      description: 'The day, in the time zone of the site.',
      resolve: ({ day }) => formatDay(day),
    }),
    hits: t.expose('hits', { type: 'SafeInt', description: 'How many there were.' }),
  }),
});

export const FilteredHitsObject = builder.objectRef<FilteredHitsOfReason>('FilteredHits').implement({
  description: 'Hits that were kept out for one reason: they are in no other figure.',
  fields: (t) => ({
    reason: t.expose('reason', { type: FilterReasonEnum, description: 'Why they were kept out.' }),
    hits: t.expose('hits', { type: 'SafeInt', description: 'How many there were on all days.' }),
    days: t.expose('days', {
      type: [FilteredDay],
      description: 'Days that had any, the earliest first.',
    }),
  }),
});
