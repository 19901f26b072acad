import { campaignOf } from '../domain/dimensions/campaign.ts';
import { countryOf } from '../domain/dimensions/country.ts';
import { languageOf } from '../domain/dimensions/language.ts';
import type { ImportRecord, ImportSource } from '../domain/import/record.ts';
import { type BrokenRow, type CsvRow, csvRows } from './csv.ts';
import { isZip, openInput } from './input.ts';
import { campaignFrom, partsOf, referrerFrom } from './link.ts';
import { browserNamed, deviceNamed, systemNamed } from './names.ts';
import { refusal } from './refusal.ts';
import { createRepeats, type Repeats } from './repeats.ts';
import { parseInstant } from './time.ts';
import { openZip } from './zip.ts';

const FILE = 'website_event.csv';
const COLUMNS = ['website_id', 'session_id', 'created_at', 'url_path', 'event_type'];
const PAGE_VIEW = '1';
/** Rows that are looked through for several websites before the first of them is imported. */
const ROWS_AHEAD = 1_000;

export interface UmamiOptions {
  /** Base URLs of the site. */
  readonly ownOrigins: readonly string[];
  /** `website_id` of the website to import; all rows must be of one where it is left out. */
  readonly website?: string | undefined;
}

/**
 * The events of an Umami: the table `website_event` as CSV with its column names, alone, packed with gzip, or as
 * `website_event.csv` in the zip archive of an export (https://docs.umami.is/docs/cloud/export-data; the columns are those of
 * https://github.com/umami-software/umami/blob/master/db/clickhouse/schema.sql). Times are in UTC. Where the columns
 * of the session are there too, as in exports, so are browsers, countries and the like.
 *
 * @throws DomainError `INVALID_ARGUMENT` where it is no such file, or has several websites
 */
export async function openUmami(file: string, { ownOrigins, website }: UmamiOptions): Promise<ImportSource> {
  const table = file !== '-' && (await isZip(file)) ? await openZipped(file) : await openInput(file);
  return {
    name: `Umami export ${table.name}`,
    size: table.size,
    unit: 'bytes',
    read: table.read,
    async *records() {
      const repeats = createRepeats();
      const rows = csvRows(table.chunks(), (columns) => checkHeader(columns, table.name));
      let wanted = website;
      for await (const row of withoutOthers(rows, wanted, table.name)) {
        const where = `line ${row.line}`;
        const record = 'broken' in row ? row.broken : recordOf(row);
        yield typeof record === 'string' ? { type: 'left out', where, why: record } : record;
      }

      function recordOf(row: CsvRow): ImportRecord | string {
        wanted ??= row.field('website_id');
        return row.field('website_id') === wanted
          ? visitOf(row, repeats, ownOrigins)
          : 'it is of another website; --website says which to import';
      }
    },
  };
}

async function openZipped(file: string) {
  const zip = await openZip(file);
  const entry = zip.entries.find(({ name }) => name === FILE);
  if (!entry) {
    zip.close();
    throw refusal(
      `${file} has no ${FILE}, where an export of Umami has its events; ` +
        `it has ${
          zip.entries
            .map(({ name }) => name)
            .slice(0, 20)
            .join(', ') || 'no file at all'
        }.`,
    );
  }
  let read = 0;
  return {
    name: file,
    size: entry.size,
    read: () => read,
    async *chunks() {
      try {
        for await (const chunk of entry.chunks()) {
          read += chunk.length;
          yield chunk;
        }
      } finally {
        zip.close();
      }
    },
  };
}

function checkHeader(columns: readonly string[], name: string): void {
  const missing = COLUMNS.filter((column) => !columns.includes(column));
  if (missing.length === 0) return;
  const found = columns.join(',').slice(0, 200);
  throw refusal(
    `${name} is not the table website_event of Umami: it begins with ${JSON.stringify(found)}, without ` +
      `${missing.join(', ')}. The first line must have the names of the columns, ${COLUMNS.join(', ')} among them.`,
  );
}

/** Whoever dumps a database with several websites is told so before anything of it is imported. */
async function* withoutOthers(
  rows: AsyncGenerator<CsvRow | BrokenRow>,
  website: string | undefined,
  name: string,
): AsyncGenerator<CsvRow | BrokenRow> {
  const ahead: (CsvRow | BrokenRow)[] = [];
  while (ahead.length < ROWS_AHEAD) {
    const { value, done } = await rows.next();
    if (done) break;
    ahead.push(value);
  }
  const websites = new Set(ahead.flatMap((row) => ('field' in row ? row.field('website_id') : [])));
  if (website === undefined && websites.size > 1) {
    throw refusal(
      `${name} has several websites: ${[...websites].slice(0, 10).join(', ')}. --website must say which of them to import.`,
    );
  }
  yield* ahead;
  yield* rows;
}

/** @returns why it is left out where it is a text */
function visitOf(row: CsvRow, repeats: Repeats, ownOrigins: readonly string[]): ImportRecord | string {
  if (row.field('event_type') !== PAGE_VIEW) return 'it is an event, not a view of a page';
  const registeredAt = parseInstant(row.field('created_at'));
  if (registeredAt === null) return 'created_at is no time such as 2024-03-01 10:00:00';
  const { path } = partsOf(row.field('url_path'));
  if (!path.startsWith('/')) return 'the path does not begin with a slash';
  const session = row.field('session_id');
  const referrer = row.field('referrer_domain');
  return {
    type: 'visit',
    kind: 'visit',
    identity: row.field('event_id') || repeats(`${registeredAt}\n${path}\n${session}`),
    path,
    registeredAt,
    spentSeconds: null,
    traits: {
      referrer: referrer === '' ? null : referrerFrom(referrer, ownOrigins),
      campaign: campaignOf(row.field('url_query')) ?? campaignOfColumns(row),
      country: countryOf(row.field('country')),
      browser: browserNamed(row.field('browser')),
      system: systemNamed(row.field('os')),
      device: deviceNamed(row.field('device')),
      language: languageOf(row.field('language')),
    },
    visitor: session === '' ? null : session,
  };
}

function campaignOfColumns(row: CsvRow): string | null {
  return campaignFrom({
    utm_source: row.field('utm_source'),
    utm_medium: row.field('utm_medium'),
    utm_campaign: row.field('utm_campaign'),
  });
}
