import { Client } from 'pg';
import { NO_TRAITS } from '../domain/dimensions/dimension.ts';
import { DomainError } from '../domain/errors.ts';
import type { ImportRecord, ImportSource } from '../domain/import/record.ts';

const ROWS_AT_ONCE = 5_000;
const CONNECT_TIMEOUT_MS = 5_000;
const TABLES = ['paths', 'referrers', 'visits'];

// Of a time without a zone, the number is that of a clock that shows UTC.
const VISITS = `
  DECLARE imported_visits NO SCROLL CURSOR FOR
  SELECT visits.id, paths.path, floor(extract(epoch FROM visits.registered_at) * 1000) AS registered_at,
    referrers.domain AS referrer, visits.time_s
  FROM visits JOIN paths ON paths.id = visits.path_id LEFT JOIN referrers ON referrers.id = visits.referrer_id
  ORDER BY visits.id`;

/** As `pg` reads it: numbers that could be too large for JavaScript are text. */
interface Row {
  readonly id: string | number;
  readonly path: string;
  readonly registered_at: string | number;
  readonly referrer: string | null;
  readonly time_s: number | string | null;
}

/**
 * The visits in a database of OxiTraffic: `paths(id, path)`, `referrers(id, domain)` and
 * `visits(id, path_id, registered_at, referrer_id, time_s)`. It is read in one transaction, as it was at its beginning,
 * so that OxiTraffic can go on meanwhile.
 *
 * @param url `postgresql://user:password@host:port/database`
 * @throws DomainError `INVALID_ARGUMENT` where it cannot be read or has no such tables
 */
export async function openOxitraffic(url: string): Promise<ImportSource & { close(): Promise<void> }> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  const name = `OxiTraffic database ${databaseOf(url)}`;
  // A connection that breaks while nobody asks anything would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const size = await sizeOf(client, name);
    await client.query(VISITS);
    let read = 0;
    return {
      name,
      size,
      unit: 'rows',
      read: () => read,
      async *records() {
        while (true) {
          const { rows } = await client.query<Row>(`FETCH ${ROWS_AT_ONCE} FROM imported_visits`);
          if (rows.length === 0) return;
          for (const row of rows) {
            read += 1;
            yield recordOf(row);
          }
        }
      },
      close: () => client.end(),
    };
  } catch (error) {
    await client.end().catch(() => {});
    if (error instanceof DomainError) throw error;
    throw new DomainError('INVALID_ARGUMENT', `The ${name} cannot be read: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

async function sizeOf(client: Client, name: string): Promise<number> {
  const { rows } = await client.query<{ table: string; present: string | null }>(
    'SELECT name AS table, to_regclass(name)::text AS present FROM unnest($1::text[]) AS name',
    [TABLES],
  );
  const missing = rows.filter(({ present }) => present === null).map(({ table }) => table);
  if (missing.length > 0) {
    throw new DomainError(
      'INVALID_ARGUMENT',
      `The ${name} has no table ${missing.join(', no table ')}; OxiTraffic keeps its visits in ${TABLES.join(', ')}.`,
    );
  }
  const counted = await client.query<{ visits: string }>('SELECT count(*) AS visits FROM visits');
  return Number(counted.rows[0]?.visits ?? 0);
}

function recordOf({ id, path, registered_at, referrer, time_s }: Row): ImportRecord {
  // It was written when the page was left, and nobody leaves before the visit has counted.
  const spentSeconds = time_s === null || Number(time_s) === 0 ? null : Number(time_s);
  return {
    type: 'visit',
    kind: 'visit',
    identity: String(id),
    path,
    registeredAt: Number(registered_at),
    spentSeconds,
    traits: { ...NO_TRAITS, referrer },
    visitor: null,
  };
}

/** What is shown of the address: nothing that could be a password. */
function databaseOf(url: string): string {
  if (!URL.canParse(url)) return '';
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
