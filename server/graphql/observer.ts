import {
  type ExecutionArgs,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type OperationTypeNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { GraphQLContext } from './context.ts';
import { held } from './limits/held.ts';

/** Told of what GraphQL does, over HTTP and WebSocket. */
export interface OperationObserver {
  /** Runs an operation; of a subscription, its beginning. */
  run<T extends { readonly errors?: readonly unknown[] }>(
    type: `${OperationTypeNode}`,
    work: () => Promise<T>,
  ): Promise<T>;
  /** @param field that of the schema; @returns to be called when it is over, more than once does no harm */
  subscribed(field: string): () => void;
  /** An answer has an error. */
  refused(code: string): void;
  /** Once, at the beginning: how many sockets and streams of events are open. */
  watching(open: { readonly sockets: () => number; readonly streams: () => number }): void;
}

/** Tells an observer. To come after the plugins whose work is to be in what it sees. */
export function useObserver(observer: OperationObserver): Plugin<GraphQLContext> {
  return {
    // What is wrong with a document over HTTP comes by no mask, which tells of all other errors.
    onParse:
      () =>
      ({ result }) => {
        if (result instanceof Error && isOfDocument(result)) observer.refused('GRAPHQL_PARSE_FAILED');
      },
    onValidate:
      () =>
      ({ result }) => {
        for (const error of result) if (isOfDocument(error)) observer.refused('GRAPHQL_VALIDATION_FAILED');
      },
    onExecute({ args, executeFn, setExecuteFn }) {
      const { operation = 'query' } = operationOf(args as ExecutionArgs) ?? {};
      setExecuteFn((execution) => observer.run(operation, async () => executeFn(execution)));
    },
    onSubscribe({ args, subscribeFn, setSubscribeFn }) {
      const field = fieldOf(args.schema, operationOf(args as ExecutionArgs));
      setSubscribeFn((execution) =>
        observer.run('subscription', () =>
          held(observer.subscribed(field), async () => subscribeFn(execution)),
        ),
      );
    },
  };
}

/** Codes of what GraphQL itself finds wrong with a document. */
export const DOCUMENT_CODES: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
]);

function isOfDocument(error: object): boolean {
  const code = (error as Partial<GraphQLError>).extensions?.['code'];
  return code === undefined || DOCUMENT_CODES.has(code);
}

function operationOf({ document, operationName }: ExecutionArgs): OperationDefinitionNode | null {
  return getOperationAST(document, operationName) ?? null;
}

/** One of the schema's, so that there are few. */
function fieldOf(schema: GraphQLSchema, operation: OperationDefinitionNode | null): string {
  const known = schema.getSubscriptionType()?.getFields() ?? {};
  const [first] = operation?.selectionSet.selections ?? [];
  return first?.kind === Kind.FIELD && first.name.value in known ? first.name.value : 'other';
}
