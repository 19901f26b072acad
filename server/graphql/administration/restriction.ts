import type { Filter } from '../../domain/dimensions/dimension.ts';
import type { RangeInput } from '../../domain/statistics/range.ts';
import { builder } from '../builder.ts';
import { DimensionEnum } from '../stats/dimension.ts';
import { RangePreset } from '../stats/range.ts';

interface FilterValue {
  readonly dimension: keyof Filter;
  readonly value: string;
}

export const FilterValueObject = builder.objectRef<FilterValue>('FilterValue').implement({
  description: 'A value that visits are filtered by.',
  fields: (t) => ({
    dimension: t.expose('dimension', { type: DimensionEnum, description: 'What it is a value of.' }),
    value: t.exposeString('value', { description: 'The value, as lists of top values have it.' }),
  }),
});

export const FixedRangeObject = builder.objectRef<RangeInput>('FixedRange').implement({
  description: 'A range of time as it was given: a preset, which moves on with the days, or dates.',
  fields: (t) => ({
    preset: t.field({
      type: RangePreset,
      nullable: true,
      description: 'A range that has a name.',
      resolve: ({ preset }) => preset ?? null,
    }),
    from: t.string({ nullable: true, description: 'The first day.', resolve: ({ from }) => from ?? null }),
    to: t.string({
      nullable: true,
      description: 'The last day; null for the present one.',
      resolve: ({ to }) => to ?? null,
    }),
  }),
});

/** A filter as a list, in which nothing is null. */
export function filterValues(filter: Filter | null): FilterValue[] {
  return Object.entries(filter ?? {}).map(([dimension, value]) => ({
    dimension: dimension as keyof Filter,
    value,
  }));
}
