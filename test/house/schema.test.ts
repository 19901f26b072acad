import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../../server/graphql/schema.ts';

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

/** The parts of a type that a reader meets, each with its full name. */
function partsOf(type: GraphQLNamedType): Described[] {
  const within = (parent: string, parts: readonly Described[]) =>
    parts.map(({ name, description }) => ({ name: `${parent}.${name}`, description }));
  if (isObjectType(type) || isInterfaceType(type)) {
    const fields = Object.values(type.getFields());
    return [
      type,
      ...within(type.name, fields),
      ...fields.flatMap((field) => within(`${type.name}.${field.name}`, field.args)),
    ];
  }
  if (isInputObjectType(type)) return [type, ...within(type.name, Object.values(type.getFields()))];
  if (isEnumType(type)) return [type, ...within(type.name, type.getValues())];
  return [type];
}

const ownTypes = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);

test('every type, field and argument of the GraphQL schema is described in a sentence', () => {
  const parts = ownTypes.flatMap(partsOf);
  const undescribed = parts.filter(({ description }) => !description || !/\.$/.test(description.trim()));
  expect(undescribed.map(({ name }) => name)).toEqual([]);
  expect(parts.length).toBeGreaterThan(50);
});

test('schema.graphql is the schema that the server has; npm run generate writes it', async () => {
  const written = await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8');
  expect(written).toBe(`${printSchema(lexicographicSortSchema(schema))}\n`);
});

test('the reference of GraphQL is what the schema says; npm run generate writes it', () => {
  const script = fileURLToPath(new URL('../../server/scripts/write-graphql-reference.mjs', import.meta.url));
  execFileSync(process.execPath, [script, '--check']);
});
