import { DomainError } from '../domain/errors.ts';
import { visibilityOf } from '../domain/site.ts';
import { builder, SITE_ARGUMENT } from './builder.ts';
import { VisibilityEnum } from './visibility.ts';

const NULL_WHERE = 'null where they are not for the caller to read.';

const SiteObject = builder.prismaObject('Site', {
  description: 'A tracked property.',
  fields: (t) => ({
    id: t.exposeID('slug', { description: 'Short name, used wherever a site is asked for.' }),
    name: t.exposeString('name', { description: 'What the site is called.' }),
    baseUrls: t.stringList({
      description: 'Origins that the site is served from; the first is its main one.',
      select: { baseUrls: { orderBy: { position: 'asc' } } },
      resolve: ({ baseUrls }) => baseUrls.map(({ origin }) => origin),
    }),
    timeZone: t.exposeString('timeZone', {
      description: 'IANA zone or fixed offset in which days of the site begin and end.',
    }),
    minDelaySecs: t.field({
      type: 'NonNegativeInt',
      description: 'Visible seconds after which a visit counts.',
      select: { minDelaySecs: true },
      resolve: ({ minDelaySecs }) => minDelaySecs,
    }),
    visibility: t.field({
      type: VisibilityEnum,
      description: 'Who may read the figures of the site.',
      select: { visibility: true },
      resolve: ({ visibility }) => visibilityOf(visibility),
    }),
    visits: t.field({
      type: 'SafeInt',
      nullable: true,
      description: `Visits of all pages, since the beginning; ${NULL_WHERE}`,
      select: { slug: true },
      resolve: ({ slug }, _args, { domain, caller }) =>
        nullWhereForbidden(domain.counts.count({ site: slug, reader: caller }, {})),
    }),
    views: t.field({
      type: 'SafeInt',
      nullable: true,
      description: `Visits and pixel views of all pages, since the beginning; ${NULL_WHERE}`,
      select: { slug: true },
      resolve: ({ slug }, _args, { domain, caller }) =>
        nullWhereForbidden(domain.counts.count({ site: slug, reader: caller }, { of: 'views' })),
    }),
  }),
});

builder.queryFields((t) => ({
  site: t.prismaField({
    type: SiteObject,
    nullable: true,
    description: 'A site.',
    args: { id: t.arg.id({ description: SITE_ARGUMENT }) },
    async resolve(query, _root, { id: site }, { domain, caller, entities }) {
      const { id } = await domain.sites.find({ site, reader: caller });
      return entities.site.findUniqueOrThrow({ ...query, where: { id } });
    },
  }),
  sites: t.prismaField({
    type: [SiteObject],
    description: 'All sites that may be read, in the order they were created.',
    async resolve(query, _root, _args, { domain, caller, entities }) {
      const ids = (await domain.sites.all(caller)).map(({ id }) => id);
      return entities.site.findMany({ ...query, where: { id: { in: ids } }, orderBy: { id: 'asc' } });
    },
  }),
}));

/** So that a list of sites tells of all of them what it may. */
async function nullWhereForbidden(count: Promise<number>): Promise<number | null> {
  try {
    return await count;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'FORBIDDEN') return null;
    throw error;
  }
}
