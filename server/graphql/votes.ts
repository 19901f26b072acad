import type { PageTally, Vote } from '../domain/vote.ts';
import { builder, PATH_ARGUMENT, SITE_ARGUMENT } from './builder.ts';

const SITE_OF_VOTE =
  'The id of the site; may be left out, as the Origin header says it. Votes come from pages of the site.';
const NULL_WHERE_PRIVATE = 'Null where the site is private and the caller has no token.';

const VoteEnum = builder.enumType('Vote', {
  description: 'What a visitor says of a page.',
  values: {
    UP: { value: 1, description: 'One more.' },
    DOWN: { value: -1, description: 'One less.' },
  } as const satisfies Record<string, { value: Vote; description: string }>,
});

export const VoteTallyObject = builder.objectRef<PageTally>('VoteTally').implement({
  description: 'What the votes on a page come to.',
  fields: (t) => ({
    up: t.expose('up', { type: 'SafeInt', description: 'Votes for the page.' }),
    down: t.expose('down', { type: 'SafeInt', description: 'Votes against it.' }),
    score: t.field({
      type: 'SafeInt',
      description: 'Votes for the page less those against it; can be negative.',
      resolve: ({ up, down }) => up - down,
    }),
    mine: t.field({
      type: VoteEnum,
      nullable: true,
      description:
        'The vote of the caller that stands; null where there is none, and where it cannot be told any more.',
      resolve: ({ site, path }, _args, { domain, caller }) => domain.votes.mine({ site, path }, caller),
    }),
  }),
});

builder.queryFields((t) => ({
  votes: t.field({
    type: VoteTallyObject,
    description: 'What the votes on a page come to; none where the page is unknown.',
    args: {
      site: t.arg.id({ description: SITE_ARGUMENT }),
      path: t.arg.string({ required: true, description: PATH_ARGUMENT }),
    },
    resolve: (_root, { site, path }, { domain, caller }) =>
      domain.votes.tally({ site, reader: caller }, path),
  }),
}));

builder.mutationFields((t) => ({
  vote: t.field({
    type: VoteTallyObject,
    nullable: true,
    description:
      'Votes on a page, or changes the vote of the same visitor. It needs a visit that counted on the site on one of ' +
      `the days on which visitors are remembered. The tally that then stands. ${NULL_WHERE_PRIVATE}`,
    args: {
      site: t.arg.id({ description: SITE_OF_VOTE }),
      path: t.arg.string({ required: true, description: PATH_ARGUMENT }),
      vote: t.arg({ type: VoteEnum, required: true, description: 'Up or down.' }),
    },
    resolve: (_root, args, { domain, caller }) => domain.votes.cast(args, caller),
  }),
  resetVote: t.field({
    type: VoteTallyObject,
    nullable: true,
    description: `Takes the vote of the same visitor back. The tally that then stands. ${NULL_WHERE_PRIVATE}`,
    args: {
      site: t.arg.id({ description: SITE_OF_VOTE }),
      path: t.arg.string({ required: true, description: PATH_ARGUMENT }),
    },
    resolve: (_root, args, { domain, caller }) => domain.votes.cast({ ...args, vote: null }, caller),
  }),
}));

builder.subscriptionFields((t) => ({
  votes: t.field({
    type: VoteTallyObject,
    description:
      'What the votes on a page come to: first as it is, then each change, at most four a second. Slow readers get the ' +
      'newest. `mine` is looked up for each where it is asked for, which the answer to a vote makes needless.',
    args: {
      site: t.arg.id({ description: SITE_ARGUMENT }),
      path: t.arg.string({ required: true, description: PATH_ARGUMENT }),
    },
    subscribe: (_root, { site, path }, { domain, caller }) =>
      domain.live.votes({ site, reader: caller }, path),
    resolve: (tally) => tally,
  }),
}));
