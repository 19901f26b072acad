import { countryOf } from '../domain/dimensions/country.ts';
import type { Dimension } from '../domain/dimensions/dimension.ts';
import { DomainError } from '../domain/errors.ts';
import { normalisePath } from '../domain/path.ts';
import type { CsvRow } from './csv.ts';
import type { DayValue } from './day-sums.ts';
import { campaignFrom, partsOf, referrerFrom } from './link.ts';
import { browserNamed, deviceNamed, systemNamed } from './names.ts';

/** Reads the whole number in a column. */
type NumberIn = (column: string) => number;

/** What one of the tables of an export has. */
export interface PlausibleTable {
  readonly dimension: Dimension | 'total';
  /** Those that it must have; `pageviews` came later to some. */
  readonly columns: readonly string[];
  /** Those with whole numbers that are read. */
  readonly numbers: readonly string[];
  /** What a row says; nothing where it has none of the values that are counted here. */
  valuesOf(row: CsvRow, number: NumberIn): DayValue[];
}

interface TablesOptions {
  readonly ownOrigins: readonly string[];
  readonly pathPatterns: readonly string[];
}

/** The tables that are counted here, by their names in the archive. */
export function plausibleTables({
  ownOrigins,
  pathPatterns,
}: TablesOptions): ReadonlyMap<string, PlausibleTable> {
  const pageOf = (path: string) => pageNamed(partsOf(path).path, pathPatterns);
  return new Map([
    ['imported_visitors', TOTAL],
    ['imported_pages', pages(pageOf)],
    ['imported_entry_pages', entryPages(pageOf)],
    ['imported_sources', sources(ownOrigins)],
    // Regions and cities are rows of their own, and kept by none.
    ['imported_locations', ofReader('country', 'country', countryOf)],
    ['imported_devices', ofReader('device', 'device', deviceNamed)],
    // As are versions.
    ['imported_browsers', ofReader('browser', 'browser', browserNamed)],
    ['imported_operating_systems', ofReader('system', 'operating_system', systemNamed)],
  ]);
}

const NO_TIMES = { timedVisits: 0, spentSeconds: 0 };

/**
 * Bounces are sessions with one page view. Where each visitor has one session, as nearly all have on one day, those are
 * the visitors with one visit.
 */
const TOTAL: PlausibleTable = {
  dimension: 'total',
  columns: ['date', 'visitors', 'pageviews', 'bounces'],
  numbers: ['visitors', 'pageviews', 'bounces'],
  valuesOf: (_, number) => [
    {
      ...NO_TIMES,
      dimension: 'total',
      value: '',
      visits: number('pageviews'),
      visitors: number('visitors'),
      single: number('bounces'),
    },
  ],
};

function pages(pageOf: (path: string) => string): PlausibleTable {
  return {
    dimension: 'page',
    columns: ['date', 'page', 'visitors', 'pageviews'],
    numbers: ['visitors', 'pageviews', 'total_time_on_page', 'total_time_on_page_visits'],
    valuesOf: (row, number) => [
      {
        dimension: 'page',
        value: pageOf(row.field('page')),
        visits: number('pageviews'),
        visitors: number('visitors'),
        single: null,
        // What older exports call time_on_page is the time until the next page was loaded, seen or not.
        timedVisits: number('total_time_on_page_visits'),
        spentSeconds: number('total_time_on_page'),
      },
    ],
  };
}

/** A visitor has one entry page on a day, and that is one visit of it. */
function entryPages(pageOf: (path: string) => string): PlausibleTable {
  return {
    dimension: 'entryPage',
    columns: ['date', 'entry_page', 'visitors'],
    numbers: ['visitors'],
    valuesOf: (row, number) => [
      {
        ...NO_TIMES,
        dimension: 'entryPage',
        value: pageOf(row.field('entry_page')),
        visits: number('visitors'),
        visitors: number('visitors'),
        single: null,
      },
    ],
  };
}

function sources(ownOrigins: readonly string[]): PlausibleTable {
  return {
    dimension: 'referrer',
    columns: ['date', 'source', 'visitors', 'pageviews'],
    numbers: ['visitors', 'pageviews'],
    valuesOf(row, number) {
      const link = row.field('referrer');
      const referrer = referrerFrom(link, ownOrigins) ?? referrerFrom(row.field('source'), ownOrigins);
      const campaign = campaignFrom({
        utm_source: row.field('utm_source'),
        utm_medium: row.field('utm_medium'),
        utm_campaign: row.field('utm_campaign'),
      });
      const figures = {
        ...NO_TIMES,
        visits: number('pageviews'),
        visitors: number('visitors'),
        single: null,
      };
      return [
        ...(referrer === null ? [] : [{ ...figures, dimension: 'referrer', value: referrer } as const]),
        ...(campaign === null ? [] : [{ ...figures, dimension: 'campaign', value: campaign } as const]),
      ];
    },
  };
}

/** What is the same for all visits of a visitor, so that bounces mean something. */
function ofReader(
  dimension: 'country' | 'device' | 'browser' | 'system',
  column: string,
  named: (given: string) => string | null,
): PlausibleTable {
  return {
    dimension,
    columns: ['date', column, 'visitors', 'bounces', 'pageviews'],
    numbers: ['visitors', 'pageviews', 'bounces'],
    valuesOf(row, number) {
      const value = named(row.field(column));
      if (value === null) return [];
      const visits = number('pageviews');
      return [
        { ...NO_TIMES, dimension, value, visits, visitors: number('visitors'), single: number('bounces') },
      ];
    },
  };
}

/** As the site names it, since several paths may be one page; one that no page can have stays as it is, to be refused. */
function pageNamed(path: string, pathPatterns: readonly string[]): string {
  try {
    return normalisePath(path, pathPatterns).page;
  } catch (error) {
    if (error instanceof DomainError) return path;
    throw error;
  }
}
