import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLObjectType, getOperationAST, Kind, parse } from 'graphql';
import { expect, test } from 'vitest';
import * as operations from '../../sdk/src/generated/operations.ts';

const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));

test('the SDK has an operation for every field that can be asked for', () => {
  const asked = Object.values(operations).flatMap((text) => {
    const operation = getOperationAST(parse(text));
    return (operation?.selectionSet.selections ?? []).map((selection) =>
      selection.kind === Kind.FIELD ? `${operation?.operation} ${selection.name.value}` : '',
    );
  });
  const fields = (['query', 'mutation', 'subscription'] as const).flatMap((kind) =>
    Object.keys(rootType(kind)?.getFields() ?? {}).map((name) => `${kind} ${name}`),
  );
  expect(fields.filter((field) => !asked.includes(field))).toEqual([]);
});

test('an operation takes all arguments of its field', () => {
  const missing = Object.values(operations).flatMap((text) => {
    const operation = getOperationAST(parse(text));
    const field = operation?.selectionSet.selections[0];
    if (!operation || field?.kind !== Kind.FIELD) throw new Error(text);
    const given = (field.arguments ?? []).map(({ name }) => name.value);
    return (rootType(operation.operation)?.getFields()[field.name.value]?.args ?? [])
      .filter(({ name }) => !given.includes(name))
      .map(({ name }) => `${operation.name?.value}: ${name}`);
  });
  expect(missing).toEqual([]);
});

function rootType(kind: 'query' | 'mutation' | 'subscription'): GraphQLObjectType | undefined {
  return schema.getRootType(kind as never) as GraphQLObjectType | undefined;
}
