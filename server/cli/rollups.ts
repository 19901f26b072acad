import type { Command } from 'commander';
import { loadConfig } from '../config/config.ts';
import { DomainError } from '../domain/errors.ts';
import { createRollups } from '../domain/rollups.ts';
import { openDatabase } from '../storage/open.ts';
import { createStorage } from '../storage/storage.ts';
import { exitWith } from './exit.ts';
import { noSite } from './no-site.ts';

/** `oxicount rollups`: the figures that are kept beside the visits. */
export function addRollups(program: Command): void {
  const rollups = program
    .command('rollups')
    .description('Manage the daily figures that statistics are read from.');
  rollups
    .command('rebuild')
    .description('Make them anew from the visits, in batches, while the service runs.')
    .option('--site <slug>', 'only those of one site')
    .action(async ({ site }: { site?: string }) => {
      try {
        await rebuild(site);
      } catch (error) {
        exitWith(error);
      }
    });
}

async function rebuild(slug: string | undefined): Promise<void> {
  const config = loadConfig();
  const { database } = await openDatabase(config.database);
  const storage = createStorage(database, () => {});
  try {
    const known = await storage.sites();
    const sites = known.filter((site) => slug === undefined || site.slug === slug);
    if (slug !== undefined && sites.length === 0) throw noSite(slug, known);
    if (sites.length === 0) throw new DomainError('SITE_NOT_FOUND', 'The instance has no site yet.');
    const rollups = createRollups({ storage, clock: Date.now });
    for (const site of sites) {
      const begun = Date.now();
      let days = 0;
      await rollups.rebuild(site.id, (progress) => {
        days = progress.days;
        report(`${site.slug}: ${progress.daysDone} of ${progress.days} days`);
      });
      const seconds = ((Date.now() - begun) / 1000).toFixed(1);
      report('');
      process.stdout.write(`${site.slug}: roll-ups of ${days} days made anew in ${seconds} s.\n`);
    }
  } finally {
    await storage.close();
  }
}

/** A line that the next one replaces, for those who watch. */
function report(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
}
