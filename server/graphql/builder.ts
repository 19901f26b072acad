import SchemaBuilder from '@pothos/core';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import {
  DateTimeResolver,
  LocalDateResolver,
  NonNegativeIntResolver,
  SafeIntResolver,
} from 'graphql-scalars';
import { connectionOptions } from './connections.ts';
import type { GraphQLContext } from './context.ts';
import type PrismaTypes from './generated/prisma.ts';
import { getDatamodel } from './generated/prisma.ts';

/** The one builder: types and fields add themselves to it, `schema.ts` imports them all. */
export const builder = new SchemaBuilder<{
  Context: GraphQLContext;
  DefaultFieldNullability: false;
  PrismaTypes: PrismaTypes;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    LocalDate: { Input: string; Output: string };
    NonNegativeInt: { Input: number; Output: number };
    SafeInt: { Input: number; Output: number };
  };
}>({
  defaultFieldNullability: false,
  plugins: [PrismaPlugin, RelayPlugin],
  prisma: { client: ({ entities }) => entities, dmmf: getDatamodel() },
  relay: connectionOptions,
});

builder.queryType({ description: 'What can be asked.' });
builder.mutationType({ description: 'What can be done.' });
builder.subscriptionType({
  description: 'What is pushed as it happens, over WebSocket or server-sent events.',
});

builder.addScalarType('DateTime', DateTimeResolver);
builder.addScalarType('LocalDate', LocalDateResolver);
builder.addScalarType('NonNegativeInt', NonNegativeIntResolver);
builder.addScalarType('SafeInt', SafeIntResolver);

/** The description of the argument that most fields have. */
export const SITE_ARGUMENT = 'The id of the site; may be left out where the instance has one.';
/** The description of the other argument that most fields have. */
export const PATH_ARGUMENT = 'The path of the page, such as /posts/hello; normalised as in a registration.';
