import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Caller } from '../../domain/caller.ts';
import type { Domain } from '../../domain/domain.ts';
import { DomainError } from '../../domain/errors.ts';
import type { GraphQLContext } from '../context.ts';
import { checkShape } from './check-shape.ts';
import { checkTokens } from './check-tokens.ts';
import { held } from './held.ts';
import { inTime } from './in-time.ts';
import { readsOf } from './reads-of.ts';
import { refusalOf } from './refusal.ts';

/**
 * Refuses what asks for more than one may, over HTTP and WebSocket alike: first the text, then what it was parsed to,
 * both of which are kept with the document; last the cost, which depends on the variables, and the reads that the
 * caller has left.
 */
export function useLimits(): Plugin<GraphQLContext> {
  return {
    onParse({ parseFn, setParseFn }) {
      setParseFn((source, options) => {
        checkTokens(typeof source === 'string' ? source : source.body);
        return parseFn(source, options);
      });
    },
    // A result that is set keeps the rules of GraphQL from being run, some of which take quadratic time.
    onValidate({ params, setResult }) {
      const errors = checkShape(params.documentAST);
      if (errors.length > 0) setResult(errors);
    },
    onExecute({ args, executeFn, setExecuteFn }) {
      const { domain, caller } = args.contextValue as GraphQLContext;
      setExecuteFn((execution) =>
        orRefusal(async () => {
          await take(domain, caller, readsOf(execution));
          const result = await inTime(Promise.resolve(executeFn(execution)));
          if (hasWrongToken(result)) await domain.limits.takeFailedToken(caller);
          return result;
        }),
      );
    },
    onSubscribe({ args, subscribeFn, setSubscribeFn }) {
      const { domain, caller } = args.contextValue as GraphQLContext;
      setSubscribeFn((execution) =>
        orRefusal(async () => {
          await take(domain, caller, readsOf(execution));
          const begun = await held(domain.limits.hold('subscriptions', caller), () => subscribeFn(execution));
          if (hasWrongToken(begun)) await domain.limits.takeFailedToken(caller);
          return begun;
        }),
      );
    },
  };
}

async function take({ limits }: Domain, caller: Caller, reads: number): Promise<void> {
  if (reads > 0) await limits.takeReads(caller, reads);
  else await limits.checkTokens(caller);
}

/** A refusal as a result, which goes on to where errors are masked. */
async function orRefusal<T>(work: () => Promise<T>): Promise<T | { errors: GraphQLError[] }> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    if (error instanceof DomainError) return { errors: [refusalOf(error)] };
    throw error;
  }
}

/** Whether a result is a refusal of the token; a subscription that has begun is none. */
function hasWrongToken({ errors = [] }: { readonly errors?: readonly GraphQLError[] }): boolean {
  return errors.some(
    ({ originalError }) => originalError instanceof DomainError && originalError.code === 'INVALID_TOKEN',
  );
}
