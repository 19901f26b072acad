import { type Command, Option } from 'commander';
import { FIGURE_KINDS, type FigureKind, VISIBILITIES, type Visibility } from '../domain/site.ts';
import { MAX_LIST, type SiteInput } from '../domain/site-input.ts';
import {
  NUMBERS,
  nameRule,
  originRule,
  pathPatternRule,
  publicPageRule,
  slugRule,
  timeZoneRule,
} from '../domain/site-rules.ts';
import { listOf, oneOf, ruled, whole, wordOf } from './argument.ts';

/** The settings of a site as commander gives them: a list is false where it is to be empty. */
export interface SiteOptions {
  readonly slug?: string;
  readonly name?: string;
  readonly baseUrl?: readonly string[];
  readonly callbackOrigin?: string;
  readonly timeZone?: string;
  readonly minDelaySecs?: number;
  readonly pathPattern?: readonly string[] | false;
  readonly respectDnt?: boolean;
  readonly retentionDays?: number;
  readonly visibility?: Visibility;
  readonly publicPage?: readonly string[] | false;
  readonly publicFigures?: readonly FigureKind[] | false;
}

/** Reads the slug of a new site, or a new one. */
export const readSlug = ruled(slugRule);

/** Adds an option for each setting of a site. A list takes the place of the one before. */
export function addSiteOptions(command: Command, { isNew }: { readonly isNew: boolean }): Command {
  const { minDelaySecs, retentionDays } = NUMBERS;
  const list = <T>(read: (given: string) => T) => listOf(read, MAX_LIST);
  const baseUrl = new Option('--base-url <origin...>', 'where it is served, such as https://docs.example')
    .argParser(list(ruled(originRule)))
    .makeOptionMandatory(isNew);
  const readRetention = whole(retentionDays.least, retentionDays.most);
  return command
    .addOption(baseUrl)
    .option('--name <name>', 'what it is called', ruled(nameRule))
    .option('--callback-origin <origin>', 'what is asked whether a page exists', ruled(originRule))
    .option('--time-zone <zone>', 'in which its days begin, such as Europe/Berlin', ruled(timeZoneRule))
    .option(
      '--min-delay-secs <seconds>',
      'visible seconds after which a visit counts',
      whole(minDelaySecs.least, minDelaySecs.most),
    )
    .option(
      '--path-pattern <pattern...>',
      'folds the paths that match, such as /user/:id or /docs/*, into one page',
      list(ruled(pathPatternRule)),
    )
    .option('--no-path-pattern', 'folds none')
    .option('--respect-dnt', 'makes visits with DNT: 1 anonymous')
    .option('--no-respect-dnt', 'does not')
    .option(
      '--retention-days <days>',
      `how long visits are kept, at least ${retentionDays.least}; 0 for ever`,
      (given) => (given === '0' ? 0 : readRetention(given)),
    )
    .option('--visibility <who>', `who may read its figures: ${VISIBILITIES.join(', ')}`, oneOf(VISIBILITIES))
    .option(
      '--public-page <pattern...>',
      'with selected: pages that anybody may read, such as /blog/*',
      list(ruled(publicPageRule)),
    )
    .option('--no-public-page', 'with selected: all pages, and the site as a whole')
    .option(
      '--public-figures <kind...>',
      `with selected: what anybody may read: ${FIGURE_KINDS.map(wordOf).join(', ')}`,
      list(oneOf(FIGURE_KINDS)),
    )
    .option('--no-public-figures', 'with selected: all of them');
}

/** What the options say of a site. */
export function siteInputOf(options: SiteOptions): SiteInput {
  const { baseUrl, pathPattern, publicPage, publicFigures, ...rest } = options;
  return {
    ...rest,
    baseUrls: baseUrl,
    pathPatterns: listGiven(pathPattern),
    publicPages: listGiven(publicPage),
    publicFigures: listGiven(publicFigures),
  };
}

function listGiven<T>(given: readonly T[] | false | undefined): readonly T[] | undefined {
  return given === false ? [] : given;
}
