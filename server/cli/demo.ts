import { type Command, InvalidArgumentError } from 'commander';
import { type Config, loadConfig } from '../config/config.ts';
import { generateHistory, type History } from '../demo-history/history.ts';
import { type Loaded, loadHistory } from '../demo-history/load.ts';
import { type Day, dayOf, formatDay, parseDay } from '../domain/day.ts';
import { DomainError } from '../domain/errors.ts';
import type { Storage } from '../domain/ports.ts';
import type { Site, SiteDeclaration } from '../domain/site.ts';
import { openDatabase } from '../storage/open.ts';
import { createStorage } from '../storage/storage.ts';
import { exitWith } from './exit.ts';
import { interruptibly } from './interruption.ts';
import { noSite } from './no-site.ts';
import { createProgress, format } from './progress.ts';

const SAMPLE = 'sample';

interface DemoOptions {
  readonly visits: number;
  readonly days: number;
  readonly seed: number;
  readonly pages: number;
  readonly site: string;
  readonly until?: Day;
  readonly add?: boolean;
}

/** `oxicount demo`: a history to look at, made up. */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .description(
      'Load a made-up history into the database, to look at the dashboard or to measure with. The same options give the same history.',
    )
    .option('--visits <number>', 'how many visits', whole(1, 100_000_000), 100_000)
    .option('--days <number>', 'over how many days', whole(1, 3_650), 365)
    .option('--seed <number>', 'another one gives another history', whole(0, 2 ** 32 - 1), 1)
    .option('--pages <number>', 'how many pages the site has', whole(1, 10_000), 500)
    .option('--site <slug>', `an existing site; ${SAMPLE} is made where it is missing`, SAMPLE)
    .option('--until <date>', 'the last day, such as 2024-12-31 (default: yesterday, on the site)', day)
    .option('--add', 'load into a site that has visits, or go on with what was stopped')
    .action(async (options: DemoOptions) => {
      try {
        await demo(options);
      } catch (error) {
        exitWith(error);
      }
    });
}

async function demo(options: DemoOptions): Promise<void> {
  const config = loadConfig();
  const { database } = await openDatabase(config.database);
  const storage = createStorage(database, () => {});
  try {
    const sites = await storage.sites();
    const known = sites.find(({ slug }) => slug === options.site);
    if (!known && options.site !== SAMPLE) throw noSite(options.site, sites);
    const declaration = known ?? sampleSite(config);
    const until = lastDay(options, declaration);
    if (known && !options.add && (await storage.siteTotals(known.id)).visits > 0) {
      throw new DomainError(
        'INVALID_ARGUMENT',
        `The site ${known.slug} has visits. --add adds these to them; nothing takes them out again.`,
      );
    }
    const site = known ?? (await storage.addSite(declaration, Date.now()));
    await load(storage, site, { ...options, until }, config);
  } finally {
    await storage.close();
  }
}

async function load(
  storage: Storage,
  site: Site,
  options: DemoOptions & { readonly until: Day },
  { visitorDays }: Config,
): Promise<void> {
  const { timeZone, minDelaySecs } = site;
  const history = generateHistory({ ...options, timeZone, minDelaySecs, visitorDays });
  const progress = createProgress({
    total: options.visits,
    unit: 'visits',
    output: process.stderr,
    clock: () => performance.now(),
  });
  const begun = performance.now();
  let isComplete = false;
  try {
    // Batches are transactions: what is on disk is whole, whenever this ends.
    await interruptibly(async (signal) => {
      const loaded = await loadHistory({
        storage,
        site,
        history,
        visitorDays,
        signal,
        progress: progress.show,
      });
      progress.end();
      process.stdout.write(summary(loaded, site, history, (performance.now() - begun) / 1000));
      isComplete = !signal.aborted;
    });
  } finally {
    progress.end();
    if (!isComplete) {
      process.stderr.write(
        `Not all of it is loaded. The same with --add --until ${formatDay(history.last)} goes on.\n`,
      );
    }
  }
}

function summary(
  { visits, pixelViews, filteredHits, countedBefore }: Loaded,
  { slug }: Site,
  { first, last, pages }: History,
  seconds: number,
): string {
  const there = countedBefore > 0 ? ` ${format(countedBefore)} were there already.` : '';
  return `Loaded ${format(visits)} visits and ${format(pixelViews)} pixel views of ${format(pages.length)} pages into the site ${slug}, ${formatDay(first)} to ${formatDay(last)}, in ${seconds.toFixed(1)} s; ${format(filteredHits)} hits were kept out.${there}\n`;
}

function sampleSite({ minDelaySecs, visibility }: Config): SiteDeclaration {
  const origin = 'https://sample.example';
  return {
    slug: SAMPLE,
    name: 'Sample',
    baseUrls: [origin],
    callbackOrigin: origin,
    timeZone: 'UTC',
    minDelaySecs,
    pathPatterns: [],
    publicPages: [],
    publicFigures: [],
    respectDnt: false,
    retentionDays: null,
    visibility,
  };
}

/** The last day of the history: of those that are over on the site, so that runs of one day are equal. */
function lastDay(
  { until, days }: DemoOptions,
  { slug, timeZone, retentionDays }: Pick<SiteDeclaration, 'slug' | 'timeZone' | 'retentionDays'>,
): Day {
  const today = dayOf(Date.now(), timeZone);
  const last = until ?? today - 1;
  const refuse = (message: string) => new DomainError('INVALID_ARGUMENT', message);
  if (last >= today) {
    throw refuse(
      `${formatDay(last)} is not over on the site ${slug}. The last day is ${formatDay(today - 1)} at the latest.`,
    );
  }
  const first = last - days + 1;
  if (first < 0) throw refuse('The history would begin before 1970-01-01, where time begins here.');
  if (retentionDays !== null && first <= today - retentionDays) {
    throw refuse(
      `The site ${slug} keeps visits for ${retentionDays} days, today included. The first day is ${formatDay(today - retentionDays + 1)} at the earliest.`,
    );
  }
  return last;
}

function whole(least: number, most: number): (given: string) => number {
  return (given) => {
    const number = /^\d{1,10}$/.test(given) ? Number(given) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Give a whole number from ${format(least)} to ${format(most)}.`);
  };
}

function day(given: string): Day {
  const day = parseDay(given);
  if (day === null) throw new InvalidArgumentError('Give a day such as 2024-12-31.');
  return day;
}
