import type { ErrorCode } from './error-codes.ts';

/** What an error can say beyond its code and message. */
export interface ErrorDetails {
  /** The error that led here. */
  readonly cause?: unknown;
  /** Where in the answer the value is missing. */
  readonly path?: readonly (string | number)[] | undefined;
  /** When it makes sense to try again, in seconds. */
  readonly retryAfterSecs?: number | undefined;
}

/**
 * The one error that this package throws. `code` tells what happened, `message` tells it to people.
 *
 * ```ts
 * catch (error) {
 *   if (error instanceof OxicountError && error.code === 'SITE_NOT_FOUND') ...
 * }
 * ```
 */
export class OxicountError extends Error {
  override readonly name = 'OxicountError';
  readonly code: ErrorCode;
  /** When the instance says that it makes sense to try again, in seconds. Undefined: it did not say. */
  readonly retryAfterSecs: number | undefined;
  /** Where in the answer the value is missing. Undefined: the whole request failed. */
  readonly path: readonly (string | number)[] | undefined;

  constructor(code: ErrorCode, message: string, { cause, path, retryAfterSecs }: ErrorDetails = {}) {
    super(message, { cause });
    this.code = code;
    this.path = path;
    this.retryAfterSecs = retryAfterSecs;
  }
}
