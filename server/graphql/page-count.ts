import { countedDescriptions } from '../domain/counted.ts';
import type { PageCount } from '../domain/page.ts';
import { builder, SITE_ARGUMENT } from './builder.ts';
import { enumValues } from './enum-values.ts';

const DEFAULT_COUNTS = 100;

const PageCountObject = builder.objectRef<PageCount>('PageCount').implement({
  description: 'A page and how often it was visited.',
  fields: (t) => ({
    path: t.exposeString('path', { description: 'The path of the page, percent-encoded as in URLs.' }),
    count: t.expose('count', { type: 'SafeInt', description: 'Visits since the beginning.' }),
  }),
});

const CountsOrder = builder.enumType('CountsOrder', {
  description: 'What pages are ordered by.',
  values: {
    COUNT: { value: 'count', description: 'The most visited first, then by path.' },
    PATH: { value: 'path', description: 'By path, as its characters are numbered.' },
  } as const,
});

const CountedEnum = builder.enumType('Counted', {
  description: 'What is counted.',
  values: enumValues(countedDescriptions),
});

const countArguments = builder.args((t) => ({
  site: t.id({ description: SITE_ARGUMENT }),
  path: t.string({
    description: 'The path of a page, normalised as in a registration. Without it, all pages of the site.',
  }),
  of: t.field({ type: CountedEnum, required: true, defaultValue: 'visits', description: 'What is counted.' }),
}));

builder.queryFields((t) => ({
  count: t.field({
    type: 'SafeInt',
    description:
      'Visits or views of a page or of the whole site since the beginning; 0 where the page is unknown.',
    args: countArguments,
    resolve: (_root, { site, ...what }, { domain, caller }) =>
      domain.counts.count({ site, reader: caller }, what),
  }),
  counts: t.field({
    type: [PageCountObject],
    description: 'Pages with at least one visit, the most visited first where nothing else is said.',
    args: {
      site: t.arg.id({ description: SITE_ARGUMENT }),
      first: t.arg.int({
        required: true,
        defaultValue: DEFAULT_COUNTS,
        description: 'How many pages at most, from 1 to 10000.',
      }),
      after: t.arg.string({ description: 'Only pages after the one with this path in the order.' }),
      search: t.arg.string({
        description: 'Only paths that contain this text, whatever the case of ASCII letters.',
      }),
      orderBy: t.arg({
        type: CountsOrder,
        required: true,
        defaultValue: 'count',
        description: 'What the pages are ordered by.',
      }),
    },
    resolve: (_root, { site, ...list }, { domain, caller }) =>
      domain.counts.counts({ site, reader: caller }, list),
  }),
}));

builder.subscriptionFields((t) => ({
  count: t.field({
    type: 'SafeInt',
    description:
      'Visits or views of a page or of the whole site: first as many as there are, then each change, at most four a ' +
      'second. The value never falls, and slow readers get the newest.',
    args: countArguments,
    subscribe: (_root, { site, ...what }, { domain, caller }) =>
      domain.live.count({ site, reader: caller }, what),
    resolve: (count) => count,
  }),
}));
