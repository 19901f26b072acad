import type { Command } from 'commander';
import type { ImportSource } from '../domain/import/record.ts';
import type { Site } from '../domain/site.ts';
import { openCountries } from '../geo/countries.ts';
import { openAccessLog } from '../import/access-log.ts';
import { openGoatcounter } from '../import/goatcounter.ts';
import { openPlausible } from '../import/plausible.ts';
import { openUmami } from '../import/umami.ts';
import { givenSite } from './given-site.ts';
import { type Opened, onDatabase } from './on-database.ts';
import { type ImportFlags, importCommand, runImport } from './run-import.ts';

const STANDARD_INPUT = 'or - for the standard input; with or without gzip';

/** Adds the imports of files below `oxicount import`. */
export function addFileImports(parent: Command): void {
  importCommand(parent, 'goatcounter', 'Import the page views in a CSV export of GoatCounter, as visits.')
    .argument('<file>', `the export, ${STANDARD_INPUT}`)
    .action((file: string, flags: ImportFlags) =>
      importFile('goatcounter', flags, ({ baseUrls }) => openGoatcounter(file, baseUrls)),
    );
  importCommand(parent, 'plausible', 'Import the figures of days in a CSV export of Plausible.')
    .argument('<file>', 'the export, a zip archive')
    .action((file: string, flags: ImportFlags) =>
      importFile('plausible', flags, ({ baseUrls, pathPatterns }) =>
        openPlausible(file, { ownOrigins: baseUrls, pathPatterns }),
      ),
    );
  importCommand(parent, 'umami', 'Import the page views in an export of Umami, as visits.')
    .argument('<file>', `the export, a zip archive or its website_event.csv, ${STANDARD_INPUT}`)
    .option('--website <id>', 'which website of several, by its website_id')
    .action((file: string, flags: ImportFlags & { readonly website?: string }) =>
      importFile('umami', flags, ({ baseUrls }) =>
        openUmami(file, { ownOrigins: baseUrls, website: flags.website }),
      ),
    );
  importCommand(
    parent,
    'log',
    'Import what readers asked a web server for, as pixel views, from logs in the combined format.',
  )
    .argument('<files...>', `logs, oldest first, ${STANDARD_INPUT}`)
    .option('--also <endings...>', 'files that are pages here, by the end of their names, such as pdf')
    .action((files: string[], flags: ImportFlags & { readonly also?: string[] }) =>
      importFile('log', flags, async ({ baseUrls }, { config }) =>
        openAccessLog(files, {
          ownOrigins: baseUrls,
          country: await openCountries({ source: config.countryDatabase, log: SILENT }),
          also: (flags.also ?? []).map((ending) => ending.replace(/^\./, '').toLowerCase()),
        }),
      ),
    );
}

// A table of countries that is replaced meanwhile is worth no word here.
const SILENT = { info: () => {}, warn: () => {} };

function importFile(
  program: string,
  flags: ImportFlags,
  open: (site: Site, opened: Opened) => Promise<ImportSource>,
): Promise<void> {
  return onDatabase(async (opened) => {
    const site = await givenSite(opened, flags.site);
    await runImport(opened, program, await open(site, opened), flags);
  });
}
