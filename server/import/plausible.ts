import { type Day, parseDay } from '../domain/day.ts';
import type { Dimension } from '../domain/dimensions/dimension.ts';
import type { ImportRecord, ImportSource } from '../domain/import/record.ts';
import { NO_FIGURES } from '../domain/statistics/figures.ts';
import { type CsvRow, csvRows } from './csv.ts';
import { createDaySums, type DayValue } from './day-sums.ts';
import { type PlausibleTable, plausibleTables } from './plausible-tables.ts';
import { refusal } from './refusal.ts';
import { openZip, type ZipEntry } from './zip.ts';

/** What a file is called: `imported_pages_20240101_20241231.csv`, or without the days. */
const FILE = /^(imported_[a-z_]+?)(?:_\d{8}_\d{8})?\.csv$/;
const TOTALS = 'imported_visitors';

export interface PlausibleOptions {
  /** Base URLs of the site. */
  readonly ownOrigins: readonly string[];
  /** Paths with ids that are one page. */
  readonly pathPatterns: readonly string[];
}

/** A file of the archive, and what is known of the table that it has. */
interface Part {
  readonly entry: ZipEntry;
  readonly table: PlausibleTable;
}

/**
 * The CSV export of Plausible: a zip archive of tables with figures of days, in the time zone of the site there
 * (https://plausible.io/docs/export-stats; the columns are those of
 * https://github.com/plausible/analytics/blob/master/lib/plausible/exports.ex). It has no single visits.
 *
 * @throws DomainError `INVALID_ARGUMENT` where it is no such archive
 */
export async function openPlausible(file: string, options: PlausibleOptions): Promise<ImportSource> {
  const zip = await openZip(file);
  const tables = plausibleTables(options);
  const parts: Part[] = zip.entries.flatMap((entry) => {
    const table = tables.get(FILE.exec(entry.name)?.[1] ?? '');
    return table ? [{ entry, table }] : [];
  });
  if (!parts.some(({ table }) => table.dimension === 'total')) {
    zip.close();
    throw refusal(
      `${file} has no ${TOTALS}.csv, where an export of Plausible has the visitors of each day; ` +
        `it has ${
          zip.entries
            .map(({ name }) => name)
            .slice(0, 20)
            .join(', ') || 'no file at all'
        }.`,
    );
  }
  const chosen = new Set(parts.map(({ entry }) => entry));
  let read = 0;

  /** Counts what was read, whoever reads. */
  async function* chunksOf(entry: ZipEntry): AsyncGenerator<Buffer> {
    for await (const chunk of entry.chunks()) {
      read += chunk.length;
      yield chunk;
    }
  }

  return {
    name: `Plausible export ${file}`,
    size: parts.reduce((sum, { entry }) => sum + entry.size, 0),
    unit: 'bytes',
    read: () => read,
    async *records() {
      try {
        const spent: SpentTimes = new Map();
        // How long pages were read makes how long the site was, so the totals come last.
        const isTotal = ({ table }: Part) => table.dimension === 'total';
        const inOrder = [...parts.filter((part) => !isTotal(part)), ...parts.filter(isTotal)];
        for (const { entry, table } of inOrder) yield* recordsOf(entry.name, chunksOf(entry), table, spent);
        for (const { name } of zip.entries.filter((entry) => !chosen.has(entry))) {
          yield { type: 'left out', where: name, why: 'the file has nothing that is counted here' };
        }
      } finally {
        zip.close();
      }
    },
  };
}

/** How long the pages of a day were read. */
type SpentTimes = Map<Day, { timedVisits: number; spentSeconds: number }>;

async function* recordsOf(
  name: string,
  chunks: AsyncIterable<Buffer>,
  table: PlausibleTable,
  spent: SpentTimes,
): AsyncGenerator<ImportRecord> {
  const leftOut = (line: number, why: string) =>
    ({ type: 'left out', where: `${name} line ${line}`, why }) as const;
  const sums = createDaySums();
  let lacks = false;
  const rows = csvRows(chunks, (columns) => {
    const missing = table.columns.filter((column) => !columns.includes(column));
    // Plausible did not say page views of all tables at first.
    lacks = missing.length === 1 && missing[0] === 'pageviews';
    if (missing.length > 0 && !lacks) {
      throw refusal(
        `${name} has no column ${missing.join(', no column ')}: it begins with ` +
          `${JSON.stringify(columns.join(',').slice(0, 200))}. In an export of Plausible it has ${table.columns.join(', ')}.`,
      );
    }
  });
  for await (const row of rows) {
    if (lacks) {
      yield {
        type: 'left out',
        where: name,
        why: 'the file does not say page views, as those of an old Plausible',
      };
      return;
    }
    if ('broken' in row) yield leftOut(row.line, row.broken);
    else {
      const given = valuesOf(row, table);
      if (typeof given === 'string') yield leftOut(row.line, given);
      else {
        const { day, values } = given;
        yield* sums.upTo(day).map((one) => figuresOf(one, spent));
        const flaw = sums.add(day, values);
        if (flaw !== null) yield leftOut(row.line, flaw);
      }
    }
  }
  yield* sums.rest().map((one) => figuresOf(one, spent));
}

function valuesOf(
  row: CsvRow,
  table: PlausibleTable,
): { readonly day: Day; readonly values: readonly DayValue[] } | string {
  const day = parseDay(row.field('date'));
  if (day === null) return 'the date is none such as 2024-03-01';
  const numbers = table.numbers.map((column) => wholeNumber(row.field(column)));
  if (numbers.includes(null)) return 'a figure is not a whole number';
  const number = (column: string) => wholeNumber(row.field(column)) ?? 0;
  return { day, values: table.valuesOf(row, number) };
}

/** Plausible writes `\N` where a day has visitors and no page views, and nothing where a table has no such column. */
function wholeNumber(text: string): number | null {
  if (text === '' || text === '\\N') return 0;
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function figuresOf(value: DayValue & { readonly day: Day }, spent: SpentTimes): ImportRecord {
  const { day, dimension, visits, single } = value;
  const visitors = Math.min(value.visitors, visits);
  const ownTimes = { timedVisits: value.timedVisits, spentSeconds: value.spentSeconds };
  if (dimension === 'page') {
    const sum = spent.get(day) ?? { timedVisits: 0, spentSeconds: 0 };
    sum.timedVisits += ownTimes.timedVisits;
    sum.spentSeconds += ownTimes.spentSeconds;
    spent.set(day, sum);
  }
  const times = dimension === 'total' ? (spent.get(day) ?? ownTimes) : ownTimes;
  const timedVisits = Math.min(times.timedVisits, visits);
  return {
    ...NO_FIGURES,
    type: 'figures',
    day,
    dimension: dimension === 'total' ? null : (dimension satisfies Dimension),
    value: value.value,
    visits,
    visitors,
    secondVisits: single === null ? 0 : Math.min(Math.max(0, visitors - single), visits - visitors),
    timedVisits,
    spentSeconds: timedVisits === 0 ? 0 : times.spentSeconds,
  };
}
