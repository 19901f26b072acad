import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** GraphQL says what is wrong with a value that stands in a document, and not which argument has it: this does. */
export function useNamedArguments(): Plugin {
  return {
    onValidate:
      () =>
      ({ result, setResult }) =>
        setResult(result.map((error) => (error instanceof GraphQLError ? named(error) : error))),
  };
}

function named(error: GraphQLError): GraphQLError {
  const [node] = error.nodes ?? [];
  const before = node?.kind.endsWith('Value') ? node.loc?.source.body.slice(0, node.loc.start) : undefined;
  const argument = /(\w+)\s*:\s*$/.exec(before ?? '')?.[1];
  if (argument === undefined) return error;
  const { nodes, extensions } = error;
  return new GraphQLError(`${argument}: ${error.message}`, { nodes: nodes ?? null, extensions });
}
