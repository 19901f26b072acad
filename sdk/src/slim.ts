import { type Answer, notGraphQL } from './answer.ts';
import { endpointOf, headersOf } from './client-options.ts';
import { createCount } from './count-batch.ts';
import type { Operations } from './generated/operations.ts';
import { count } from './generated/operations.ts';
import { type Ask, createRequest, type Patience, type Request } from './request.ts';

export type { ErrorCode } from './error-codes.ts';
export { OxicountError } from './oxicount-error.ts';
export type { Patience, Request } from './request.ts';
export type { RequestOptions } from './request-options.ts';
export type { TypedString } from './typed-string.ts';

/** How a slim client reaches an instance, and as whom. */
export interface SlimOptions extends Patience {
  /** The base URL of the instance, such as `https://stats.example.org`. In a page it may be relative. */
  readonly url: string;
  /** The slug of the site, for calls that name none. Absent: the instance has one. */
  readonly site?: string | undefined;
  /** Sent as a bearer token. Absent: the client may do what anybody may. */
  readonly token?: string | undefined;
  /** Absent: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** A client for those who need a number and no cache. */
export interface SlimClient {
  /** Runs a document, such as those of `@oxicount/sdk/operations`, and gives its data. */
  readonly request: Request;
  /**
   * Visits or views of a page or of the whole site. Calls that are made together travel as one request, and a refused
   * page fails alone.
   */
  readonly count: Operations['count'];
}

/** Longer addresses than this go as the body of a POST, in bytes; some proxies take no longer ones. */
const LONGEST_URL = 2_000;

/**
 * A client of plain `fetch`: no cache, no parser, no urql, and no subscriptions. It sends nothing before the first call.
 *
 * ```ts
 * const client = createSlimClient({ url: 'https://stats.example.org', site: 'blog' });
 * const visits = await client.count({ path: '/posts/hello' });
 * ```
 */
export function createSlimClient(options: SlimOptions): SlimClient {
  const request = createRequest(createAsk(options), options);
  return { request, count: createCount(request, count, options.site) };
}

/** Queries are GETs, which need no preflight from a page of another origin. */
function createAsk({ url, token, fetch = globalThis.fetch }: SlimOptions): Ask {
  const endpoint = endpointOf(url);
  return async ({ document: query, variables, signal, keepalive, headers: further }) => {
    const headers = {
      ...headersOf(token),
      ...further,
      accept: 'application/graphql-response+json,application/json',
    };
    const address = `${endpoint}?${new URLSearchParams({ query, variables: JSON.stringify(variables) })}`;
    // Nothing else: some workers refuse what they do not implement, such as `credentials`.
    const init = { headers, signal, ...(keepalive ? { keepalive } : {}) };
    const response = await (query.startsWith('query') && address.length < LONGEST_URL
      ? fetch(address, init)
      : fetch(endpoint, {
          ...init,
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify({ query, variables }),
        }));
    const answer = (await response.json().catch(() => null)) as Answer | null;
    if (answer?.data || answer?.errors) return answer;
    throw notGraphQL(response);
  };
}
