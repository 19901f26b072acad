import { defaultOf, type Values } from './check.ts';
import type { Report } from './config-error.ts';
import { type Database, databaseOf } from './database.ts';
import type { Key } from './definitions.ts';
import type { GivenValues } from './given.ts';
import { fixedOffset } from './time-zone.ts';

const DB_KEYS = ['db.host', 'db.port', 'db.username', 'db.password', 'db.database'] as const;
const OFFSET_KEYS = ['utc_offset.hours', 'utc_offset.minutes'] as const;

/** The database and its replica; undefined where it cannot be told, which is reported. */
export function chooseDatabase(given: GivenValues, values: Values, report: Report): Database | undefined {
  const database = choosePrimary(given, values, report);
  const replica = given.get('database_read_url');
  if (!database || !replica) return database;
  if (database.provider === 'sqlite') {
    report(
      `database_read_url ${replica.source.label} is of no use: an SQLite file has no replicas, PostgreSQL has`,
    );
    return undefined;
  }
  const readUrl = values.get('database_read_url');
  return readUrl === undefined ? database : { ...database, readUrl };
}

/** The database of `database_url` or of `[db]`. */
function choosePrimary(given: GivenValues, values: Values, report: Report): Database | undefined {
  if (prevailing(given, 'database_url', DB_KEYS, '[db]', report) === 'single') {
    return given.has('database_url') ? values.get('database_url') : defaultOf('database_url');
  }
  for (const key of ['db.host', 'db.username', 'db.database'] as const) {
    if (!given.has(key)) report(`${key} is missing: [db] needs host, username and database`);
  }
  const host = values.get('db.host');
  const username = values.get('db.username');
  const database = values.get('db.database');
  if (host === undefined || username === undefined || database === undefined) return undefined;
  const port = values.get('db.port') ?? defaultOf('db.port');
  return databaseOf({ host, port, username, password: values.get('db.password'), database });
}

/** The zone of `time_zone` or of `[utc_offset]`. */
export function chooseTimeZone(given: GivenValues, values: Values, report: Report): string {
  if (prevailing(given, 'time_zone', OFFSET_KEYS, '[utc_offset]', report) === 'single') {
    return values.get('time_zone') ?? defaultOf('time_zone');
  }
  return fixedOffset(
    values.get('utc_offset.hours') ?? 0,
    values.get('utc_offset.minutes') ?? defaultOf('utc_offset.minutes'),
  );
}

/**
 * Two ways to say one thing: the one from the higher source wins, so that a variable can override a file that says it
 * the other way. Both from one source contradict each other.
 */
function prevailing(
  given: GivenValues,
  single: Key,
  parts: readonly Key[],
  group: string,
  report: Report,
): 'single' | 'parts' {
  const sources = parts.flatMap((key) => given.get(key)?.source ?? []);
  const highest = sources.toSorted((one, other) => other.rank - one.rank)[0];
  const rival = given.get(single)?.source;
  if (highest === undefined) return 'single';
  if (rival === undefined || rival.rank < highest.rank) return 'parts';
  if (rival.rank === highest.rank) {
    report(
      `${single} ${rival.label} and ${group} ${highest.label} say the same thing: it should be one of them`,
    );
  }
  return 'single';
}
