import type { Token } from '../administered.ts';

/** Whether a token is good for anything any more. */
export type Standing = 'good' | 'expired' | 'revoked';

export function standingOf({ expiresAt, revokedAt }: Token, now: Date): Standing {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && new Date(expiresAt) <= now ? 'expired' : 'good';
}

/** The newest first, those that are good before the others. */
export function inOrder(tokens: readonly Token[], now: Date): Token[] {
  const rank = (token: Token) => (standingOf(token, now) === 'good' ? 0 : 1);
  return tokens.toReversed().sort((one, other) => rank(one) - rank(other));
}
