import {
  Client,
  type Exchange,
  fetchExchange,
  type OperationResult,
  type OperationResultSource,
  type ClientOptions as UrqlOptions,
} from '@urql/core';
import { type GraphQLFailure, notGraphQL } from './answer.ts';
import { type ClientOptions, endpointOf, headersOf } from './client-options.ts';
import type { Ask } from './request.ts';

/** The urql client that carries the requests. */
export function createUrql({ url, token, fetch, exchanges = [], requestPolicy }: ClientOptions): Client {
  return new Client({
    url: endpointOf(url),
    exchanges: [...(exchanges as readonly Exchange[]), fetchExchange],
    // Bindings of urql subscribe over server-sent events, which need no exchange of their own.
    fetchSubscriptions: true,
    fetchOptions: { headers: headersOf(token) },
    fetch,
    requestPolicy,
    // It takes undefined for absent, whatever its types say.
  } as UrqlOptions);
}

/** Asks through urql. What the signal ends is cancelled on the network too, unless another call waits for it. */
export function createAsk(urql: Client, { token }: ClientOptions): Ask {
  return async ({ document, variables, signal, keepalive, headers }) => {
    const context =
      keepalive || headers
        ? { fetchOptions: { keepalive, headers: { ...headersOf(token), ...headers } } }
        : {};
    const kind = /^\s*mutation/.test(document) ? 'mutation' : 'query';
    const { data, error } = await first(urql[kind](document, variables, context), signal);
    const network = error?.networkError;
    if (!network) return { data, errors: error?.graphQLErrors as readonly GraphQLFailure[] | undefined };
    if (error.response) throw notGraphQL(error.response);
    throw network;
  };
}

/** The first result that is not to be followed by a better one. A source that is held on to would be asked again. */
async function first(
  source: OperationResultSource<OperationResult>,
  signal: AbortSignal,
): Promise<OperationResult> {
  let stop = () => {};
  try {
    return await new Promise((resolve, reject) => {
      stop = source.subscribe((result) => {
        if (!result.stale) resolve(result);
      }).unsubscribe;
      signal.addEventListener('abort', reject);
    });
  } finally {
    stop();
  }
}
