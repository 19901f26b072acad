import {
  type DocumentNode,
  GraphQLInt,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  parse,
  subscribe,
} from 'graphql';
import { createYoga } from 'graphql-yoga';
import { expect, test } from 'vitest';
import { useOneExecution } from './use-one-execution.ts';

let executions = 0;

/** Twice 1, then 2, to whoever asks. */
async function* values() {
  yield* [1, 1, 2];
}

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({ name: 'Query', fields: { none: { type: GraphQLInt } } }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      count: {
        type: GraphQLInt,
        args: { path: { type: GraphQLString } },
        subscribe: values,
        resolve(value) {
          executions += 1;
          return value;
        },
      },
      refused: {
        type: GraphQLInt,
        subscribe() {
          throw new Error('not for you');
        },
      },
      tally: {
        type: new GraphQLObjectType({
          name: 'Tally',
          fields: { mine: { type: GraphQLString, resolve: (_value, _args, { caller }) => caller } },
        }),
        subscribe: values,
        resolve: (value) => value,
      },
    },
  }),
});

const yoga = createYoga({ schema, plugins: [useOneExecution()], logging: false });

/** What a subscriber is told. One document is one object, as where documents are kept. */
async function told(document: DocumentNode, caller: string, variableValues = {}) {
  const { subscribe: begin } = yoga.getEnveloped({});
  const results = await begin({ schema, document, contextValue: { caller }, variableValues });
  if (!(Symbol.asyncIterator in results)) return results;
  const all: unknown[] = [];
  for await (const result of results) all.push(result);
  return all;
}

test('a count is executed once for a value, whoever subscribes and whatever the page', async () => {
  executions = 0;
  const document = parse('subscription ($path: String) { n: count(path: $path) }');
  const all = [
    await told(document, 'ann', { path: '/a' }),
    await told(document, 'ben', { path: '/b' }),
  ] as unknown[][];
  const expected = [{ data: { n: 1 } }, { data: { n: 1 } }, { data: { n: 2 } }];
  expect(all).toEqual([expected, expected]);
  expect(executions).toBe(2);
  // The very same, so that it is encoded once.
  expect(all[0]?.[0]).toBe(all[1]?.[1]);
});

test('what has fields is executed for each, since they can depend on who asks', async () => {
  const document = parse('subscription { tally { mine } }');
  expect([await told(document, 'ann'), await told(document, 'ben')]).toMatchObject([
    [{ data: { tally: { mine: 'ann' } } }, {}, {}],
    [{ data: { tally: { mine: 'ben' } } }, {}, {}],
  ]);
});

test('a refusal is what it is without it', async () => {
  const document = parse('subscription { refused }');
  const plain = await subscribe({ schema, document });
  expect(JSON.parse(JSON.stringify(await told(document, 'ann')))).toMatchObject({
    errors: [{ message: expect.any(String), path: ['refused'] }],
  });
  expect(plain).toHaveProperty('errors');
});
