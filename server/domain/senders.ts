import { type Access, type Grant, mayDo } from './access.ts';
import type { Caller } from './caller.ts';
import { DomainError } from './errors.ts';
import { allows } from './scope.ts';
import type { Site } from './site.ts';

/** Who sends the steps of a visit: the reader's browser, or a server on the reader's behalf. */
export interface Sender {
  /** Whom the budget of tracking is taken from. */
  readonly limited: Caller;
  /** The reader as far as the site is concerned. */
  on(site: Site): Caller;
}

/**
 * Tells readers whom a server sends visits for. With a token that is good for it, the address that the server says is
 * the reader's; user agent, language and privacy headers are the reader's too, as the server passes them on. Pages send
 * no token, and what is sent with one that is not good for this counts as it would without.
 */
export interface Senders {
  /** @throws DomainError `UNAVAILABLE` where the token cannot be looked up */
  of(caller: Caller): Promise<Sender>;
}

export function createSenders(access: Access): Senders {
  async function grantOf(caller: Caller): Promise<Grant | null> {
    if (caller.origin !== null || caller.token === null || caller.claimed === null) return null;
    try {
      return await access.grantOf(caller);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'INVALID_TOKEN') return null;
      throw error;
    }
  }

  return {
    async of(caller) {
      const grant = await grantOf(caller);
      if (grant === null || !allows(grant.scopes, 'SEND')) return { limited: caller, on: () => caller };
      const reader = { ...caller, address: caller.claimed, addressShared: false };
      return { limited: reader, on: (site) => (mayDo(grant, 'SEND', site) ? reader : caller) };
    },
  };
}
