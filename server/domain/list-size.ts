import { DomainError } from './errors.ts';

/**
 * Refuses a size that a part of a list cannot have.
 * @param argument what the size is called in the refusal
 * @throws DomainError `INVALID_ARGUMENT`
 */
export function checkListSize(argument: string, size: number, most: number): void {
  if (!Number.isInteger(size) || size < 1 || size > most) {
    throw new DomainError('INVALID_ARGUMENT', `${argument} is ${size}; it must be from 1 to ${most}.`);
  }
}
