import { type AuditEntry, auditActions } from '../../domain/audit.ts';
import { MAX_AUDIT } from '../../domain/site-administration.ts';
import { builder } from '../builder.ts';
import { enumValues } from '../enum-values.ts';

const DEFAULT_SIZE = 50;

const AuditActionEnum = builder.enumType('AuditAction', {
  description: 'What was done.',
  values: enumValues(auditActions),
});

interface Change {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

const AuditChangeObject = builder.objectRef<Change>('AuditChange').implement({
  description: 'What something was and is.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'Name of the field.' }),
    before: t.string({
      nullable: true,
      description: 'As JSON; null where there was nothing.',
      resolve: ({ before }) => jsonOf(before),
    }),
    after: t.string({
      nullable: true,
      description: 'As JSON; null where there is nothing.',
      resolve: ({ after }) => jsonOf(after),
    }),
  }),
});

const AuditEntryObject = builder.objectRef<AuditEntry>('AuditEntry').implement({
  description: 'Who changed what of sites and tokens, and when.',
  fields: (t) => ({
    id: t.id({ description: 'Its number, which rises with time.', resolve: ({ id }) => String(id) }),
    at: t.field({ type: 'DateTime', description: 'When.', resolve: ({ at }) => new Date(at) }),
    actor: t.exposeString('actor', {
      description:
        'Name of the token; or admin_token, command line, configuration, first start, maintenance.',
    }),
    action: t.expose('action', { type: AuditActionEnum, description: 'What was done.' }),
    site: t.id({
      nullable: true,
      description: 'The id of the site, as it was then.',
      resolve: ({ site }) => site?.slug ?? null,
    }),
    token: t.exposeString('token', {
      nullable: true,
      description: 'Name and public part of the token that it is about.',
    }),
    changes: t.field({
      type: [AuditChangeObject],
      description: 'What differs.',
      resolve: ({ changes }) =>
        Object.entries(changes).map(([field, [before, after]]) => ({ field, before, after })),
    }),
  }),
});

builder.queryFields((t) => ({
  auditLog: t.field({
    type: [AuditEntryObject],
    description: 'Who changed what of a site, or of all that the token which asks administers, newest first.',
    args: {
      site: t.arg.id({ description: 'The id of the site. Default: all.' }),
      first: t.arg.int({
        description: `How many at most: 1 to ${MAX_AUDIT}, ${DEFAULT_SIZE} where nothing is said.`,
      }),
      before: t.arg.id({ description: 'Only what comes after the entry with this id.' }),
    },
    resolve: (_root, { site, first, before }, { domain, caller }) =>
      domain.administration.audit({ site, first: first ?? DEFAULT_SIZE, before: numberOf(before) }, caller),
  }),
}));

/** The number of an entry; one that is none has nothing after it. */
function numberOf(id: string | null | undefined): number | null {
  if (id === null || id === undefined) return null;
  return /^\d{1,15}$/.test(id) ? Number(id) : 0;
}

function jsonOf(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
