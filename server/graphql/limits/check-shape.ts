import { type DocumentNode, type GraphQLError, Kind } from 'graphql';
import { LIMITS } from './limits.ts';
import { repeatsIn } from './repeats.ts';
import { fragmentsOf, shapeOf } from './shape.ts';
import { tooComplex } from './too-complex.ts';

/** What a document can have too much of, and what each is called in a refusal. */
const MEASURES = {
  depth: 'a depth',
  aliases: 'a number of aliases',
  fields: 'a number of fields',
  fragments: 'a number of fragments',
  repeats: 'a number of repeats of one field',
} as const;

type Measured = Partial<Record<keyof typeof MEASURES, number>>;

/** What a document has too much of, whatever its variables are. To be asked before the rules of GraphQL are. */
export function checkShape(document: DocumentNode): GraphQLError[] {
  const fragments = fragmentsOf(document);
  const errors = excesses({ ...shapeOf(document), fragments: fragments.size });
  // Repeats are looked for in all places, of which there must not be too many.
  if (errors.length > 0) return errors;
  const repeats = document.definitions.map((one) =>
    one.kind === Kind.OPERATION_DEFINITION ? repeatsIn(one.selectionSet, fragments) : 0,
  );
  return excesses({ repeats: Math.max(0, ...repeats) });
}

function excesses(measured: Measured): GraphQLError[] {
  return (Object.keys(measured) as (keyof Measured)[]).flatMap((measure) => {
    const value = measured[measure] ?? 0;
    const limit = LIMITS[measure];
    return value > limit ? [tooComplex({ what: MEASURES[measure], value, limit })] : [];
  });
}
