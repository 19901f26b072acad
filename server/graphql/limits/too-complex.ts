import { GraphQLError } from 'graphql';

/** What a document can have too much of. */
interface Excess {
  /** Completes "The document has ...". */
  readonly what: string;
  readonly value: number;
  readonly limit: number;
  /** Whether counting stopped at the first that was too many. */
  readonly stopped?: boolean;
}

/** The refusal of a document that asks for more than one may. */
export function tooComplex({ what, value, limit, stopped = false }: Excess): GraphQLError {
  return new GraphQLError(
    `The document has ${what} of ${value}${stopped ? ' or more' : ''}; it must be at most ${limit}.`,
    // Yoga's own extension: GraphQL over HTTP has 200 for this where the answer is `application/json`.
    { extensions: { code: 'QUERY_TOO_COMPLEX', http: { status: 400, spec: true } } },
  );
}
