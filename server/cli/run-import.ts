import type { Command } from 'commander';
import { importRecords } from '../domain/import/importer.ts';
import type { ImportSource } from '../domain/import/record.ts';
import type { ImportReport } from '../domain/import/report.ts';
import type { Site } from '../domain/site.ts';
import { createImportStorage } from '../storage/imports.ts';
import { givenSite } from './given-site.ts';
import { printJson } from './json.ts';
import type { Opened } from './on-database.ts';
import { createProgress, format } from './progress.ts';
import { stoppable } from './stopping.ts';

/** Options that every import has. */
export interface ImportFlags {
  readonly site?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Adds a command below `oxicount import` with the options that all of them have. */
export function importCommand(parent: Command, program: string, description: string): Command {
  return parent
    .command(program)
    .description(description)
    .option('--site <slug>', 'the site that it is for; may be left out where there is one')
    .option('--dry-run', 'change nothing, and say what would be imported')
    .option('--json', 'say it as JSON');
}

/**
 * Imports what a source has into a site, shows how far it is, and says what became of it and what was left out.
 * @param program what it comes from, `plausible`: always the same, since what it says again is known again by it
 */
export async function runImport(
  opened: Opened,
  program: string,
  source: ImportSource,
  flags: ImportFlags,
): Promise<void> {
  const { config, database } = opened;
  const site = await givenSite(opened, flags.site);
  const dryRun = flags.dryRun ?? false;
  const progress = createProgress({
    total: source.size,
    unit: source.unit,
    output: process.stderr,
    clock: () => performance.now(),
  });
  const begun = performance.now();
  try {
    const report = await stoppable((signal) =>
      importRecords(source, {
        storage: createImportStorage(database, { clock: Date.now, dryRun }),
        site,
        program,
        visitorDays: config.visitorDays,
        clock: Date.now,
        signal,
        progress: () => progress.show(source.read()),
      }),
    );
    progress.end();
    const seconds = (performance.now() - begun) / 1000;
    if (flags.json) printJson({ site: site.slug, source: source.name, dryRun, seconds, ...report });
    else process.stdout.write(describe(report, source, site, { dryRun, seconds }));
    if (!report.complete && !dryRun) {
      process.stderr.write(
        'Not all of it is imported. The same command goes on, and counts nothing twice.\n',
      );
    }
  } finally {
    progress.end();
  }
}

function describe(
  { visits, pixelViews, figures, thereAlready, pages, leftOut }: ImportReport,
  { name }: ImportSource,
  { slug }: Site,
  { dryRun, seconds }: { readonly dryRun: boolean; readonly seconds: number },
): string {
  const what = [
    `${format(visits)} visits`,
    `${format(pixelViews)} pixel views`,
    ...(figures > 0 ? [`${format(figures)} figures of days`] : []),
  ];
  const verb = dryRun ? 'Would import' : 'Imported';
  const lines = [
    `${verb} ${listed(what)} of the ${name} into the site ${slug}, with ${format(pages)} new pages, in ${seconds.toFixed(1)} s.`,
    ...(thereAlready > 0 ? [`${format(thereAlready)} were there already.`] : []),
    ...leftOut.flatMap(({ why, count, examples }) => [
      `Left out ${format(count)}: ${why}.`,
      ...examples.map((example) => `  ${example}`),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

function listed(parts: readonly string[]): string {
  return parts.length === 1 ? `${parts[0]}` : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
