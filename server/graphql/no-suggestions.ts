import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Takes out what GraphQL guesses was meant, for every name that is wrong: the schema says it, to those who ask. */
export function withoutSuggestion(message: string): string {
  return message.replace(/ Did you mean .+\?$/s, '');
}

/** Refusals of documents over HTTP come by no mask. */
export function useNoSuggestions(): Plugin {
  return {
    onValidate:
      () =>
      ({ result, setResult }) =>
        setResult(result.map((error) => (error instanceof GraphQLError ? plain(error) : error))),
  };
}

function plain(error: GraphQLError): GraphQLError {
  const message = withoutSuggestion(error.message);
  if (message === error.message) return error;
  return new GraphQLError(message, { nodes: error.nodes ?? null, extensions: error.extensions });
}
