import type { SiteDeclaration } from '../domain/site.ts';
import type { Reading } from './sql.ts';

/** A site as far as checks need it. */
export interface KnownSite
  extends Pick<SiteDeclaration, 'slug' | 'baseUrls' | 'callbackOrigin' | 'timeZone'> {
  readonly isPublic: boolean;
}

const SITES = `SELECT s.slug, s.callback_origin, s.time_zone, s.visibility, s.declared, b.origin
  FROM oxi_sites s JOIN oxi_base_urls b ON b.site_id = s.id
  WHERE s.archived_at IS NULL AND s.deleted_at IS NULL ORDER BY s.id, b.position`;

/**
 * The sites of the configuration, and those that were added to the database. The demo is none: its pages are those of
 * the instance itself. Where the database cannot be read, the configuration is all there is.
 */
export async function knownSites(
  declared: readonly SiteDeclaration[],
  database: Reading | null,
): Promise<readonly KnownSite[]> {
  const sites = new Map<string, KnownSite>();
  for (const row of (await database?.ask(SITES).catch(() => [])) ?? []) {
    const slug = String(row['slug']);
    // Those of the configuration are as it says, be it since now.
    if (row['declared'] === true || row['declared'] === 1) continue;
    const before = sites.get(slug)?.baseUrls ?? [];
    sites.set(slug, {
      slug,
      baseUrls: [...before, String(row['origin'])],
      callbackOrigin: String(row['callback_origin']),
      timeZone: String(row['time_zone']),
      isPublic: row['visibility'] === 'public',
    });
  }
  for (const site of declared) sites.set(site.slug, { ...site, isPublic: site.visibility === 'public' });
  return [...sites.values()];
}
