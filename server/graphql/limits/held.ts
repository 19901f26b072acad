/**
 * What `begin` gives, with something held until it is over: an iteration until it ends, fails or is left, anything
 * else not at all.
 */
export async function held<T>(release: () => void, begin: () => T | Promise<T>): Promise<T> {
  try {
    const begun = await begin();
    if (isIterator(begun)) return untilOver(begun, release) as T;
    release();
    return begun;
  } catch (error) {
    release();
    throw error;
  }
}

function untilOver(
  iterator: AsyncIterableIterator<unknown>,
  release: () => void,
): AsyncIterableIterator<unknown> {
  const step = async (result: Promise<IteratorResult<unknown>>) => {
    try {
      const { done, value } = await result;
      if (done) release();
      return { done, value } as IteratorResult<unknown>;
    } catch (error) {
      release();
      throw error;
    }
  };
  const over: AsyncIterableIterator<unknown> = {
    next: () => step(iterator.next()),
    async return(value) {
      release();
      return (await iterator.return?.(value)) ?? { done: true, value };
    },
    async throw(error) {
      release();
      if (iterator.throw) return iterator.throw(error);
      throw error;
    },
    [Symbol.asyncIterator]: () => over,
  };
  return over;
}

function isIterator(value: unknown): value is AsyncIterableIterator<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value;
}
