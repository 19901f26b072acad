import type { AuditEntry, AuditNote } from './audit.ts';
import type { TokenStorage } from './ports.ts';
import type { StoredToken } from './token.ts';

/** Tokens in memory, as the port promises them. */
export function createMemoryTokens(log: AuditEntry[]): TokenStorage {
  const tokens: StoredToken[] = [];

  function noted(note: AuditNote): void {
    log.push({ ...note, id: log.length + 1 });
  }
  function change(prefix: string, changes: Partial<StoredToken>): void {
    const index = tokens.findIndex((token) => token.prefix === prefix);
    const token = tokens[index];
    if (token) tokens[index] = { ...token, ...changes };
  }

  return {
    find: async (prefix) => tokens.find((token) => token.prefix === prefix) ?? null,
    list: async (siteId) =>
      tokens
        .filter((token) => siteId === null || token.site?.id === siteId)
        .map(({ hash: _hash, ...token }) => token),
    async add(token, note) {
      tokens.push(token);
      noted(note);
    },
    async addFirst(token, note) {
      const isThere = tokens.some(
        ({ scopes, revokedAt, expiresAt }) =>
          scopes.includes('ADMINISTER_INSTANCE') &&
          revokedAt === null &&
          (expiresAt === null || expiresAt > note.at),
      );
      if (isThere) return false;
      tokens.push(token);
      noted(note);
      return true;
    },
    async revoke(prefix, note) {
      const isGood = tokens.some((token) => token.prefix === prefix && token.revokedAt === null);
      if (!isGood) return false;
      change(prefix, { revokedAt: note.at });
      noted(note);
      return true;
    },
    noteUse: async (prefix, now) => change(prefix, { lastUsedAt: now }),
  };
}
