import type { StatsView } from '../../domain/statistics/stats.ts';
import { DEFAULT_TOP } from '../../domain/statistics/top.ts';
import { builder, SITE_ARGUMENT } from '../builder.ts';
import { connectionOf } from '../connections.ts';
import { ComparisonEnum, StatsComparisonObject } from './comparison.ts';
import { DimensionEnum, StatsFilter } from './dimension.ts';
import { FilteredHitsObject } from './filtered-hits.ts';
import { StatsRange } from './range.ts';
import { RangeFigures } from './range-figures.ts';
import { TopConnection, TopOrderEnum } from './top.ts';

const StatsObject = builder.objectRef<StatsView>('Stats').implement({
  description: 'Figures of a site, or of a part of its visits. Only what is asked for is computed.',
  interfaces: [RangeFigures],
  fields: (t) => ({
    comparison: t.field({
      type: StatsComparisonObject,
      nullable: true,
      description: 'The same for an earlier time; null for ALL_TIME, before which there is none.',
      args: {
        with: t.arg({
          type: ComparisonEnum,
          required: true,
          defaultValue: 'PREVIOUS_PERIOD',
          description: 'Which time to compare with.',
        }),
      },
      resolve: (view, { with: kind }) => view.comparison(kind),
    }),
    top: t.field({
      type: TopConnection,
      description:
        'Values of a dimension, those with most first: top pages, referrers of a page, pages by time spent, ...',
      args: {
        dimension: t.arg({ type: DimensionEnum, required: true, description: 'What to list the values of.' }),
        first: t.arg.int({
          defaultValue: DEFAULT_TOP,
          description: 'How many at most, from 1 to 1000.',
        }),
        after: t.arg.string({
          description:
            'Only what comes after the edge with this cursor. It is of this dimension and order, and stays good while ' +
            'visits come in.',
        }),
        search: t.arg.string({
          description:
            'Only values that contain this text, whatever the case of ASCII letters; at most 200 characters.',
        }),
        orderBy: t.arg({
          type: TopOrderEnum,
          required: true,
          defaultValue: 'visits',
          description: 'What the values are ordered by.',
        }),
      },
      async resolve(view, list) {
        const { entries, ...beyond } = await view.top(list);
        return connectionOf(
          entries.map((node) => ({ node, cursor: node.cursor })),
          beyond,
        );
      },
    }),
    filteredHits: t.field({
      type: [FilteredHitsObject],
      description:
        'Hits that were kept out, one for each reason, those with most first. Of the whole site whatever the filter, ' +
        'as nothing else is kept of them, and of whole days: all that the range touches.',
      resolve: (view) => view.filteredHits(),
    }),
  }),
});

builder.queryField('stats', (t) =>
  t.field({
    type: StatsObject,
    description:
      'What happened on a site, or on one page of it: figures of a time, compared with an earlier one, as a series, ' +
      'and by what visits can be told apart by.',
    args: {
      site: t.arg.id({ description: SITE_ARGUMENT }),
      range: t.arg({ type: StatsRange, description: 'Which time to look at. Default: LAST_30_DAYS.' }),
      filter: t.arg({ type: StatsFilter, description: 'Which visits to look at. Default: all.' }),
    },
    resolve: (_root, question, { domain, caller }) => domain.stats.open({ ...question, reader: caller }),
  }),
);
