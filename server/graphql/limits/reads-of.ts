import { getOperationAST } from 'graphql';
import { type Costly, costOf } from './cost.ts';
import { LIMITS } from './limits.ts';
import { tooComplex } from './too-complex.ts';

/** What one read may cost. The 50 counts that clients join to one request are one. */
const COST_OF_READ = 3_000;

/** As execution takes them, over HTTP and WebSocket. */
export interface Execution extends Pick<Costly, 'schema' | 'document'> {
  readonly operationName?: unknown;
  readonly variableValues?: unknown;
}

/**
 * How many reads an operation counts as, by what it costs. Mutations are none: what they do has budgets of its own.
 * @throws GraphQLError where it costs too much
 */
export function readsOf({ schema, document, operationName, variableValues }: Execution): number {
  const operation = getOperationAST(document, typeof operationName === 'string' ? operationName : null);
  // Execution says better what is wrong where none is meant.
  if (!operation) return 1;
  const variables = (variableValues ?? {}) as Costly['variables'];
  const value = costOf({ schema, document, operation, variables });
  if (value > LIMITS.cost) throw tooComplex({ what: 'a cost', value, limit: LIMITS.cost });
  return operation.operation === 'mutation' ? 0 : Math.ceil(value / COST_OF_READ);
}
