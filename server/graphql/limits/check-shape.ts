import type { DocumentNode, GraphQLError } from 'graphql';
import { LIMITS } from './limits.ts';
import { type Shape, shapeOf } from './shape.ts';
import { tooComplex } from './too-complex.ts';

const MEASURES: Readonly<Record<keyof Shape, string>> = {
  depth: 'a depth',
  aliases: 'a number of aliases',
  fields: 'a number of fields',
};

/** What a document has too much of, whatever its variables are. To be asked before the rules of GraphQL are. */
export function checkShape(document: DocumentNode): GraphQLError[] {
  const shape = shapeOf(document);
  return (Object.keys(MEASURES) as (keyof Shape)[])
    .filter((measure) => shape[measure] > LIMITS[measure])
    .map((measure) => tooComplex({ what: MEASURES[measure], value: shape[measure], limit: LIMITS[measure] }));
}
