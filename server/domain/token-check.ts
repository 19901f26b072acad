import { LRUCache } from 'lru-cache';
import { DomainError } from './errors.ts';
import type { Clock, Storage } from './ports.ts';
import type { StoredToken, Token } from './token.ts';
import { hashOf, isSame, parseToken } from './token-text.ts';

// A token that another process revoked may be good for this long.
const REFRESH_INTERVAL_MS = 5_000;
const USE_INTERVAL_MS = 60_000;
const CACHED_TOKENS = 1_000;

/** Tells tokens from what is none. */
export interface TokenCheck {
  /** @throws DomainError `INVALID_TOKEN` for one that never was, expired or was revoked, or `UNAVAILABLE` */
  check(text: string): Promise<Token>;
  /** Compares what is sent with one token, in one time whatever it is. */
  comparedWith(token: string | null): (text: string) => boolean;
  /** Makes the next check read the token again. */
  forget(prefix: string): void;
  /** Makes the next checks read all tokens again. */
  forgetAll(): void;
}

export interface TokenCheckOptions {
  readonly storage: Pick<Storage, 'tokens'>;
  readonly clock: Clock;
}

export function createTokenCheck({ storage: { tokens }, clock }: TokenCheckOptions): TokenCheck {
  // Only what is stored is kept: those who make tokens up shall not push out the others.
  const known = new LRUCache<string, { readonly token: StoredToken; readonly readAt: number }>({
    max: CACHED_TOKENS,
  });
  const usedAt = new LRUCache<string, number>({ max: CACHED_TOKENS });
  let forgotten = 0;

  async function find(prefix: string): Promise<StoredToken | null> {
    const now = clock();
    const kept = known.get(prefix);
    if (kept && now - kept.readAt < REFRESH_INTERVAL_MS) return kept.token;
    const before = forgotten;
    const token = await tokens.find(prefix);
    // What was asked for before a change may not tell of it.
    if (token && before === forgotten) known.set(prefix, { token, readAt: now });
    else known.delete(prefix);
    return token;
  }

  /** Now and then, and nobody waits for it: it is told to the minute. */
  function noteUse({ prefix, lastUsedAt }: Token, now: number): void {
    if (now - (usedAt.get(prefix) ?? lastUsedAt ?? 0) < USE_INTERVAL_MS) return;
    usedAt.set(prefix, now);
    tokens.noteUse(prefix, now).catch(() => usedAt.delete(prefix));
  }

  return {
    async check(text) {
      const parts = parseToken(text);
      const found = parts && (await find(parts.prefix));
      if (!parts || !found || !isSame(hashOf(parts.secret), found.hash)) {
        throw invalid('is not one of this instance');
      }
      const { hash, ...token } = found;
      const now = clock();
      if (token.revokedAt !== null) throw invalid(`was revoked on ${dateOf(token.revokedAt)}`);
      if (token.expiresAt !== null && token.expiresAt <= now) {
        throw invalid(`expired on ${dateOf(token.expiresAt)}`);
      }
      noteUse(token, now);
      return token;
    },
    comparedWith(token) {
      if (token === null) return () => false;
      const wanted = hashOf(token);
      return (text) => isSame(hashOf(text), wanted);
    },
    forget(prefix) {
      forgotten += 1;
      known.delete(prefix);
    },
    forgetAll() {
      forgotten += 1;
      known.clear();
    },
  };
}

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function invalid(what: string): DomainError {
  return new DomainError(
    'INVALID_TOKEN',
    `The bearer token ${what}. Send one that is good, or none for what anybody may read.`,
  );
}
