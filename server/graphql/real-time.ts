import { type LiveMinute, type LivePage, type Present, topPages } from '../domain/real-time/present.ts';
import { builder, SITE_ARGUMENT } from './builder.ts';

const DEFAULT_PAGES = 10;
const PATH = 'Only this page, normalised as in a registration; one that is not there yet is empty.';

const LivePageObject = builder.objectRef<LivePage>('LivePage').implement({
  description: 'A page that somebody is on.',
  fields: (t) => ({
    path: t.exposeString('path', { description: 'The path of the page, percent-encoded as in URLs.' }),
    visitors: t.expose('visitors', {
      type: 'SafeInt',
      description: 'Visitors who are here now, with the newest of their visits on this page.',
    }),
  }),
});

const LiveMinuteObject = builder.objectRef<LiveMinute>('LiveMinute').implement({
  description: 'A minute of the clock, by when visits and pixel views were registered.',
  fields: (t) => ({
    start: t.field({
      type: 'DateTime',
      description: 'When it began.',
      resolve: ({ start }) => new Date(start),
    }),
    visits: t.expose('visits', {
      type: 'SafeInt',
      description:
        'Visits registered in this minute. A visit is in it once it counted, so it can grow later.',
    }),
    pixelViews: t.expose('pixelViews', { type: 'SafeInt', description: 'Hits of the pixel in this minute.' }),
  }),
});

const RealTimeObject = builder.objectRef<Present>('RealTime').implement({
  description: 'Who is on the site or the page now, and what there was in the last 30 minutes.',
  fields: (t) => ({
    at: t.field({
      type: 'DateTime',
      description: 'The moment that is told of.',
      resolve: ({ at }) => new Date(at),
    }),
    visitors: t.expose('visitors', {
      type: 'SafeInt',
      description:
        'Visitors who are here now: from the moment a visit counts until its page reports on leaving, as soon as the ' +
        'tab is hidden or closed; for 30 minutes after the registration at most, where no report comes. A visitor ' +
        'with several such visits is one, on the page of the newest, so that pages add up to the site. Each visit of ' +
        'a reader who is not to be told apart is a visitor. Whoever hides the tab and comes back is here again with ' +
        'the next visit. A browser whose pseudonym changes at midnight of the site can be two until its older visit ' +
        'is left or over. Pixel views have no visitors.',
    }),
    pages: t.field({
      type: [LivePageObject],
      description: 'Pages that somebody is on now, the most visitors first, then by path.',
      args: {
        first: t.arg.int({
          required: true,
          defaultValue: DEFAULT_PAGES,
          description: 'How many pages at most, from 1 to 1000.',
        }),
      },
      resolve: (present, { first }) => topPages(present, first),
    }),
    minutes: t.field({
      type: [LiveMinuteObject],
      description:
        'The last 30 minutes of the clock, oldest first, those without visits too. The last one is not over yet.',
      resolve: ({ minutes }) => minutes,
    }),
  }),
});

builder.queryFields((t) => ({
  realTime: t.field({
    type: RealTimeObject,
    description: 'Who is here now and the last 30 minutes, of the site or of one page.',
    args: {
      site: t.arg.id({ description: SITE_ARGUMENT }),
      path: t.arg.string({ description: PATH }),
    },
    resolve: (_root, { site, path }, { domain, caller }) =>
      domain.realTime.present({ site, reader: caller }, path),
  }),
}));

builder.subscriptionFields((t) => ({
  liveVisitors: t.field({
    type: RealTimeObject,
    description:
      'Who is here now and the last 30 minutes, of the site or of one page: first as it is, then each change, at most ' +
      'one a second; and once a minute as the minutes move on, while there is anything in them. Slow readers get the ' +
      'newest.',
    args: {
      site: t.arg.id({ description: SITE_ARGUMENT }),
      path: t.arg.string({ description: PATH }),
    },
    subscribe: (_root, { site, path }, { domain, caller }) =>
      domain.realTime.watch({ site, reader: caller }, path),
    resolve: (present) => present,
  }),
}));
