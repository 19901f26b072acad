import { builder, SITE_ARGUMENT } from './builder.ts';

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
    visits: t.field({
      type: 'SafeInt',
      description: 'Visits of all pages, since the beginning.',
      select: { slug: true },
      resolve: ({ slug }, _args, { domain }) => domain.counts.count(slug, {}),
    }),
    views: t.field({
      type: 'SafeInt',
      description: 'Visits and pixel views of all pages, since the beginning.',
      select: { slug: true },
      resolve: ({ slug }, _args, { domain }) => domain.counts.count(slug, { of: 'views' }),
    }),
  }),
});

builder.queryFields((t) => ({
  site: t.prismaField({
    type: SiteObject,
    nullable: true,
    description: 'A site.',
    args: { id: t.arg.id({ description: SITE_ARGUMENT }) },
    async resolve(query, _root, args, { domain, entities }) {
      const { id } = await domain.sites.find(args.id);
      return entities.site.findUniqueOrThrow({ ...query, where: { id } });
    },
  }),
  sites: t.prismaField({
    type: [SiteObject],
    description: 'All sites, in the order they were created.',
    async resolve(query, _root, _args, { domain, entities }) {
      const ids = (await domain.sites.all()).map(({ id }) => id);
      return entities.site.findMany({ ...query, where: { id: { in: ids } }, orderBy: { id: 'asc' } });
    },
  }),
}));
