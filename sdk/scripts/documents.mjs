import { Kind, visit } from 'graphql';
import { answerOf } from './answer.mjs';
import { dataName, docComment, documentName, variablesName } from './names.mjs';

/** The operations as syntax trees, for clients that want those. */
export function writeDocuments(source) {
  const { schema, operations } = source;
  const types = operations.flatMap((operation) => [dataName(operation), variablesName(operation)]).sort();
  const constants = operations.map((operation) => {
    const tree = JSON.stringify(withoutPlaces(documentOf(source, operation)));
    const type = `TypedDocumentNode<${dataName(operation)}, ${variablesName(operation)}>`;
    const { description } = answerOf(schema, operation);
    return `${docComment(description)}export const ${documentName(operation)} = ${tree} as unknown as ${type};\n`;
  });
  return `import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type {\n${types.map((name) => `  ${name},\n`).join('')}} from './types.ts';

${constants.join('\n')}`;
}

/** A document with the operation alone. Fragments give types their names; in a document are the fields that they pick. */
export function documentOf({ fragments }, operation) {
  const inlined = visit(operation, {
    // A selection is fields only, or one fragment only: the types see to that.
    SelectionSet: ({ selections: [{ kind, name }] }) =>
      kind === Kind.FRAGMENT_SPREAD ? fragments.get(name.value).selectionSet : undefined,
  });
  return { kind: Kind.DOCUMENT, definitions: [inlined] };
}

/** Places in the sources are of no use to a client, and neither are empty lists. */
function withoutPlaces(document) {
  return JSON.parse(
    JSON.stringify(document, (key, value) =>
      key === 'loc' || (Array.isArray(value) && value.length === 0) ? undefined : value,
    ),
  );
}
