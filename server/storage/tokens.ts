import type { AuditNote } from '../domain/audit.ts';
import type { Instant } from '../domain/instant.ts';
import type { TokenStorage } from '../domain/ports.ts';
import { SCOPES, type Scope } from '../domain/scope.ts';
import type { StoredToken, Token } from '../domain/token.ts';
import { addNote } from './audit.ts';
import type { Queries } from './database.ts';
import type { Token as Row } from './generated/sqlite/client.ts';
import type { Work } from './work.ts';

const WITH_SITE = { site: { select: { id: true, slug: true } } } as const;

export function createTokenStorage({ read, change }: Work): TokenStorage {
  return {
    async find(prefix) {
      const row = await read((queries) =>
        queries.token.findUnique({ where: { prefix }, include: WITH_SITE }),
      );
      return row && { ...tokenOf(row), hash: row.hash };
    },
    async list(siteId) {
      const where = siteId === null ? {} : { siteId };
      const rows = await read((queries) =>
        queries.token.findMany({ where, orderBy: { id: 'asc' }, include: WITH_SITE }),
      );
      return rows.map(tokenOf);
    },
    add: (token, note) => change((queries) => add(queries, token, note)),
    addFirst: (token, note) =>
      change(async (queries) => {
        if (await hasAdministrator(queries, note.at)) return false;
        await add(queries, token, note);
        return true;
      }),
    revoke: (prefix, note) =>
      change(async (queries) => {
        const good = { prefix, revokedAt: null };
        const { count } = await queries.token.updateMany({ where: good, data: { revokedAt: note.at } });
        if (count > 0) await addNote(queries, note);
        return count > 0;
      }),
    noteUse: (prefix, now) =>
      change(
        async (queries) =>
          void (await queries.token.updateMany({ where: { prefix }, data: { lastUsedAt: now } })),
      ),
  };
}

async function add(queries: Queries, token: StoredToken, note: AuditNote): Promise<void> {
  const { hash, scopes, site, filter, range, ...rest } = token;
  await queries.token.create({
    data: {
      ...rest,
      siteId: site?.id ?? null,
      hash: Buffer.from(hash),
      scopes: JSON.stringify(scopes),
      filter: filter && JSON.stringify(filter),
      range: range && JSON.stringify(range),
    },
  });
  await addNote(queries, note);
}

async function hasAdministrator(queries: Queries, now: Instant): Promise<boolean> {
  const rows = await queries.token.findMany({
    select: { scopes: true },
    where: { siteId: null, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
  });
  return rows.some(({ scopes }) => scopesOf(scopes).includes('ADMINISTER_INSTANCE'));
}

function tokenOf(row: Row & { readonly site: Token['site'] }): Token {
  return {
    prefix: row.prefix,
    name: row.name,
    scopes: scopesOf(row.scopes),
    site: row.site,
    filter: row.filter === null ? null : JSON.parse(row.filter),
    range: row.range === null ? null : JSON.parse(row.range),
    createdAt: Number(row.createdAt),
    expiresAt: instantOf(row.expiresAt),
    lastUsedAt: instantOf(row.lastUsedAt),
    revokedAt: instantOf(row.revokedAt),
  };
}

/** One that is not known, as of a later version, is good for nothing. */
function scopesOf(column: string): readonly Scope[] {
  const stored: unknown[] = JSON.parse(column);
  return SCOPES.filter((scope) => stored.includes(scope));
}

function instantOf(column: bigint | null): Instant | null {
  return column === null ? null : Number(column);
}
