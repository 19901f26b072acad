import { operator } from '../domain/access.ts';
import type { AdministeredSite } from '../domain/site.ts';
import { wordOf } from './argument.ts';
import { isoOf, printJson } from './json.ts';
import type { Instance } from './on-instance.ts';
import { format } from './progress.ts';
import { table } from './table.ts';

/** Prints all sites, archived ones and those that are being deleted included. */
export async function listSites(
  { administration, storage }: Instance,
  { json = false }: { readonly json?: boolean },
): Promise<void> {
  const sites = await Promise.all(
    (await administration.all(operator)).map(async (site) => ({
      site,
      visits: (await storage.siteTotals(site.id)).visits,
    })),
  );
  if (json) {
    printJson(sites.map(({ site, visits }) => ({ ...jsonOf(site), visits })));
  } else if (sites.length === 0) {
    process.stdout.write('There is no site yet. oxicount site add --help says how one is made.\n');
  } else {
    const headings = ['slug', 'name', 'base URLs', 'time zone', 'visibility', 'state', 'visits'];
    const rows = sites.map(({ site, visits }) => [
      site.slug,
      site.name,
      site.baseUrls.join(' '),
      site.timeZone,
      site.visibility,
      stateOf(site),
      format(visits),
    ]);
    process.stdout.write(table(headings, rows));
  }
}

function jsonOf({ id, publicFigures, archivedAt, deletedAt, ...site }: AdministeredSite) {
  return {
    ...site,
    publicFigures: publicFigures.map(wordOf),
    state: stateOf({ ...site, archivedAt, deletedAt }),
    archivedAt: isoOf(archivedAt),
    deletedAt: isoOf(deletedAt),
  };
}

function stateOf(site: Pick<AdministeredSite, 'declared' | 'archivedAt' | 'deletedAt'>): string {
  if (site.deletedAt !== null) return 'being deleted';
  if (site.archivedAt !== null) return 'archived';
  return site.declared ? 'in the configuration' : 'active';
}
