import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { GraphQLContext } from './context.ts';

/** Knows which request an error belongs to. */
export interface ErrorRequests {
  /** Notes the errors of results. To come before errors are masked. */
  readonly plugin: Plugin<GraphQLContext>;
  /** Undefined where it does not belong to one, as that of a request that could not be read. */
  requestOf(error: unknown): string | undefined;
}

/** Where errors are masked, nothing says of which request they are: so that is noted of each before. */
export function createErrorRequests(): ErrorRequests {
  const requests = new WeakMap<object, string>();

  function note(result: unknown, { requestId }: GraphQLContext): void {
    const { errors } = result as { readonly errors?: readonly object[] };
    for (const error of errors ?? []) requests.set(error, requestId);
  }

  return {
    plugin: {
      onExecute: ({ args }) => ({
        onExecuteDone({ result }) {
          if (!isAsyncIterable(result)) note(result, args.contextValue as GraphQLContext);
        },
      }),
      onSubscribe: ({ args }) => ({
        onSubscribeResult({ result }) {
          const context = args.contextValue as GraphQLContext;
          if (!isAsyncIterable(result)) note(result, context);
          return { onNext: ({ result: next }) => note(next, context) };
        },
      }),
    },
    requestOf: (error) => (typeof error === 'object' && error !== null ? requests.get(error) : undefined),
  };
}
