import { describe, expect, it } from 'vitest';
import { createCountOf } from './counts.ts';
import type { Answer, Ask, Operation } from './query.ts';

const endpoint = 'https://count.example/graphql';

/** Asks of a service that has one visit for each letter of a path, and its operations. */
function service(refused?: string) {
  const operations: Operation[] = [];
  const ask = (async (operation: Operation): Promise<Answer<unknown>> => {
    operations.push(operation);
    const { variables = {} } = operation;
    const paths = Object.keys(variables).filter((name) => name.startsWith('p'));
    const bad = paths.find((name) => variables[name] === refused);
    if (bad) {
      const failure = { message: 'no', path: [`c${bad.slice(1)}`], extensions: { code: 'INVALID_PATH' } };
      return { data: null, errors: [failure] };
    }
    return {
      data: Object.fromEntries(paths.map((name) => [`c${name.slice(1)}`, String(variables[name]).length])),
    };
  }) as Ask;
  return { countOf: createCountOf(ask), operations };
}

describe('counts asked for together', () => {
  it('make one request, with each page in it once', async () => {
    const { countOf, operations } = service();
    const counts = ['/a', '/long', '/a'].map((path) => countOf({ endpoint, path }));
    expect(await Promise.all(counts)).toEqual([2, 5, 2]);
    expect(operations).toHaveLength(1);
    expect(operations[0]?.variables).toEqual({ s0: null, p0: '/a', s1: null, p1: '/long' });
  });

  it('make one request for each instance', async () => {
    const { countOf, operations } = service();
    const other = 'https://other.example/graphql';
    await Promise.all([countOf({ endpoint, path: '/a' }), countOf({ endpoint: other, path: '/a' })]);
    expect(operations.map((operation) => operation.endpoint)).toEqual([endpoint, other]);
  });

  it('are split when there are very many', async () => {
    const { countOf, operations } = service();
    await Promise.all(Array.from({ length: 120 }, (_, i) => countOf({ endpoint, path: `/${i}` })));
    expect(operations).toHaveLength(3);
  });

  it('do not fail together when one of them is refused', async () => {
    const { countOf } = service('/bad');
    const [good, bad] = await Promise.allSettled(
      ['/good', '/bad'].map((path) => countOf({ endpoint, path })),
    );
    expect(good).toEqual({ status: 'fulfilled', value: 5 });
    expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'INVALID_PATH' } });
  });

  it('fail together when the service is away, and work again later', async () => {
    let away = true;
    const countOf = createCountOf((async () => {
      if (away) throw new Error('away');
      return { data: { c0: 2 } };
    }) as Ask);
    await expect(countOf({ endpoint, path: '/a' })).rejects.toThrow('away');
    away = false;
    expect(await countOf({ endpoint, path: '/a' })).toBe(2);
  });
});
