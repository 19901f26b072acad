import type { Visit } from '../domain/visit.ts';
import { builder, PATH_ARGUMENT, SITE_ARGUMENT } from './builder.ts';
import { connectionOf } from './connections.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

const VisitObject = builder.objectRef<Visit>('Visit').implement({
  description: 'A registration that lasted the minimum delay, and so was counted.',
  fields: (t) => ({
    id: t.id({
      description: 'Names this visit. Not the visit id of its registration, which stays with the reader.',
      resolve: ({ siteId, pageId, registeredAt, nonce }) =>
        Buffer.from(`${siteId}.${pageId}.${registeredAt}.${nonce}`).toString('base64url'),
    }),
    path: t.exposeString('path', { description: 'The path of the page, percent-encoded as in URLs.' }),
    registeredAt: t.field({
      type: 'DateTime',
      description: 'When the page was first visible.',
      resolve: ({ registeredAt }) => new Date(registeredAt),
    }),
    referrer: t.exposeString('referrer', {
      nullable: true,
      description: 'Host of the page that led here; null where there was none that counts.',
    }),
    spentSeconds: t.expose('spentSeconds', {
      type: 'NonNegativeInt',
      nullable: true,
      description: 'Seconds the page was visible; null until it reported on leaving.',
    }),
  }),
});

builder.queryFields((t) => ({
  history: t.connection(
    {
      type: VisitObject,
      description: 'Visits of a page, newest first. Pages stay as they are while new visits come in.',
      args: {
        site: t.arg.id({ description: SITE_ARGUMENT }),
        path: t.arg.string({ required: true, description: PATH_ARGUMENT }),
      },
      async resolve(_root, { site, path, first, after, last, before }, { domain, caller }) {
        const range = {
          first,
          last,
          after: typeof after === 'string' ? decodeCursor('after', after) : null,
          before: typeof before === 'string' ? decodeCursor('before', before) : null,
        };
        const { visits, ...beyond } = await domain.history.read({ site, reader: caller }, path, range);
        const edges = visits.map((node) => ({ node, cursor: encodeCursor(node) }));
        return { ...connectionOf(edges, beyond), site, path };
      },
    },
    {
      name: 'VisitConnection',
      description: 'A part of the visits of a page.',
      fields: (connection) => ({
        totalCount: connection.field({
          type: 'SafeInt',
          description: 'Visits of the page since the beginning.',
          resolve: ({ site, path }, _args, { domain, caller }) =>
            domain.counts.count({ site, reader: caller }, { path }),
        }),
      }),
    },
    { name: 'VisitEdge', description: 'A visit and where it stands.' },
  ),
}));

builder.subscriptionFields((t) => ({
  visitCounted: t.field({
    type: VisitObject,
    nullable: true,
    description:
      'Each visit as it is counted, of the site or of one page. Null is a gap: visits may have been missed there, ' +
      'since the reader is slow and the oldest gave way, or since this replica did not hear of the others for a while. ' +
      'What was missed stands in `history`.',
    args: {
      site: t.arg.id({ description: SITE_ARGUMENT }),
      path: t.arg.string({ description: 'Only visits of this page.' }),
    },
    subscribe: (_root, { site, path }, { domain, caller }) =>
      domain.live.visitCounted({ site, reader: caller }, path),
    resolve: (visit) => visit,
  }),
}));
