import type { EngagingEntry } from '../../domain/statistics/stats.ts';
import { builder } from '../builder.ts';
import { VoteTallyObject } from '../votes.ts';

export const EngagingPageObject = builder.objectRef<EngagingEntry>('EngagingPage').implement({
  description: 'A page whose votes changed, and how often.',
  fields: (t) => ({
    path: t.string({
      description: 'The path of the page, percent-encoded as in URLs.',
      resolve: ({ tally }) => tally.path,
    }),
    changes: t.expose('changes', {
      type: 'SafeInt',
      description: 'How often its votes changed in the range: votes cast, changed and taken back.',
    }),
    votes: t.field({
      type: VoteTallyObject,
      description: 'What its votes come to now, whatever the range.',
      resolve: ({ tally }) => tally,
    }),
  }),
});
