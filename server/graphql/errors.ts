import { GraphQLError } from 'graphql';
import { DomainError } from '../domain/errors.ts';
import type { Log } from '../log.ts';

/** Codes that GraphQL itself adds to those of the domain. */
export const graphqlErrorCodes = {
  GRAPHQL_PARSE_FAILED: 'The document is not GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The document asks for what the schema does not have.',
  BAD_REQUEST: 'The request is not one that GraphQL over HTTP allows.',
  BAD_USER_INPUT: 'A variable is not of its type.',
  INTERNAL_SERVER_ERROR: 'Something unforeseen happened; it was logged.',
} as const;

/** The one place that decides what a client learns of an error: refusals as they are, anything else masked. */
export function createErrorMask(log: Log) {
  return (error: unknown): Error => {
    const original = error instanceof GraphQLError ? (error.originalError ?? null) : error;
    if (original instanceof DomainError) {
      if (original.cause) log.warn({ err: original }, 'refused');
      const { code, retryAfterSecs } = original;
      return withExtensions(error, original.message, {
        code,
        ...(retryAfterSecs === undefined ? {} : { retryAfterSecs }),
      });
    }
    // GraphQL's own refusals, of documents and of values that a scalar does not take, have no foreign error within.
    if (error instanceof GraphQLError && (original === null || original instanceof GraphQLError)) {
      const code = error.extensions['code'] ?? codeOf(error);
      return withExtensions(error, error.message, { code, http: httpOf(error, code) });
    }
    log.error({ err: original ?? error }, 'failed');
    return withExtensions(error, 'Something went wrong here. It was logged.', {
      code: 'INTERNAL_SERVER_ERROR',
    });
  };
}

/**
 * Yoga's own extension, which tells it the status. GraphQL over HTTP wants 200 for a document or a variable that is
 * wrong where the answer is `application/json`, which `spec` says, and 400 in every media type for what is no request.
 */
function httpOf(error: GraphQLError, code: unknown): unknown {
  const http = error.extensions['http'] as { status?: number } | undefined;
  return http?.status === 400 ? { ...http, spec: code !== 'BAD_REQUEST' } : http;
}

function codeOf(error: GraphQLError): keyof typeof graphqlErrorCodes {
  if (error.message.startsWith('Syntax Error')) return 'GRAPHQL_PARSE_FAILED';
  return error.nodes?.some(({ kind }) => kind === 'VariableDefinition')
    ? 'BAD_USER_INPUT'
    : 'GRAPHQL_VALIDATION_FAILED';
}

function withExtensions(error: unknown, message: string, extensions: Record<string, unknown>): GraphQLError {
  if (!(error instanceof GraphQLError)) return new GraphQLError(message, { extensions });
  return new GraphQLError(message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    path: error.path ?? null,
    extensions,
  });
}
