import { DomainError } from '../../domain/errors.ts';
import { LIMITS } from './limits.ts';

/** The refusal of one more operation on a socket. */
export function tooManyOperations(operations: number): DomainError {
  return new DomainError(
    'TOO_MANY_SUBSCRIPTIONS',
    `This socket has ${operations - 1} operations under way; the limit is ${LIMITS.operationsOfSocket}.`,
  );
}
