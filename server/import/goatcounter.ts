import { countryOf } from '../domain/dimensions/country.ts';
import type { Traits } from '../domain/dimensions/dimension.ts';
import { normaliseReferrer } from '../domain/dimensions/referrer.ts';
import { parseUserAgent } from '../domain/dimensions/user-agent.ts';
import type { ImportRecord, ImportSource } from '../domain/import/record.ts';
import { type CsvRow, csvRows } from './csv.ts';
import { isZip, openInput } from './input.ts';
import { campaignFrom, partsOf, referrerFrom } from './link.ts';
import { browserNamed, systemNamed } from './names.ts';
import { refusal } from './refusal.ts';
import { createRepeats, type Repeats } from './repeats.ts';
import { parseInstant } from './time.ts';

/** The number in front of the header, and whether the browser is a user agent there. */
const VERSIONS = ['1', '2'];
const COLUMNS = [
  'Title',
  'Event',
  'Browser',
  'Session',
  'Bot',
  'Referrer',
  'Referrer scheme',
  'Location',
  'Date',
];
// A session is none where it has no digit but 0.
const NO_SESSION = /^[0-]*$/;

/**
 * The CSV export of GoatCounter, of version 1 or 2 as its header says (https://www.goatcounter.com/help/export), with or
 * without gzip. It has each page view with its time in UTC.
 *
 * @param ownOrigins base URLs of the site
 * @throws DomainError `INVALID_ARGUMENT` where it is no such file
 */
export async function openGoatcounter(file: string, ownOrigins: readonly string[]): Promise<ImportSource> {
  if (file !== '-' && (await isZip(file))) {
    throw refusal(
      `${file} is a zip archive, as GoatCounter's JSON export is, which has sums of hours and no page views. ` +
        'The CSV export has them: set "Individual pageviews" in GoatCounter, and export as CSV.',
    );
  }
  const input = await openInput(file);
  return {
    name: `GoatCounter export ${input.name}`,
    size: input.size,
    unit: 'bytes',
    read: input.read,
    async *records() {
      const repeats = createRepeats();
      let pathColumn = '';
      const rows = csvRows(input.chunks(), (columns) => {
        pathColumn = checkHeader(columns, input.name);
      });
      for await (const row of rows) {
        const where = `line ${row.line}`;
        const record = 'broken' in row ? row.broken : recordOf(row, pathColumn, { repeats, ownOrigins });
        yield typeof record === 'string' ? { type: 'left out', where, why: record } : record;
      }
    },
  };
}

/** @returns the name of the first column: `2Path` */
function checkHeader(columns: readonly string[], name: string): string {
  const [first = ''] = columns;
  const missing = COLUMNS.filter((column) => !columns.includes(column));
  if (VERSIONS.some((version) => first === `${version}Path`) && missing.length === 0) return first;
  const found = columns.join(',').slice(0, 100);
  throw refusal(
    `${name} is no CSV export of GoatCounter: it begins with ${JSON.stringify(found)}. ` +
      `The header of one begins with ${VERSIONS.map((version) => `${version}Path,Title,Event`).join(' or ')}.`,
  );
}

interface Context {
  readonly repeats: Repeats;
  readonly ownOrigins: readonly string[];
}

/** @returns why it is left out where it is a text */
function recordOf(row: CsvRow, pathColumn: string, { repeats, ownOrigins }: Context): ImportRecord | string {
  if (row.field('Event') === 'true') return 'it is an event, not a view of a page';
  if (!['', '0'].includes(row.field('Bot'))) return 'GoatCounter took it for a program';
  const registeredAt = parseInstant(row.field('Date'));
  if (registeredAt === null) return 'the date is none as RFC 3339 has them';
  const given = row.field(pathColumn);
  const { path, query } = partsOf(given);
  if (!path.startsWith('/')) return 'the path does not begin with a slash';
  const session = row.field('Session');
  return {
    type: 'visit',
    kind: 'visit',
    // Titles change with the page, and places with GoatCounter's table of addresses.
    identity: repeats(`${registeredAt}\n${given}\n${session}`),
    path,
    registeredAt,
    spentSeconds: null,
    traits: traitsOf(row, query, ownOrigins),
    visitor: NO_SESSION.test(session) ? null : session,
  };
}

function traitsOf(row: CsvRow, query: string, ownOrigins: readonly string[]): Traits {
  const link = row.field('Referrer');
  const scheme = row.field('Referrer scheme');
  const named = { browser: browserNamed(row.field('Browser')), system: systemNamed(row.field('System')) };
  // Version 1 has the user agent for the browser, version 2 once had it besides.
  const read = parseUserAgent(row.field('UserAgent') || row.field('Browser'));
  return {
    referrer: scheme === 'c' ? null : referrerOf(link, scheme, ownOrigins),
    campaign:
      scheme === 'c'
        ? campaignFrom({ ref: link })
        : campaignFrom(Object.fromEntries(new URLSearchParams(query))),
    // `US-TX` is a part of one.
    country: countryOf(row.field('Location').slice(0, 2)),
    browser: named.browser ?? read.browser,
    system: named.system ?? read.system,
    device: read.device,
    language: null,
  };
}

function referrerOf(link: string, scheme: string, ownOrigins: readonly string[]): string | null {
  const isApp = scheme === 'o' && !link.includes('://');
  return isApp ? normaliseReferrer(`android-app://${link}`, ownOrigins) : referrerFrom(link, ownOrigins);
}
