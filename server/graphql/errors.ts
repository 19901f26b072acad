import { GraphQLError } from 'graphql';
import { DomainError } from '../domain/errors.ts';
import type { Log } from '../log.ts';
import type { Refusals } from '../refusals.ts';
import { withoutSuggestion } from './no-suggestions.ts';
import { DOCUMENT_CODES, type OperationObserver } from './observer.ts';
import type { ErrorRequests } from './request-ids.ts';

/** Codes that GraphQL itself adds to those of the domain. */
export const graphqlErrorCodes = {
  GRAPHQL_PARSE_FAILED: 'The document is not GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The document asks for what the schema does not have.',
  BAD_REQUEST: 'The request is not one that GraphQL over HTTP allows.',
  BAD_USER_INPUT: 'A variable is not of its type.',
  QUERY_TOO_COMPLEX:
    'The document asks for too much; the message says of what, how much it is and the limit.',
  OPERATION_TIMEOUT: 'It took too long and was given up; what it was to change may have been changed.',
  INTERNAL_SERVER_ERROR: 'Something unforeseen happened; it was logged.',
} as const;

export interface ErrorMaskOptions {
  readonly log: Log;
  readonly refusals: Refusals;
  readonly observer: Pick<OperationObserver, 'refused'> | undefined;
  readonly requestOf: ErrorRequests['requestOf'];
}

/** The one place that decides what a client learns of an error: refusals as they are, anything else masked. */
export function createErrorMask({ log, refusals, observer, requestOf }: ErrorMaskOptions) {
  return (error: unknown): Error => {
    const masked = mask(error);
    const { code } = masked.extensions;
    // Of documents the observer hears by itself.
    if (!DOCUMENT_CODES.has(code)) observer?.refused(String(code));
    return masked;
  };

  function mask(error: unknown): GraphQLError {
    const requestId = requestOf(error);
    const original = error instanceof GraphQLError ? (error.originalError ?? null) : error;
    if (original instanceof DomainError) {
      refusals.note(original, { requestId });
      const { code, retryAfterSecs } = original;
      return withExtensions(error, original.message, {
        code,
        ...(retryAfterSecs === undefined ? {} : { retryAfterSecs }),
        ...httpOfRefusal(error),
      });
    }
    // GraphQL's own refusals, of documents and of values that a scalar does not take, have no foreign error within.
    if (error instanceof GraphQLError && (original === null || original instanceof GraphQLError)) {
      const code = error.extensions['code'] ?? codeOf(error);
      return withExtensions(error, withoutSuggestion(error.message), { code, http: httpOf(error, code) });
    }
    log.error({ err: original ?? error, requestId }, 'failed');
    const as = requestId === undefined ? '' : ` as ${requestId}`;
    return withExtensions(error, `Something went wrong here. It was logged${as}.`, {
      code: 'INTERNAL_SERVER_ERROR',
      ...(requestId === undefined ? {} : { requestId }),
    });
  }
}

/** A refusal of all that was asked can have a status; one within an answer has none. */
function httpOfRefusal(error: unknown): object {
  const http = error instanceof GraphQLError ? error.extensions['http'] : undefined;
  return http === undefined ? {} : { http };
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
