import type { Command } from 'commander';
import { DomainError } from '../domain/errors.ts';
import { createRollups } from '../domain/rollups.ts';
import { noSite } from './no-site.ts';
import { type Opened, onDatabase } from './on-database.ts';
import { rebuildRollups } from './rebuild.ts';

/** `oxicount rollups`: the figures that are kept beside the visits. */
export function addRollups(program: Command): void {
  const rollups = program
    .command('rollups')
    .description('Manage the daily figures that statistics are read from.');
  rollups
    .command('rebuild')
    .description('Make them anew from the visits, in batches, while the service runs.')
    .option('--site <slug>', 'only those of one site')
    .action(({ site }: { site?: string }) => onDatabase((opened) => rebuild(opened, site)));
}

async function rebuild({ storage }: Opened, slug: string | undefined): Promise<void> {
  const known = await storage.sites();
  const sites = known.filter((site) => slug === undefined || site.slug === slug);
  if (slug !== undefined && sites.length === 0) throw noSite(slug, await storage.administration.sites());
  if (sites.length === 0) throw new DomainError('SITE_NOT_FOUND', 'The instance has no site yet.');
  const rollups = createRollups({ storage, clock: Date.now });
  for (const site of sites) await rebuildRollups(rollups, site);
}
