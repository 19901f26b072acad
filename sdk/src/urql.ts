import type { Client as Urql } from '@urql/core';
import type { ClientCore } from './client.ts';

/**
 * The client of urql that carries the requests of a client, for the bindings of urql to React, Vue, Svelte and others.
 * Their subscriptions travel as server-sent events.
 *
 * ```ts
 * <Provider value={urqlOf(client)}>
 * ```
 */
export function urqlOf(client: ClientCore): Urql {
  return client.urql as Urql;
}
