import type { Grant } from '../../domain/access.ts';
import { builder } from '../builder.ts';
import { FilterValueObject, FixedRangeObject, filterValues } from './restriction.ts';
import { ScopeEnum } from './scope.ts';

const ViewerObject = builder.objectRef<Grant>('Viewer').implement({
  description: 'Whoever asks, as their token says.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What the token is called.' }),
    scopes: t.expose('scopes', { type: [ScopeEnum], description: 'What it is good for.' }),
    site: t.id({
      nullable: true,
      description: 'The id of the only site that it is good for; null for all.',
      resolve: ({ token }) => token?.site?.slug ?? null,
    }),
    filter: t.field({
      type: [FilterValueObject],
      description: 'Only visits that have all of these values can be read with it; empty for all.',
      resolve: ({ restriction }) => filterValues(restriction?.filter ?? null),
    }),
    range: t.field({
      type: FixedRangeObject,
      nullable: true,
      description: 'Only what lies in this range can be read with it; null for all time.',
      resolve: ({ restriction }) => restriction?.range ?? null,
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'From then on it is good no more; null for never.',
      resolve: ({ token }) => (token?.expiresAt ? new Date(token.expiresAt) : null),
    }),
  }),
});

builder.queryFields((t) => ({
  viewer: t.field({
    type: ViewerObject,
    nullable: true,
    description: 'Whoever asks; null without a token.',
    resolve: (_root, _args, { domain, caller }) => domain.access.grantOf(caller),
  }),
}));
