// What libpq takes in a URL; it refuses all others, such as those that are for the driver of Node alone.
const PARAMETERS = new Set([
  'host',
  'hostaddr',
  'port',
  'dbname',
  'user',
  'passfile',
  'connect_timeout',
  'client_encoding',
  'options',
  'application_name',
  'sslmode',
  'sslcert',
  'sslkey',
  'sslrootcert',
  'sslcrl',
  'target_session_attrs',
  'gssencmode',
  'channel_binding',
]);
const TABLES = ['oxi_*', '_prisma_migrations'];

/** What backs a database up, as a shell takes it: all tables of this program, and no others beside them. */
export function dumpCommand(url: string, file: string): string {
  const tables = TABLES.map((name) => `--table=${quoted(name)}`).join(' ');
  return `pg_dump --format=custom --no-owner ${tables} --file=${quoted(file)} ${quoted(withoutSecrets(url))}`;
}

/** What restores such a back-up into a database that has none of the tables: all of it or nothing. */
export function restoreCommand(url: string, file: string): string {
  return `pg_restore --exit-on-error --single-transaction --no-owner --dbname=${quoted(withoutSecrets(url))} ${quoted(file)}`;
}

/** The URL as the tools of PostgreSQL take it; they ask for the password themselves. */
function withoutSecrets(given: string): string {
  const url = new URL(given);
  url.password = '';
  // The driver's name for a connection whose other end is not looked at.
  if (url.searchParams.get('sslmode') === 'no-verify') url.searchParams.set('sslmode', 'require');
  for (const name of [...url.searchParams.keys()]) if (!PARAMETERS.has(name)) url.searchParams.delete(name);
  return url.href;
}

function quoted(text: string): string {
  return /^[\w./=:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
