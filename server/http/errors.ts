import type { FastifyReply } from 'fastify';
import { DomainError, type ErrorCode } from '../domain/errors.ts';
import { REQUEST_ID_HEADER } from './request-id.ts';

/** The HTTP status of every refusal. */
export const statusOf: Readonly<Record<ErrorCode, number>> = {
  INVALID_PATH: 400,
  INVALID_ARGUMENT: 400,
  INVALID_TOKEN: 401,
  FORBIDDEN: 403,
  CONFLICT: 409,
  SITE_DECLARED: 409,
  SITE_NOT_FOUND: 404,
  SITE_REQUIRED: 400,
  TOKEN_NOT_FOUND: 404,
  WEBHOOK_NOT_FOUND: 404,
  PAGE_NOT_FOUND: 404,
  SITE_UNREACHABLE: 502,
  ORIGIN_NOT_ALLOWED: 403,
  INVALID_VISIT_ID: 400,
  VISIT_TOO_EARLY: 400,
  VISIT_EXPIRED: 400,
  VISIT_NOT_COUNTED: 400,
  VOTE_NEEDS_VISIT: 403,
  VOTE_NEEDS_VISITOR: 403,
  RATE_LIMITED: 429,
  TOO_MANY_SUBSCRIPTIONS: 429,
  UNAVAILABLE: 503,
};

/** Carries the code of a refusal on plain routes, whose bodies are messages for people. */
export const ERROR_HEADER = 'oxicount-error';
/** What pages of other origins may read of an answer. */
export const EXPOSED_HEADERS = `${ERROR_HEADER}, retry-after, ${REQUEST_ID_HEADER}`;

/** Answers with a refusal as text, the way OxiTraffic does. */
export function sendRefusal(reply: FastifyReply, error: DomainError): FastifyReply {
  if (error.retryAfterSecs !== undefined) reply.header('retry-after', error.retryAfterSecs);
  // Asked for by HTTP; browsers show a form for other schemes, and for this one none.
  if (statusOf[error.code] === 401) reply.header('www-authenticate', 'Bearer error="invalid_token"');
  return reply
    .code(statusOf[error.code])
    .header(ERROR_HEADER, error.code)
    .header('cache-control', 'no-store')
    .type('text/plain; charset=utf-8')
    .send(error.message);
}

/** The refusal of a request whose parts are not what the route takes. */
export function invalidArgument(message: string): DomainError {
  return new DomainError('INVALID_ARGUMENT', message);
}
