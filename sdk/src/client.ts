import type { ClientOptions } from './client-options.ts';
import { createCount } from './count-batch.ts';
import type { Operations } from './generated/operations.ts';
import * as everyOperation from './generated/operations.ts';
import type { Live } from './live/live.ts';
import { createPagedList } from './paged-list.ts';
import { createRequest, type Request } from './request.ts';
import type { RequestOptions, SubscribeOptions } from './request-options.ts';
import { createSubscription, type Subscription } from './subscription.ts';
import type { TypedString } from './typed-string.ts';
import { createAsk, createUrql } from './urql-client.ts';

/** What every client can do, whatever its methods are. */
export interface ClientCore {
  /**
   * Runs a document of one's own, or one of `@oxicount/sdk/operations`, and gives its data. A variable `$site` that is
   * not given is the site that the client was made with. Rejects with an `OxicountError`.
   */
  readonly request: Request;
  /** Subscribes with a document of one's own, and gives the data of each event. */
  subscribe<Data, Variables>(
    document: TypedString<Data, Variables>,
    variables?: Variables,
    options?: SubscribeOptions,
  ): Subscription<Data>;
  /** The client of urql that carries the requests: `urqlOf` of `@oxicount/sdk/urql` knows its type. */
  readonly urql: unknown;
}

/** A client with a method for each of the named operations; without names, for all of them. */
export type Client<Names extends keyof Operations = keyof Operations> = ClientCore & Pick<Operations, Names>;

/**
 * A client with a method for every operation of the schema. It sends nothing before the first call.
 *
 * ```ts
 * const client = createClient({ url: 'https://stats.example.org', site: 'blog' });
 * const visits = await client.count({ path: '/posts/hello' });
 * ```
 */
export function createClient(options: ClientOptions): Client {
  return createClientWith(everyOperation, options);
}

/**
 * A client with a method for each of the given operations, so that a bundler can leave out all others.
 *
 * ```ts
 * import { count } from '@oxicount/sdk/operations';
 * const client = createClientWith({ count }, { url: 'https://stats.example.org' });
 * ```
 */
export function createClientWith<Names extends keyof Operations>(
  operations: Pick<typeof everyOperation, Names>,
  options: ClientOptions,
): Client<Names> {
  return clientOf(operations, options);
}

type Documents = Readonly<Record<string, string>>;

/** A client with a method for each of the documents, called as it is named there. */
export function clientOf<Methods>(documents: Documents, options: ClientOptions): ClientCore & Methods {
  const urql = createUrql(options);
  const request = createRequest(createAsk(urql, options), options);
  let live: Promise<Live> | undefined;
  const subscribe: Subscribe = (document, variables, { signal } = {}, read) =>
    createSubscription(async function* (ended) {
      // WebSockets weigh as much as all of this does without urql, and many pages need none.
      live ??= import('./live/live.ts').then(({ createLive }) => createLive(options, request));
      yield* (await live)(document, variables, ended, read);
    }, signal);
  const methods = Object.entries(documents as Record<string, TypedString<object, object>>).map(
    ([name, document]) => [
      name,
      name === 'count'
        ? createCount(request, document as typeof everyOperation.count, options.site)
        : method(name, document, request, subscribe),
    ],
  );
  return { request, subscribe, urql, ...(Object.fromEntries(methods) as Methods) };
}

type Subscribe = <Data, Variables, Event = Data>(
  document: TypedString<Data, Variables>,
  variables?: Variables,
  options?: SubscribeOptions,
  read?: (data: Data) => Event,
) => Subscription<Event>;

/** A document says itself what kind of method it makes. */
function method(name: string, document: TypedString<object, object>, request: Request, subscribe: Subscribe) {
  /** What the one field of an operation holds or, where that has a field called as the method, what is in there. */
  const answerIn = (data: object) => {
    const [answer] = Object.values(data);
    return answer?.[name] ?? answer;
  };
  if (document.startsWith('subscription')) {
    return (variables?: object, options?: SubscribeOptions) =>
      subscribe(document, variables, options, answerIn);
  }
  const ask = async (variables?: object, options?: RequestOptions) =>
    answerIn(await request(document, variables, options));
  if (!document.includes('$after:')) return ask;
  return (variables?: object, options?: RequestOptions) => createPagedList(ask, variables, options);
}
