import { operator } from '../domain/access.ts';
import type { Instant } from '../domain/instant.ts';
import type { Token } from '../domain/token.ts';
import { wordOf } from './argument.ts';
import { formatInstant } from './format-instant.ts';
import { isoOf, printJson } from './json.ts';
import { knownSite } from './known-site.ts';
import type { Instance } from './on-instance.ts';
import { table } from './table.ts';
import { filterText, rangeText } from './token-options.ts';

/** Prints the tokens of a site or of all sites, those that are good no more included. */
export async function listTokens(
  instance: Instance,
  { site, json = false }: { readonly site?: string; readonly json?: boolean },
): Promise<void> {
  if (site !== undefined) await knownSite(instance, site);
  const tokens = await instance.tokens.list(site, operator);
  const now = Date.now();
  if (json) {
    printJson(tokens.map((token) => jsonOf(token, now)));
  } else if (tokens.length === 0) {
    process.stdout.write('There is no token. oxicount token create --help says how one is made.\n');
  } else {
    const headings = ['id', 'name', 'scopes', 'site', 'only', 'expires', 'last used', 'state'];
    const rows = tokens.map((token) => [
      token.prefix,
      token.name,
      token.scopes.map(wordOf).join(' '),
      token.site?.slug ?? 'all',
      restrictionText(token) || 'everything',
      token.expiresAt === null ? 'never' : formatInstant(token.expiresAt),
      token.lastUsedAt === null ? 'never' : formatInstant(token.lastUsedAt),
      stateOf(token, now),
    ]);
    process.stdout.write(table(headings, rows));
  }
}

/** What alone can be read with a token; empty for everything. */
export function restrictionText({ filter, range }: Pick<Token, 'filter' | 'range'>): string {
  return [...filterText(filter ?? {}), ...(range ? [rangeText(range)] : [])].join(' ');
}

function jsonOf(token: Token, now: Instant) {
  const { prefix, name, scopes, site, filter, range } = token;
  return {
    id: prefix,
    name,
    scopes: scopes.map(wordOf),
    site: site?.slug ?? null,
    filter: filterText(filter ?? {}),
    range: range && rangeText(range),
    createdAt: isoOf(token.createdAt),
    expiresAt: isoOf(token.expiresAt),
    lastUsedAt: isoOf(token.lastUsedAt),
    revokedAt: isoOf(token.revokedAt),
    state: stateOf(token, now),
  };
}

function stateOf({ revokedAt, expiresAt }: Token, now: Instant): string {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'good';
}
