import type { PublicPart, Site, SiteDeclaration } from '../domain/site.ts';
import { visibilityOf } from '../domain/site.ts';
import type { Queries } from './database.ts';
import type { BaseUrl, Site as Row } from './generated/sqlite/client.ts';

/** What is read with a site. */
export const WITH_BASE_URLS = { baseUrls: { orderBy: { position: 'asc' } } } as const;

/** A site as its rows say. */
export function siteOf(row: Row & { readonly baseUrls: readonly BaseUrl[] }): Site {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    baseUrls: row.baseUrls.map(({ origin }) => origin),
    callbackOrigin: row.callbackOrigin,
    timeZone: row.timeZone,
    minDelaySecs: row.minDelaySecs,
    pathPatterns: JSON.parse(row.pathPatterns),
    respectDnt: row.respectDnt,
    retentionDays: row.retentionDays,
    visibility: visibilityOf(row.visibility),
    ...publicPartOf(row),
  };
}

function publicPartOf({ publicPages, publicFigures }: Row): PublicPart {
  return { publicPages: JSON.parse(publicPages), publicFigures: JSON.parse(publicFigures) };
}

/** The columns of a site, but for what is in other rows. */
export function columnsOf(site: SiteDeclaration) {
  return {
    slug: site.slug,
    name: site.name,
    callbackOrigin: site.callbackOrigin,
    timeZone: site.timeZone,
    minDelaySecs: site.minDelaySecs,
    pathPatterns: JSON.stringify(site.pathPatterns),
    respectDnt: site.respectDnt,
    retentionDays: site.retentionDays,
    visibility: site.visibility,
    publicPages: JSON.stringify(site.publicPages),
    publicFigures: JSON.stringify(site.publicFigures),
  };
}

/** Makes these the base URLs of the site, where no other site has one of them. */
export async function setBaseUrls(
  queries: Queries,
  siteId: number,
  baseUrls: readonly string[],
): Promise<void> {
  await queries.baseUrl.deleteMany({ where: { siteId } });
  for (const [position, origin] of baseUrls.entries()) {
    await queries.baseUrl.create({ data: { origin, siteId, position } });
  }
}
