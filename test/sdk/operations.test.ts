import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type FieldNode,
  type GraphQLObjectType,
  getOperationAST,
  isObjectType,
  Kind,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { expect, test } from 'vitest';
import * as administration from '../../sdk/src/generated/administration.ts';
import * as everyday from '../../sdk/src/generated/operations.ts';

const operations = { ...everyday, ...administration };
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

test('the SDK asks for everything that an answer can have', () => {
  const asked = new Set(
    Object.values(operations).flatMap((text) => fieldsIn(text).map(({ field }) => field)),
  );
  const fields = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
    .flatMap((type) =>
      Object.keys((type as GraphQLObjectType).getFields()).map((name) => `${type.name}.${name}`),
    );
  expect(fields.filter((field) => !asked.has(field)).sort()).toEqual([
    // The series of what a range is compared with is that of another range.
    'StatsComparison.series',
  ]);
});

test('an operation takes all arguments of its fields', () => {
  const missing = Object.values(operations).flatMap((text) =>
    fieldsIn(text).flatMap(({ field, without }) =>
      without.map((name) => `${getOperationAST(parse(text))?.name?.value}: ${name} of ${field}`),
    ),
  );
  // These hits are kept of the whole site, whatever the filter.
  expect(missing).toEqual(['FilteredHits: filter of Query.stats']);
});

/** The fields that a document asks for, with the arguments that it does not give them. */
function fieldsIn(text: string) {
  const found: { field: string; without: string[] }[] = [];
  const types = new TypeInfo(schema);
  const visitor = {
    Field(node: FieldNode) {
      const given = (node.arguments ?? []).map(({ name }) => name.value);
      const names = (types.getFieldDef()?.args ?? []).map(({ name }) => name);
      found.push({
        field: `${types.getParentType()?.name}.${node.name.value}`,
        without: names.filter((name) => !given.includes(name)),
      });
    },
  };
  visit(parse(text), visitWithTypeInfo(types, visitor));
  return found;
}

function rootType(kind: 'query' | 'mutation' | 'subscription'): GraphQLObjectType | undefined {
  return schema.getRootType(kind as never) as GraphQLObjectType | undefined;
}
