/**
 * Every way a request can be refused, with what it means to a caller. The list is closed: GraphQL errors carry the
 * code as `extensions.code`, plain routes as the `Oxicount-Error` header.
 */
export const errorCodes = {
  INVALID_PATH: 'The path is not one that a page of a site can have.',
  INVALID_ARGUMENT: 'An argument is outside of what it can be; the message names it.',
  INVALID_TOKEN: 'The bearer token is not one of this instance, expired or was revoked.',
  FORBIDDEN: 'The token does not allow this, or there is none.',
  CONFLICT:
    'What is there already forbids it, such as another site with this slug or base URL; the message says what.',
  SITE_DECLARED: 'The site is in the configuration, and is changed there.',
  SITE_NOT_FOUND: 'There is no such site.',
  SITE_REQUIRED: 'The instance has several sites: `site` must say which.',
  TOKEN_NOT_FOUND: 'There is no such token.',
  WEBHOOK_NOT_FOUND: 'The site has no such webhook.',
  PAGE_NOT_FOUND: 'The site does not answer with success for this path, so it is not a page.',
  SITE_UNREACHABLE: 'The site could not be asked whether the page exists.',
  ORIGIN_NOT_ALLOWED: 'The request comes from an origin that is not one of the base URLs of the site.',
  INVALID_VISIT_ID: 'The visit id was not sealed by this instance.',
  VISIT_TOO_EARLY: 'The minimum delay has not passed since the registration.',
  VISIT_EXPIRED: 'The registration is too old to be counted or reported on.',
  VISIT_NOT_COUNTED: 'The visit never counted, so there is nothing to report on.',
  VOTE_NEEDS_VISIT:
    'No visit of the reader has counted on the site, so the page must be read before the vote.',
  VOTE_NEEDS_VISITOR:
    'The reader is not told apart from others, so one vote could not be kept to one reader.',
  RATE_LIMITED:
    'There were too many requests of this kind from this address; nothing was changed, try again later.',
  TOO_MANY_SUBSCRIPTIONS: 'As many subscriptions as one may have are open already.',
  UNAVAILABLE: 'The service cannot do this right now; try again, which counts nothing twice.',
} as const;

/** One of the closed list of refusals. */
export type ErrorCode = keyof typeof errorCodes;

/** What a refusal can say beyond its code and message. */
export interface ErrorDetails {
  /** The error that led here; logged, never shown. */
  readonly cause?: unknown;
  /** When it makes sense to try again, in whole seconds. */
  readonly retryAfterSecs?: number;
}

/** A refusal that a caller may see: its message says what was wrong and what would be right. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  readonly retryAfterSecs: number | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.retryAfterSecs = details.retryAfterSecs;
  }
}
