import type { PageCount } from '../domain/page.ts';
import { builder, PATH_ARGUMENT, SITE_ARGUMENT } from './builder.ts';

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

builder.queryFields((t) => ({
  count: t.field({
    type: 'SafeInt',
    description: 'Visits of a page since the beginning; 0 where the page is unknown.',
    args: {
      site: t.arg.id({ description: SITE_ARGUMENT }),
      path: t.arg.string({ required: true, description: PATH_ARGUMENT }),
    },
    resolve: (_root, { site, path }, { domain, caller }) =>
      domain.counts.count({ site, reader: caller }, path),
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
      'Visits of a page: first as many as there are, then each change. Slow readers get the newest value.',
    args: {
      site: t.arg.id({ description: SITE_ARGUMENT }),
      path: t.arg.string({ required: true, description: PATH_ARGUMENT }),
    },
    subscribe: (_root, { site, path }, { domain, caller }) =>
      domain.live.count({ site, reader: caller }, path),
    resolve: (count) => count,
  }),
}));
