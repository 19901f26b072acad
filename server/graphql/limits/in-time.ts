import { GraphQLError } from 'graphql';
import { LIMITS } from './limits.ts';

/**
 * What `work` gives, or a refusal once it takes too long. What it began goes on: neither database can be called back.
 * @throws GraphQLError
 */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tookTooLong()), LIMITS.operationMs);
  });
  try {
    return await Promise.race([work, end]);
  } finally {
    clearTimeout(timer);
  }
}

function tookTooLong(): GraphQLError {
  return new GraphQLError(
    `The operation took more than ${LIMITS.operationMs / 1_000} s and was given up; ask for less, or try again.`,
    { extensions: { code: 'OPERATION_TIMEOUT', http: { status: 503 } } },
  );
}
