import { DomainError } from '../domain/errors.ts';

/** A file that cannot be imported: the message says what was found and what would be right. */
export function refusal(message: string, cause?: unknown): DomainError {
  return new DomainError('INVALID_ARGUMENT', message, { cause });
}
