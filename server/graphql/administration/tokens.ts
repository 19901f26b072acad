import { sharedLink } from '../../domain/shared-link.ts';
import type { Token } from '../../domain/token.ts';
import type { NewToken } from '../../domain/tokens.ts';
import { builder } from '../builder.ts';
import { StatsFilter } from '../stats/dimension.ts';
import { StatsRange } from '../stats/range.ts';
import { FilterValueObject, FixedRangeObject, filterValues } from './restriction.ts';
import { ScopeEnum } from './scope.ts';

const TokenObject = builder.objectRef<Token>('Token').implement({
  description: 'A bearer token, without its secret, which was shown once and is kept by nobody here.',
  fields: (t) => ({
    id: t.exposeID('prefix', {
      description: 'Its public part, which the token itself begins with after oxi_.',
    }),
    name: t.exposeString('name', { description: 'What it is called, here and in the audit log.' }),
    scopes: t.expose('scopes', { type: [ScopeEnum], description: 'What it is good for.' }),
    site: t.id({
      nullable: true,
      description: 'The id of the only site that it is good for; null for all.',
      resolve: ({ site }) => site?.slug ?? null,
    }),
    filter: t.field({
      type: [FilterValueObject],
      description: 'Only visits that have all of these values can be read with it; empty for all.',
      resolve: ({ filter }) => filterValues(filter),
    }),
    range: t.field({
      type: FixedRangeObject,
      nullable: true,
      description: 'Only what lies in this range can be read with it; null for all time.',
      resolve: ({ range }) => range,
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When it was made.',
      resolve: ({ createdAt }) => new Date(createdAt),
    }),
    expiresAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'From then on it is good no more; null for never.',
      resolve: ({ expiresAt }) => dateOf(expiresAt),
    }),
    lastUsedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was used last, to the minute; null where it never was.',
      resolve: ({ lastUsedAt }) => dateOf(lastUsedAt),
    }),
    revokedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was revoked; null where it was not.',
      resolve: ({ revokedAt }) => dateOf(revokedAt),
    }),
  }),
});

const CreatedTokenObject = builder.objectRef<NewToken>('CreatedToken').implement({
  description: 'A token that was made just now.',
  fields: (t) => ({
    token: t.expose('token', { type: TokenObject, description: 'What is kept of it.' }),
    secret: t.exposeString('text', {
      description: 'The whole of it, as it is sent: `Authorization: Bearer ...`. It is never shown again.',
    }),
    link: t.string({
      nullable: true,
      description:
        'Opens the dashboard with it, read-only; null where it is good for more than reading. What follows the # is ' +
        'sent to no server.',
      resolve: ({ token, text }, _args, { baseUrl }) => {
        if (token.scopes.some((scope) => scope !== 'READ')) return null;
        return sharedLink(baseUrl, token.site?.slug ?? null, text);
      },
    }),
  }),
});

const TokenInput = builder.inputType('TokenInput', {
  description: 'What a token is to be good for.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What it is called, here and in the audit log.' }),
    scopes: t.field({ type: [ScopeEnum], required: true, description: 'What it is good for; at least one.' }),
    site: t.id({ description: 'The id of the only site that it is good for. Default: all.' }),
    expiresAt: t.field({ type: 'DateTime', description: 'From then on it is good no more. Default: never.' }),
    filter: t.field({
      type: StatsFilter,
      description:
        'Only visits that have all of these values; for a token that does nothing but read one site.',
    }),
    range: t.field({ type: StatsRange, description: 'Only what lies in this range; likewise.' }),
  }),
});

builder.queryFields((t) => ({
  tokens: t.field({
    type: [TokenObject],
    description:
      'Tokens of a site, or all of those that the token which asks administers: in the order they were made, those ' +
      'that expired or were revoked included.',
    args: { site: t.arg.id({ description: 'The id of the site. Default: all.' }) },
    resolve: async (_root, { site }, { domain, caller }) => [...(await domain.tokens.list(site, caller))],
  }),
}));

builder.mutationFields((t) => ({
  createToken: t.field({
    type: CreatedTokenObject,
    description:
      'Makes a token. Whoever administers a site makes tokens for it; all others are made by whoever administers ' +
      'the instance. A token that only reads, with an expiry perhaps, makes a link to share.',
    args: { input: t.arg({ type: TokenInput, required: true, description: 'What it is to be good for.' }) },
    resolve: (_root, { input: { expiresAt, ...input } }, { domain, caller }) =>
      domain.tokens.create({ ...input, expiresAt: expiresAt?.getTime() ?? null }, caller),
  }),
  revokeToken: t.field({
    type: TokenObject,
    description: 'Makes a token good no more, within seconds on all replicas. Again does nothing.',
    args: { id: t.arg.id({ required: true, description: 'The public part of the token.' }) },
    resolve: (_root, { id }, { domain, caller }) => domain.tokens.revoke(id, caller),
  }),
}));

function dateOf(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}
