import type { Deletion } from '../../domain/ports.ts';
import { type AdministeredSite, figureKinds } from '../../domain/site.ts';
import { builder } from '../builder.ts';
import { enumValues } from '../enum-values.ts';
import { VisibilityEnum } from '../visibility.ts';

// Well below what an operation may take.
const PATIENCE_MS = 3_000;

const SITE = 'The id of the site.';
const FIELDS = {
  name: 'What the site is called.',
  baseUrls: 'Origins that it is served from, such as https://blog.example; each belongs to one site.',
  callbackOrigin: 'Origin that is asked whether a page exists.',
  timeZone: 'IANA zone or fixed offset in which its days begin.',
  minDelaySecs: 'Visible seconds after which a visit counts.',
  pathPatterns: 'Patterns such as /user/:id or /docs/* that fold the paths they match into one page.',
  respectDnt: 'Whether `DNT: 1` makes a visit anonymous, as `Sec-GPC: 1` always does.',
  visibility: 'Who may read its figures.',
  publicPages:
    'Where the visibility is SELECTED: patterns of the pages whose figures are public; empty for all, and for the site as a whole.',
  publicFigures: 'Where the visibility is SELECTED: the figures that are public; empty for all.',
} as const;

const FigureKindEnum = builder.enumType('FigureKind', {
  description: 'Kinds of figures, which a site can show one by one.',
  values: enumValues(figureKinds),
});

const AdministeredSiteObject = builder.objectRef<AdministeredSite>('AdministeredSite').implement({
  description: 'A site with its settings, as those who administer it see it.',
  fields: (t) => ({
    id: t.exposeID('slug', { description: 'Short name, used wherever a site is asked for.' }),
    name: t.exposeString('name', { description: FIELDS.name }),
    baseUrls: t.stringList({ description: FIELDS.baseUrls, resolve: ({ baseUrls }) => [...baseUrls] }),
    callbackOrigin: t.exposeString('callbackOrigin', { description: FIELDS.callbackOrigin }),
    timeZone: t.exposeString('timeZone', { description: FIELDS.timeZone }),
    minDelaySecs: t.expose('minDelaySecs', { type: 'NonNegativeInt', description: FIELDS.minDelaySecs }),
    pathPatterns: t.stringList({
      description: FIELDS.pathPatterns,
      resolve: ({ pathPatterns }) => [...pathPatterns],
    }),
    respectDnt: t.exposeBoolean('respectDnt', { description: FIELDS.respectDnt }),
    retentionDays: t.expose('retentionDays', {
      type: 'NonNegativeInt',
      nullable: true,
      description: 'Days that visits are kept; null for ever.',
    }),
    visibility: t.expose('visibility', { type: VisibilityEnum, description: FIELDS.visibility }),
    publicPages: t.stringList({
      description: FIELDS.publicPages,
      resolve: ({ publicPages }) => [...publicPages],
    }),
    publicFigures: t.field({
      type: [FigureKindEnum],
      description: FIELDS.publicFigures,
      resolve: ({ publicFigures }) => [...publicFigures],
    }),
    declared: t.exposeBoolean('declared', {
      description:
        'Whether it is in the configuration (or is the demo), and so is changed there and not here.',
    }),
    archivedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Since when nothing is counted on it, and nobody can read it; null where it is active.',
      resolve: ({ archivedAt }) => (archivedAt === null ? null : new Date(archivedAt)),
    }),
    deletedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Since when its rows are being removed; null where they are not.',
      resolve: ({ deletedAt }) => (deletedAt === null ? null : new Date(deletedAt)),
    }),
  }),
});

const SiteDeletionObject = builder.objectRef<Deletion>('SiteDeletion').implement({
  description: 'How far a site was deleted.',
  fields: (t) => ({
    rows: t.expose('rows', {
      type: 'SafeInt',
      description: 'Rows that were removed so far, visits included.',
    }),
    visits: t.expose('visits', { type: 'SafeInt', description: 'Visits and pixel views among them.' }),
    complete: t.exposeBoolean('complete', {
      description:
        'Whether nothing is left. Where it is not, the same again goes on, and so does the instance by and by.',
    }),
  }),
});

const SiteInput = builder.inputType('SiteInput', {
  description: 'What a site is to be. What is left out is as it was, or as the instance has it.',
  fields: (t) => ({
    id: t.id({ description: 'Short name of a-z, 0-9 and -, at most 64 characters. A new site needs one.' }),
    name: t.string({ description: `${FIELDS.name} Default: its id.` }),
    baseUrls: t.stringList({ description: `${FIELDS.baseUrls} A new site needs one.` }),
    callbackOrigin: t.string({ description: `${FIELDS.callbackOrigin} Default: its first base URL.` }),
    timeZone: t.string({ description: FIELDS.timeZone }),
    minDelaySecs: t.field({ type: 'NonNegativeInt', description: FIELDS.minDelaySecs }),
    pathPatterns: t.stringList({ description: FIELDS.pathPatterns }),
    respectDnt: t.boolean({ description: FIELDS.respectDnt }),
    retentionDays: t.field({
      type: 'NonNegativeInt',
      description: 'Days that visits are kept, at least 3; 0 for ever.',
    }),
    visibility: t.field({ type: VisibilityEnum, description: FIELDS.visibility }),
    publicPages: t.stringList({ description: FIELDS.publicPages }),
    publicFigures: t.field({ type: [FigureKindEnum], description: FIELDS.publicFigures }),
  }),
});

builder.queryFields((t) => ({
  administeredSites: t.field({
    type: [AdministeredSiteObject],
    description:
      'Sites that the token which asks administers, with their settings: in the order they were created, archived ' +
      'ones and those that are being deleted included.',
    resolve: async (_root, _args, { domain, caller }) => [...(await domain.administration.all(caller))],
  }),
}));

builder.mutationFields((t) => ({
  createSite: t.field({
    type: AdministeredSiteObject,
    description: 'Makes a site. For whoever administers the instance.',
    args: { input: t.arg({ type: SiteInput, required: true, description: 'What it is to be.' }) },
    resolve: (_root, { input: { id: slug, ...input } }, { domain, caller }) =>
      domain.administration.create({ slug, ...input }, caller),
  }),
  updateSite: t.field({
    type: AdministeredSiteObject,
    description:
      'Changes what is given of a site. Another time zone moves visits between days, which takes a while to show.',
    args: {
      id: t.arg.id({ required: true, description: SITE }),
      input: t.arg({ type: SiteInput, required: true, description: 'What it is to be.' }),
    },
    resolve: (_root, { id, input: { id: slug, ...input } }, { domain, caller }) =>
      domain.administration.change(id, { slug, ...input }, caller),
  }),
  archiveSite: t.field({
    type: AdministeredSiteObject,
    description: 'Counts nothing on the site any more, and shows it to nobody. It keeps all it has.',
    args: { id: t.arg.id({ required: true, description: SITE }) },
    resolve: (_root, { id }, { domain, caller }) => domain.administration.archive(id, caller),
  }),
  restoreSite: t.field({
    type: AdministeredSiteObject,
    description: 'Makes an archived site active again.',
    args: { id: t.arg.id({ required: true, description: SITE }) },
    resolve: (_root, { id }, { domain, caller }) => domain.administration.restore(id, caller),
  }),
  deleteSite: t.field({
    type: SiteDeletionObject,
    description: 'Takes a site away at once and removes every row of it, in batches. It cannot be undone.',
    args: { id: t.arg.id({ required: true, description: SITE }) },
    resolve: (_root, { id }, { domain, caller }) =>
      domain.administration.remove(id, caller, { patienceMs: PATIENCE_MS }),
  }),
}));
