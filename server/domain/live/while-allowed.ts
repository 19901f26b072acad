import { DomainError } from '../errors.ts';
import type { Clock } from '../ports.ts';

// A token that was revoked, and a site that was made private, may be good for this long.
const CHECKED_EVERY_MS = 5_000;

/**
 * Values for as long as the reader may have them: a value is given only where that was checked within the last
 * seconds. While it cannot be checked, what was true goes on.
 * @param check rejects with the DomainError that ends the values, as it would have refused them at the start
 */
export function whileAllowed<T>(
  values: AsyncIterableIterator<T>,
  check: () => Promise<unknown>,
  clock: Clock,
): AsyncIterableIterator<T> {
  let checkedAt = clock();

  async function checkNow(): Promise<void> {
    if (clock() - checkedAt < CHECKED_EVERY_MS) return;
    checkedAt = clock();
    try {
      await check();
    } catch (error) {
      if (error instanceof DomainError && error.code === 'UNAVAILABLE') return;
      await values.return?.();
      throw error;
    }
  }

  const allowed: AsyncIterableIterator<T> = {
    async next() {
      const result = await values.next();
      if (!result.done) await checkNow();
      return result;
    },
    async return(value) {
      return (await values.return?.(value)) ?? { done: true, value };
    },
    [Symbol.asyncIterator]: () => allowed,
  };
  return allowed;
}
