// Writes schema.graphql, the printed form of the schema that the built server has.
import { writeFileSync } from 'node:fs';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from '../dist/graphql/schema.js';

const file = new URL('../../schema.graphql', import.meta.url);
writeFileSync(file, `${printSchema(lexicographicSortSchema(schema))}\n`);
