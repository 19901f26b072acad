import type { Command } from 'commander';
import { operator } from '../domain/access.ts';
import { changesBetween } from '../domain/audit.ts';
import { DomainError } from '../domain/errors.ts';
import { createRollups } from '../domain/rollups.ts';
import type { AdministeredSite } from '../domain/site.ts';
import { baseUrlOf } from './base-url.ts';
import { describeChanges } from './changes.ts';
import { examples } from './examples.ts';
import { knownSite } from './known-site.ts';
import { type Instance, onInstance, SEEN_AFTER_SECS } from './on-instance.ts';
import { rebuildRollups } from './rebuild.ts';
import { deleteSite } from './site-delete.ts';
import { listSites } from './site-list.ts';
import { addSiteOptions, readSlug, type SiteOptions, siteInputOf } from './site-options.ts';

const SOON = `A running service sees it within ${SEEN_AFTER_SECS} seconds.`;

/** `oxicount site`: the sites of the instance. */
export function addSite(program: Command): void {
  const site = program
    .command('site')
    .description('Make, change, archive and delete sites, also while the service runs.');

  site
    .command('list')
    .description('Show all sites, archived ones and those that are being deleted included.')
    .option('--json', 'as JSON, with all settings')
    .addHelpText('after', examples('oxicount site list', 'oxicount site list --json'))
    .action((options: { json?: boolean }) => onInstance((instance) => listSites(instance, options)));

  addSiteOptions(
    site
      .command('add')
      .description('Make a site. What is not said is as the configuration has it for the instance.')
      .argument('<slug>', 'its short name in addresses and queries', readSlug),
    { isNew: true },
  )
    .addHelpText(
      'after',
      examples(
        'oxicount site add docs --base-url https://docs.example',
        'oxicount site add shop --base-url https://shop.example https://www.shop.example --time-zone Europe/Berlin',
        'oxicount site add blog --base-url https://blog.example --visibility selected --public-page "/posts/*"',
      ),
    )
    .action((slug: string, options: SiteOptions) => onInstance((instance) => add(instance, slug, options)));

  addSiteOptions(
    site
      .command('change')
      .description('Change what is said of a site; the rest stays. A list takes the place of the one before.')
      .argument('<slug>')
      .option('--slug <slug>', 'another short name', readSlug),
    { isNew: false },
  )
    .addHelpText(
      'after',
      examples(
        'oxicount site change docs --name Documentation --visibility private',
        'oxicount site change docs --slug handbook',
        'oxicount site change docs --no-path-pattern --retention-days 0',
      ),
    )
    .action((slug: string, options: SiteOptions) =>
      onInstance((instance) => change(instance, slug, options)),
    );

  site
    .command('archive')
    .description('Count nothing on a site any more, and show it to nobody. It keeps all it has.')
    .argument('<slug>')
    .addHelpText('after', examples('oxicount site archive docs'))
    .action((slug: string) => onInstance((instance) => archive(instance, slug)));

  site
    .command('restore')
    .description('Make an archived site active again.')
    .argument('<slug>')
    .addHelpText('after', examples('oxicount site restore docs'))
    .action((slug: string) => onInstance((instance) => restore(instance, slug)));

  site
    .command('delete')
    .description(
      'Remove a site and every row of it, for ever. What was stopped goes on with the same command.',
    )
    .argument('<slug>')
    .option('--yes', 'without asking for the slug to be typed')
    .addHelpText('after', examples('oxicount site delete docs', 'oxicount site delete docs --yes'))
    .action((slug: string, options: { yes?: boolean }) =>
      onInstance((instance) => deleteSite(instance, slug, options)),
    );
}

async function add({ administration, config }: Instance, slug: string, options: SiteOptions): Promise<void> {
  const site = await administration.create({ ...siteInputOf(options), slug }, operator);
  const baseUrl = baseUrlOf(config);
  const snippet =
    baseUrl === null
      ? 'Paste the snippet that the service shows when it starts into its pages.'
      : `Paste this into its pages, before </head>:\n\n    <script defer src="${baseUrl}/count.js"></script>\n`;
  process.stdout.write(
    `Added the site ${slug}, served from ${site.baseUrls.join(', ')}. ${SOON}\n${snippet}\n`,
  );
}

async function change(instance: Instance, slug: string, options: SiteOptions): Promise<void> {
  if (Object.keys(options).length === 0) {
    throw new DomainError('INVALID_ARGUMENT', 'Say what to change; --help lists what can be.');
  }
  const before = await knownSite(instance, slug);
  const after = await instance.administration.change(slug, siteInputOf(options), operator);
  const changes = changesBetween<AdministeredSite>(before, after);
  if (Object.keys(changes).length === 0) {
    process.stdout.write(`The site ${slug} is like that already.\n`);
    return;
  }
  process.stdout.write(`Changed the site ${slug}: ${describeChanges(changes)}. ${SOON}\n`);
  if (changes['timeZone'] === undefined || after.archivedAt !== null) return;
  process.stdout.write('Its days begin at another time, so its roll-ups are made anew.\n');
  await rebuildRollups(createRollups({ storage: instance.storage, clock: Date.now }), after);
}

async function archive(instance: Instance, slug: string): Promise<void> {
  await knownSite(instance, slug);
  await instance.administration.archive(slug, operator);
  process.stdout.write(`The site ${slug} is archived. ${SOON}\n`);
}

async function restore(instance: Instance, slug: string): Promise<void> {
  await knownSite(instance, slug);
  await instance.administration.restore(slug, operator);
  process.stdout.write(`The site ${slug} is active. ${SOON}\n`);
}
