import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Shape, text } from './shape.ts';

/** Where visits are kept. */
export type Database =
  | { readonly provider: 'sqlite' /** Absolute path. */; readonly file: string }
  | {
      readonly provider: 'postgresql';
      readonly url: string;
      /** A replica that figures are read from. */
      readonly readUrl?: string;
    };

export const databaseUrl: Shape<Database> = text(
  'file: and a path for SQLite, or postgresql://user:password@host:5432/database ' +
    '(special characters in user and password percent-encoded)',
  (given) => (given.startsWith('file:') ? sqlite(given) : postgresql(given)),
);

/** A copy of the database that figures are read from. */
export const readReplicaUrl: Shape<string> = text(
  'postgresql://user:password@host:5432/database (special characters in user and password percent-encoded)',
  (given) => postgresql(given)?.url,
);

function sqlite(given: string): Database | undefined {
  // Question marks begin options in other programs' file: URLs; here they would end up in the file's name.
  if (/[?#\p{Cc}]/u.test(given) || !given.isWellFormed()) return undefined;
  const path = given.startsWith('file://') ? pathOf(given) : given.slice('file:'.length);
  // ":memory:" would count visits and forget them.
  if (path === undefined || path === '' || path.startsWith(':') || /[/\\]$/.test(path)) return undefined;
  return { provider: 'sqlite', file: resolve(path) };
}

function pathOf(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}

function postgresql(given: string): { provider: 'postgresql'; url: string } | undefined {
  if (!/^postgres(ql)?:\/\/\S+$/.test(given) || !URL.canParse(given)) return undefined;
  const url = new URL(given);
  return url.hostname !== '' || url.searchParams.has('host')
    ? { provider: 'postgresql', url: given }
    : undefined;
}

/** The parts of OxiTraffic's `[db]` table. */
export interface DatabaseParts {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string | undefined;
  readonly database: string;
}

/** Puts the parts into a URL; any character may stand in them. */
export function databaseOf({ host, port, username, password, database }: DatabaseParts): Database {
  const user = encodeURIComponent(username);
  const login = password === undefined ? user : `${user}:${encodeURIComponent(password)}`;
  const server = host.includes(':') ? `[${host}]` : encodeURIComponent(host);
  return {
    provider: 'postgresql',
    url: `postgresql://${login}@${server}:${port}/${encodeURIComponent(database)}`,
  };
}
