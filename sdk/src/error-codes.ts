/** A refusal by the instance. The list is closed: an instance has no other codes. */
export type ServerErrorCode =
  | 'INVALID_PATH'
  | 'INVALID_ARGUMENT'
  | 'INVALID_TOKEN'
  | 'FORBIDDEN'
  | 'CONFLICT'
  | 'SITE_DECLARED'
  | 'SITE_NOT_FOUND'
  | 'SITE_REQUIRED'
  | 'TOKEN_NOT_FOUND'
  | 'WEBHOOK_NOT_FOUND'
  | 'PAGE_NOT_FOUND'
  | 'SITE_UNREACHABLE'
  | 'ORIGIN_NOT_ALLOWED'
  | 'INVALID_VISIT_ID'
  | 'VISIT_TOO_EARLY'
  | 'VISIT_EXPIRED'
  | 'VISIT_NOT_COUNTED'
  | 'VOTE_NEEDS_VISIT'
  | 'VOTE_NEEDS_VISITOR'
  | 'RATE_LIMITED'
  | 'TOO_MANY_SUBSCRIPTIONS'
  | 'UNAVAILABLE'
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'BAD_REQUEST'
  | 'BAD_USER_INPUT'
  | 'QUERY_TOO_COMPLEX'
  | 'OPERATION_TIMEOUT'
  | 'INTERNAL_SERVER_ERROR';

/**
 * A failure that no instance had a part in.
 *
 * - `NETWORK`: no answer came, or none that is GraphQL
 * - `TIMEOUT`: no answer came in time
 * - `ABORTED`: the caller's signal aborted
 */
export type ClientErrorCode = 'NETWORK' | 'TIMEOUT' | 'ABORTED';

/** Everything that `OxicountError.code` can be, so that a `switch` over it can be exhaustive. */
export type ErrorCode = ServerErrorCode | ClientErrorCode;
