import { getIntrospectionQuery, type OperationDefinitionNode, parse, validate } from 'graphql';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { schema } from '../schema.ts';
import { checkShape } from './check-shape.ts';
import { checkTokens } from './check-tokens.ts';
import { costOf } from './cost.ts';
import { COSTS, SIZES } from './costs.ts';
import { counts, dashboard } from './documents.testing.ts';
import { inTime } from './in-time.ts';
import { LIMITS } from './limits.ts';
import { shapeOf } from './shape.ts';

const messages = (query: string) => checkShape(parse(query)).map(({ message }) => message);

function cost(query: string, variables: Record<string, unknown> = {}): number {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === 'OperationDefinition',
  );
  if (!operation) throw new Error('no operation');
  return costOf({ schema, document, operation, variables });
}

describe('what our own parts ask for passes, with room to grow', () => {
  test.each([
    ['50 counts under aliases', counts(50)],
    ['a dashboard with all it can have', dashboard(10)],
    ['the introspection of GraphiQL', getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true })],
  ])('%s', (_what, query) => {
    expect(() => checkTokens(query)).not.toThrow();
    const shape = shapeOf(parse(query));
    for (const measure of ['fields', 'aliases'] as const) {
      expect(shape[measure], measure).toBeLessThanOrEqual(LIMITS[measure] / 2);
    }
    expect(checkShape(parse(query))).toEqual([]);
    expect(shape.depth).toBeLessThanOrEqual(LIMITS.depth - 4);
    expect(cost(query)).toBeLessThanOrEqual(LIMITS.cost / 2);
  });
});

test('the longest list that there is can be asked for', () => {
  expect(cost('{ counts(first: 10000) { path count } }')).toBeLessThanOrEqual(LIMITS.cost);
  expect(cost('{ history(path: "/", first: 1000) { edges { node { path } } } }')).toBeLessThan(LIMITS.cost);
});

describe('a document is refused unread', () => {
  test.each([
    [
      'for its length',
      `{ ${'a '.repeat(LIMITS.tokens)} }`,
      /a number of tokens of 5001 or more; .* at most 5000/,
    ],
    [
      'for selections within one another',
      '{ a '.repeat(100_000 / 4),
      /a nesting of 61 or more; .* at most 60/,
    ],
    ['for lists within one another', `{ a(b: ${'['.repeat(90_000)}`, /a nesting of 61/],
    ['for objects within one another', `{ a(b: ${'{ c: '.repeat(9_000)}`, /a nesting of 61/],
  ])('%s', (_why, query, message) => {
    expect(() => checkTokens(query)).toThrow(message);
  });

  test('but not for what is no GraphQL, of which the parser speaks', () => {
    expect(() => checkTokens('{ a(b: "')).not.toThrow();
    expect(() => checkTokens('}}}} ]')).not.toThrow();
  });
});

describe('a document is refused before it is validated', () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);

  test('for its aliases, however they come about', () => {
    const aliases = names(LIMITS.aliases + 1).map((name) => `${name}: count(path: "/")`);
    expect(messages(`{ ${aliases.join(' ')} }`)).toEqual([
      'The document has a number of aliases of 201; it must be at most 200.',
    ]);
    const spread = names(101).map((name) => `...on Query { ${name}: sites { ...s } }`);
    expect(messages(`{ ${spread.join(' ')} } fragment s on Site { i: id }`)).toEqual([
      'The document has a number of aliases of 202; it must be at most 200.',
    ]);
  });

  test('for the depth of its fields, through fragments too', () => {
    const deep = `{ ${'a { '.repeat(12)} b ${'}'.repeat(12)} }`;
    expect(messages(deep)).toEqual(['The document has a depth of 13; it must be at most 12.']);
    const steps = names(12).map((name, index) => `fragment ${name} on Q { a { ...n${index + 1} } }`);
    expect(messages(`{ ...n0 } ${steps.join(' ')} fragment n12 on Q { b }`)).toHaveLength(1);
  });

  test('for its fields, where fragments double with every step, in no time', () => {
    const steps = names(40).map(
      (name, index) => `fragment ${name} on Q { ...n${index + 1} ...n${index + 1} }`,
    );
    const [message] = messages(`{ ...n0 } ${steps.join(' ')} fragment n40 on Q { b }`);
    expect(message).toMatch(/a number of fields of 1099511627776; it must be at most 1000/);
  });

  test('for repeats of a field in one place, which are compared with one another', () => {
    const refused = ['The document has a number of repeats of one field of 101; it must be at most 100.'];
    expect(messages(`{ ${'sites { id } '.repeat(101)} }`)).toEqual(refused);
    expect(messages(`{ ${'...on Query { sites { id } } '.repeat(101)} }`)).toEqual(refused);
    expect(messages(`{ ${'sites { id id } '.repeat(50)} sites { id } }`)).toEqual(refused);
    expect(
      messages(
        `{ ${names(150)
          .map((name) => `${name}: sites { id }`)
          .join(' ')} }`,
      ),
    ).toEqual([]);
  });

  test('for its fragments', () => {
    const spreads = names(101);
    const fragments = spreads.map((name) => `fragment ${name} on Query { __typename }`);
    expect(messages(`{ ${spreads.map((name) => `...${name}`).join(' ')} } ${fragments.join(' ')}`)).toEqual([
      'The document has a number of fragments of 101; it must be at most 100.',
    ]);
  });

  test('and one with a fragment within itself is left to validation', () => {
    expect(
      messages('{ ...a } fragment a on Query { ...b sites { id } } fragment b on Query { ...a }'),
    ).toEqual([]);
    expect(messages('{ ...nothing }')).toEqual([]);
  });
});

describe('the cost of a list is that of so many values', () => {
  const list = (first: string) => `{ counts${first} { path } }`;
  const withVariable = `query ($n: Int! = 7) { counts(first: $n) { path } }`;

  test('whether the number is in the document, in a variable, or the usual one', () => {
    expect(cost(list('(first: 1000)')) - cost(list('(first: 1)'))).toBe(999);
    expect(cost(withVariable, { n: 1000 })).toBe(cost(list('(first: 1000)')));
    expect(cost(withVariable)).toBe(cost(list('(first: 7)')));
    expect(cost(list(''))).toBe(cost(list('(first: 100)')));
  });

  test.each([-5, 0, 'x', null, [], {}, Number.NaN])('and %j is no way to make it cheap', (n) => {
    expect(cost(withVariable, { n })).toBeGreaterThanOrEqual(cost(list('(first: 1)')));
  });

  test('and each field under another name counts', () => {
    const query = (aliases: number) =>
      `{ ${Array.from({ length: aliases }, (_, index) => `n${index}: counts(first: 10000) { path }`).join(' ')} }`;
    expect(cost(query(11))).toBeGreaterThan(LIMITS.cost);
  });
});

test('an operation that never ends is given up', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const refused = expect(inTime(new Promise(() => {}))).rejects.toMatchObject({
    message: 'The operation took more than 10 s and was given up; ask for less, or try again.',
    extensions: { code: 'OPERATION_TIMEOUT', http: { status: 503 } },
  });
  await vi.advanceTimersByTimeAsync(10_000);
  await refused;
  expect(await inTime(Promise.resolve('in time'))).toBe('in time');
  expect(vi.getTimerCount()).toBe(0);
});

test('every cost and size is that of a field that there is', () => {
  const names = Object.values(schema.getTypeMap()).flatMap((type) =>
    'getFields' in type ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`) : [],
  );
  expect([...Object.keys(COSTS), ...Object.keys(SIZES)].filter((key) => !names.includes(key))).toEqual([]);
});
