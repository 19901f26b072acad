/** Every code that an instance refuses a request with. The list is closed. */
export const serverErrorCodes = [
  'INVALID_PATH',
  'INVALID_ARGUMENT',
  'SITE_NOT_FOUND',
  'SITE_REQUIRED',
  'PAGE_NOT_FOUND',
  'SITE_UNREACHABLE',
  'ORIGIN_NOT_ALLOWED',
  'INVALID_VISIT_ID',
  'VISIT_TOO_EARLY',
  'VISIT_EXPIRED',
  'VISIT_NOT_COUNTED',
  'UNAVAILABLE',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'INTERNAL_SERVER_ERROR',
] as const;

/** Codes of failures that no instance had a part in. */
export const clientErrorCodes = ['NETWORK', 'TIMEOUT', 'ABORTED'] as const;

/** A refusal by the instance. */
export type ServerErrorCode = (typeof serverErrorCodes)[number];

/**
 * - `NETWORK`: no answer came, or none that is GraphQL
 * - `TIMEOUT`: no answer came in time
 * - `ABORTED`: the caller's signal aborted
 */
export type ClientErrorCode = (typeof clientErrorCodes)[number];

/** Everything that `OxicountError.code` can be, so that a `switch` over it can be exhaustive. */
export type ErrorCode = ServerErrorCode | ClientErrorCode;
