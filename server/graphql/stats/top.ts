import type { TopOrder } from '../../domain/statistics/figures.ts';
import type { TopEntry } from '../../domain/statistics/top.ts';
import { builder } from '../builder.ts';
import { enumValues } from '../enum-values.ts';
import { FiguresObject } from './figures.ts';

const ORDERS: Readonly<Record<TopOrder, string>> = {
  visits: 'Most visits first.',
  visitors: 'Most visitors first.',
  pixelViews: 'Most pixel views first.',
  spentSeconds: 'Most spent seconds first.',
  averageSeconds: 'The longest average of spent seconds first, in whole seconds rounded down.',
};

export const TopOrderEnum = builder.enumType('TopOrder', {
  description:
    'What a list of values is ordered by. Values that have as much are in the order of their characters.',
  values: enumValues(ORDERS),
});

const TopValue = builder.objectRef<TopEntry>('TopValue').implement({
  description: 'A value of a dimension and its figures.',
  fields: (t) => ({
    value: t.exposeString('value', { description: 'The value, as a filter takes it.' }),
    figures: t.field({
      type: FiguresObject,
      description: 'The figures of visits with this value.',
      resolve: ({ figures }) => figures,
    }),
    share: t.float({
      nullable: true,
      description:
        'What part this is, from 0 to 1, of the total of what the list is ordered by: that of the range and the ' +
        'filter, with visits that have no value, and whatever was searched for. Shares of visitors can add up to more ' +
        'than 1, as one visitor can have several pages. Null where the total is 0, and for averages, which are no ' +
        'parts.',
      resolve: (entry) => entry.share(),
    }),
  }),
});

export const TopConnection = builder.connectionObject(
  { type: TopValue, name: 'TopConnection', description: 'A part of a list of values.' },
  { name: 'TopEdge', description: 'A value and where it stands.' },
);
