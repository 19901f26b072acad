import { GraphQLError } from 'graphql';
import type { DomainError } from '../../domain/errors.ts';

/** The refusal of all that a request asks for: over HTTP it has a status, and says when to try again. */
export function refusalOf(error: DomainError): GraphQLError {
  const headers =
    error.retryAfterSecs === undefined ? undefined : { 'retry-after': String(error.retryAfterSecs) };
  return new GraphQLError(error.message, {
    originalError: error,
    // Yoga's own extension.
    extensions: { http: { status: 429, ...(headers && { headers }) } },
  });
}
