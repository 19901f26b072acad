import type { DerivedFigures, FiguresChange } from '../../domain/statistics/derived.ts';
import { builder } from '../builder.ts';

export const FiguresObject = builder.objectRef<DerivedFigures>('Figures').implement({
  description:
    'What is counted of some visits. A visit belongs to the moment at which its page was registered. All words are ' +
    'defined at /definitions of the instance.',
  fields: (t) => ({
    visits: t.expose('visits', {
      type: 'SafeInt',
      description:
        'Registrations whose page was visible for the minimum delay of the site, to the second, and so counted.',
    }),
    pixelViews: t.expose('pixelViews', {
      type: 'SafeInt',
      description:
        'Hits of the pixel, by readers without JavaScript. In none of the other figures but views.',
    }),
    views: t.expose('views', { type: 'SafeInt', description: 'Visits and pixel views.' }),
    visitors: t.expose('visitors', {
      type: 'SafeInt',
      description:
        'Pseudonyms with a visit, each once a day from midnight to midnight of the site: one browser on two days is ' +
        'two. Readers who ask not to be told apart are none.',
    }),
    returningVisitors: t.expose('returningVisitors', {
      type: 'SafeInt',
      description: 'Of the visitors, those seen on the site on one of the days before that are remembered.',
    }),
    bounces: t.expose('bounces', {
      type: 'SafeInt',
      nullable: true,
      description:
        'Visitors with one visit on that day. Null where the visits are not those of whole days, or are chosen by ' +
        'something else than country, browser, system, device and language, so that visitors may have more than those.',
    }),
    bounceRate: t.exposeFloat('bounceRate', {
      nullable: true,
      description:
        'Bounces as a share of the visitors, from 0 to 1; null where bounces are, and without visitors.',
    }),
    timedVisits: t.expose('timedVisits', {
      type: 'SafeInt',
      description: 'Visits that reported on leaving.',
    }),
    spentSeconds: t.expose('spentSeconds', {
      type: 'SafeInt',
      description:
        'Seconds that pages were visible, of timed visits: the largest report of each, at most the time since its registration.',
    }),
    averageSpentSeconds: t.exposeFloat('averageSpentSeconds', {
      nullable: true,
      description: 'Spent seconds of a timed visit on average, not rounded; null where there is none.',
    }),
  }),
});

export const FiguresChangeObject = builder.objectRef<FiguresChange>('FiguresChange').implement({
  description:
    'How much figures have changed, as a share of what they were: 0.5 is half as much again, -1 is nothing left. Null ' +
    'where a figure was 0, of which nothing is a share, or is null itself.',
  fields: (t) => ({
    visits: t.exposeFloat('visits', { nullable: true, description: 'Of the visits.' }),
    pixelViews: t.exposeFloat('pixelViews', { nullable: true, description: 'Of the pixel views.' }),
    views: t.exposeFloat('views', { nullable: true, description: 'Of the views.' }),
    visitors: t.exposeFloat('visitors', { nullable: true, description: 'Of the visitors.' }),
    returningVisitors: t.exposeFloat('returningVisitors', {
      nullable: true,
      description: 'Of the returning visitors.',
    }),
    bounces: t.exposeFloat('bounces', { nullable: true, description: 'Of the bounces.' }),
    bounceRate: t.exposeFloat('bounceRate', { nullable: true, description: 'Of the bounce rate.' }),
    timedVisits: t.exposeFloat('timedVisits', { nullable: true, description: 'Of the timed visits.' }),
    spentSeconds: t.exposeFloat('spentSeconds', { nullable: true, description: 'Of the spent seconds.' }),
    averageSpentSeconds: t.exposeFloat('averageSpentSeconds', {
      nullable: true,
      description: 'Of the average of spent seconds.',
    }),
  }),
});
