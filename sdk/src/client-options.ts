import type { Patience } from './request.ts';

/** How a client reaches an instance, and as whom. */
export interface ClientOptions extends Patience {
  /** The base URL of the instance, such as `https://stats.example.org`. In a page it may be relative. */
  readonly url: string;
  /** The slug of the site, for calls that name none. Absent: the instance has one. */
  readonly site?: string | undefined;
  /** Sent as a bearer token. Absent: the client may do what anybody may. */
  readonly token?: string | undefined;
  /** Absent: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** A `WebSocket` class, for subscriptions. Absent: the global one, or that of `ws` where there is none (Node 20). */
  readonly webSocket?: unknown;
  /** Exchanges of urql that run before the network, such as its `cacheExchange`. Absent: none, so nothing is cached. */
  readonly exchanges?: readonly UrqlExchange[] | undefined;
  /** How queries use the cache, where `exchanges` has one. Absent: as urql does, `cache-first`. */
  readonly requestPolicy?: 'cache-first' | 'cache-only' | 'network-only' | 'cache-and-network' | undefined;
}

/** What `Exchange` of urql is assignable to. The types of urql need those of a browser, and these do not. */
export type UrqlExchange = (input: never) => unknown;

/** Where an instance answers GraphQL. */
export function endpointOf(url: string): string {
  return new URL(`${url.replace(/\/+$/, '')}/graphql`, globalThis.location?.href).href;
}

/** Headers that say who asks. */
export function headersOf(token: string | undefined): Record<string, string> {
  return token ? { authorization: `Bearer ${token}` } : {};
}
